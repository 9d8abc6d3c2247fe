//! A day of any year: month and day, as rules and yearly holidays name it.

use crate::issue::UnknownCode;
use jiff::civil::{Date, date};
use std::{fmt, str::FromStr};

/// A month and a day that exist together in some year; 29 February is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

/// A leap year: every month and day that exists at all exists in it.
const LEAP: i16 = 2000;

impl MonthDay {
    /// The month and day, where there is such a day.
    pub fn new(month: i8, day: i8) -> Option<Self> {
        Date::new(LEAP, month, day).ok().map(Self::of)
    }

    /// The month and day of a date.
    pub fn of(day: Date) -> Self {
        Self {
            month: day.month(),
            day: day.day(),
        }
    }

    /// 1 to 12.
    pub const fn month(self) -> i8 {
        self.month
    }

    /// 1 to 31.
    pub const fn day(self) -> i8 {
        self.day
    }

    /// This day of a year of the common era; 29 February is the 28th where the year has none.
    pub fn in_year(self, year: i16) -> Date {
        Date::new(year, self.month, self.day).unwrap_or_else(|_| date(year, 2, 28))
    }
}

/// `04-06`.
impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl FromStr for MonthDay {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let number = |part: &str| match part.len() {
            2 => part.parse::<u8>().ok().and_then(|n| i8::try_from(n).ok()),
            _ => None,
        };
        text.split_once('-')
            .and_then(|(month, day)| MonthDay::new(number(month)?, number(day)?))
            .ok_or_else(|| UnknownCode {
                kind: "MonthDay",
                found: text.to_owned(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_29th_of_february_exists_in_some_years_and_no_year_ends_the_program() {
        let leap = MonthDay::new(2, 29);
        assert_eq!(leap.map(|day| day.in_year(2028)), Some(date(2028, 2, 29)));
        assert_eq!(leap.map(|day| day.in_year(2027)), Some(date(2027, 2, 28)));
        assert_eq!(MonthDay::new(2, 30), None);
        assert_eq!(MonthDay::new(0, 1), None);
    }
}
