//! Public holidays (วันหยุดราชการ): days on which nothing falls due. Those with a fixed date return every year; the cabinet
//! announces the others, and a province adds its own.

use crate::{
    ids::HolidayId,
    issue::UnknownCode,
    time::{Holidays, MonthDay},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// On which day a holiday falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HolidayDay {
    /// Every year on the same day.
    Yearly(MonthDay),
    /// Once.
    Once(Date),
}

impl HolidayDay {
    /// Whether a day is this one.
    pub fn is(self, day: Date) -> bool {
        match self {
            HolidayDay::Yearly(yearly) => yearly == MonthDay::of(day),
            HolidayDay::Once(once) => once == day,
        }
    }
}

/// `2026-07-30`, or `--04-06` for every year (as ISO 8601 once wrote a day without its year).
impl fmt::Display for HolidayDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HolidayDay::Yearly(day) => write!(f, "--{day}"),
            HolidayDay::Once(day) => day.fmt(f),
        }
    }
}

impl FromStr for HolidayDay {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let unknown = || UnknownCode {
            kind: "HolidayDay",
            found: text.to_owned(),
        };
        match text.strip_prefix("--") {
            Some(day) => day
                .parse()
                .map(HolidayDay::Yearly)
                .map_err(|_: UnknownCode| unknown()),
            None => text.parse().map(HolidayDay::Once).map_err(|_| unknown()),
        }
    }
}

impl Serialize for HolidayDay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HolidayDay {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One holiday of the nation or of a province, or a national one that a province does not keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// Its id.
    pub id: HolidayId,
    /// On which day.
    pub day: HolidayDay,
    /// What it is called.
    pub name: String,
    /// DOPA code of the province that keeps it; `None` = the nation.
    pub province: Option<String>,
    /// The province works on this day, although it is a national holiday: how a province corrects the national list.
    pub works: bool,
}

impl Holiday {
    /// The holidays of a province out of all that stand: those of the nation and its own.
    pub fn of_province<'a>(all: impl IntoIterator<Item = &'a Self>, province: &str) -> Holidays {
        let mut holidays = Holidays::default();
        for one in all {
            if one.province.as_deref().is_some_and(|its| its != province) {
                continue;
            }
            match (one.works, one.day) {
                (false, HolidayDay::Once(day)) => holidays.add(day),
                (false, HolidayDay::Yearly(day)) => holidays.add_yearly(day),
                (true, HolidayDay::Once(day)) => holidays.works(day),
                (true, HolidayDay::Yearly(day)) => holidays.works_yearly(day),
            }
        }
        holidays
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::is_working_day;
    use jiff::civil::date;

    fn holiday(day: &str, province: Option<&str>, works: bool) -> Result<Holiday, UnknownCode> {
        Ok(Holiday {
            id: HolidayId::from_u128(1),
            day: day.parse()?,
            name: "วันหยุด".to_owned(),
            province: province.map(str::to_owned),
            works,
        })
    }

    #[test]
    fn a_day_is_written_as_it_is_read() -> Result<(), UnknownCode> {
        for text in ["2026-07-30", "--04-06", "--02-29"] {
            assert_eq!(text.parse::<HolidayDay>()?.to_string(), text);
        }
        for text in ["--13-01", "--4-6", "--04-31", "2026-02-30", "04-06", ""] {
            assert!(text.parse::<HolidayDay>().is_err(), "{text}");
        }
        Ok(())
    }

    #[test]
    fn a_province_keeps_the_days_of_the_nation_and_its_own_but_those_on_which_it_works()
    -> Result<(), UnknownCode> {
        let all = [
            holiday("--04-06", None, false)?,
            holiday("2026-07-30", None, false)?,
            holiday("2026-11-27", Some("67"), false)?,
            holiday("2027-04-06", Some("67"), true)?,
            holiday("2026-11-26", Some("96"), false)?,
        ];
        let here = Holiday::of_province(&all, "67");
        let works = |day| is_working_day(day, &here);
        // 6 April is a Monday in 2026 and a Tuesday in 2027.
        assert!(!works(date(2026, 4, 6)) && works(date(2027, 4, 6)));
        assert!(!works(date(2026, 7, 30)) && works(date(2027, 7, 30)));
        assert!(!works(date(2026, 11, 27)) && works(date(2026, 11, 26)));
        let there = Holiday::of_province(&all, "96");
        assert!(!is_working_day(date(2027, 4, 6), &there));
        assert!(is_working_day(date(2026, 11, 27), &there));
        Ok(())
    }
}
