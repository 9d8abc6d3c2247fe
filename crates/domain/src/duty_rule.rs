//! Who owes a step of the board and when it is due: the rule from which a fiscal year is opened, and what a province
//! corrects in it.

use crate::{
    duty::DutyItem,
    ids::DutyRuleId,
    issue::UnknownCode,
    step::Holder,
    time::{FiscalYear, Holidays, MonthDay, Period, next_working_day},
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// When a duty is due, before it is moved to a working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueRule {
    /// On a day of the fiscal year.
    On(MonthDay),
    /// So many days after the last day of the period.
    After(u16),
}

impl DueRule {
    /// The last day for a period, moved to the next working day.
    pub fn due(self, period: Period, holidays: &Holidays) -> Date {
        let day = match self {
            DueRule::After(days) => period.last_day().saturating_add(i32::from(days).days()),
            DueRule::On(day) => {
                let first = FiscalYear(period.year).first_day();
                // A fiscal year begins in October: earlier months are in the calendar year after its first day.
                let year = first.year() + i16::from(day.month() < first.month());
                day.in_year(year)
            }
        };
        next_working_day(day, holidays)
    }
}

/// `11-15` for a day, `+30` for days after the period.
impl fmt::Display for DueRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DueRule::On(day) => day.fmt(f),
            DueRule::After(days) => write!(f, "+{days}"),
        }
    }
}

impl FromStr for DueRule {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let unknown = || UnknownCode {
            kind: "DueRule",
            found: text.to_owned(),
        };
        match text.strip_prefix('+') {
            Some(days) => days.parse().map(DueRule::After).map_err(|_| unknown()),
            None => text
                .parse()
                .map(DueRule::On)
                .map_err(|_: UnknownCode| unknown()),
        }
    }
}

impl Serialize for DueRule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DueRule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// What a province corrected in the duties of one step for one fiscal year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyRule {
    /// Its id.
    pub id: DutyRuleId,
    /// DOPA code of the province.
    pub province: String,
    /// For which fiscal year.
    pub year: FiscalYear,
    /// Which step.
    pub item: DutyItem,
    /// Who owes it; to everybody else it does not apply.
    pub holders: Vec<Holder>,
    /// When it is due.
    pub due: DueRule,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const YEAR: Period = Period::fiscal(FiscalYear(2570));

    #[test]
    fn a_rule_is_written_as_it_is_read_and_lies_in_its_fiscal_year() -> Result<(), UnknownCode> {
        let holidays = Holidays::default();
        for (text, due) in [
            ("11-15", date(2026, 11, 16)),
            ("03-31", date(2027, 3, 31)),
            ("10-01", date(2026, 10, 1)),
            ("09-30", date(2027, 9, 30)),
            ("+30", date(2027, 11, 1)),
            ("+0", date(2027, 9, 30)),
        ] {
            let rule: DueRule = text.parse()?;
            assert_eq!(rule.to_string(), text);
            assert_eq!(rule.due(YEAR, &holidays), due, "{text}");
        }
        for text in ["", "+", "+-1", "11-31", "1115", "+70000"] {
            assert!(text.parse::<DueRule>().is_err(), "{text}");
        }
        Ok(())
    }
}
