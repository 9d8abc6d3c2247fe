//! What somebody typed about a step, read with all its problems at once.

use domain::{
    issue::{Issue, Issues, Place},
    step::{Asked, Letter, Outcome, check, check_letter},
    text::{clean, from_thai_digits},
    time::{DateProblem, Period, parse_date},
};
use jiff::civil::Date;
use std::num::IntErrorKind;

/// What was done, as typed: Thai digits and พ.ศ. are understood, empty means not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// On which day.
    pub done_on: String,
    /// Number of the order, letter or resolution.
    pub document: String,
    /// What is worth knowing.
    pub note: String,
    /// How many, where the step is counted.
    pub count: String,
}

fn field(name: &str) -> Place {
    Place::Field {
        field: name.to_owned(),
    }
}

/// A day of a field. A year that looks like one of the common era is asked for, never guessed.
pub(crate) fn day(typed: &str, name: &str, issues: &mut Issues) -> Option<Date> {
    let problem = match parse_date(typed) {
        Ok(day) => return Some(day),
        Err(problem) => problem,
    };
    let at = field(name);
    issues.push(match problem {
        DateProblem::Empty => Issue::error(at, "step.date_needed"),
        DateProblem::DidYouMeanBuddhist { suggestion } => {
            Issue::error(at, "step.date_buddhist").with("suggestion", suggestion)
        }
        DateProblem::NoSuchDay { day, last } => Issue::error(at, "step.no_such_day")
            .with("day", i64::from(day))
            .with("last", i64::from(last)),
        _ => Issue::error(at, "step.not_a_date").with("found", typed),
    });
    None
}

/// A whole number: "1,234", "๑๒".
fn number(typed: &str, issues: &mut Issues) -> Option<u32> {
    let typed = from_thai_digits(&clean(typed).text).replace(',', "");
    if typed.is_empty() {
        return None;
    }
    match typed.parse() {
        Ok(count) => Some(count),
        Err(error) => {
            let code = match error.kind() {
                IntErrorKind::PosOverflow => "step.count_too_large",
                _ => "step.not_a_count",
            };
            issues.push(Issue::error(field("count"), code).with("found", typed));
            None
        }
    }
}

impl Said {
    /// The outcome, and everything that is wrong with what was typed: only without that it may be recorded.
    pub(super) fn read(&self, asked: Asked, period: Period, today: Date) -> (Outcome, Issues) {
        let mut issues = Vec::new();
        let on = day(&self.done_on, "done_on", &mut issues);
        let unread = issues.len();
        let count = number(&self.count, &mut issues);
        // What could not be read is told once: the laws see something harmless in its place.
        let count = match issues.len() > unread {
            true => asked.count.then_some(0),
            false => count,
        };
        let outcome = Outcome::Done {
            on: on.unwrap_or(today),
            document: Some(self.document.clone()),
            note: Some(self.note.clone()),
            count,
        };
        let (outcome, more) = check(outcome, asked, period, today);
        issues.extend(more);
        (outcome, issues)
    }
}

/// The letter on which a record on behalf rests.
pub(super) fn letter(
    number: &str,
    date: &str,
    period: Period,
    today: Date,
    issues: &mut Issues,
) -> Letter {
    let date = day(date, "letter_date", issues).unwrap_or(today);
    let number = number.to_owned();
    check_letter(Letter { number, date }, period, today, issues)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::FiscalYear;
    use jiff::civil::date;

    const YEAR: Period = Period::fiscal(FiscalYear(2570));
    const TODAY: Date = date(2026, 11, 23);
    const COUNTED: Asked = Asked {
        document: false,
        count: true,
    };

    fn said(done_on: &str, count: &str) -> Said {
        Said {
            done_on: done_on.to_owned(),
            count: count.to_owned(),
            ..Said::default()
        }
    }

    #[test]
    fn thai_digits_and_the_buddhist_era_are_read_as_typed() {
        let read = said("๙ พ.ย. ๒๕๖๙", "๑,๒๓๔").read(COUNTED, YEAR, TODAY);
        let wanted = Outcome::Done {
            on: date(2026, 11, 9),
            document: None,
            note: None,
            count: Some(1_234),
        };
        assert_eq!(read, (wanted, Vec::new()));
    }

    #[test]
    fn what_cannot_be_read_is_told_once_and_all_of_it() {
        let codes = |typed: Said| -> Vec<&str> {
            let (_, issues) = typed.read(COUNTED, YEAR, TODAY);
            issues.iter().map(|one| one.code).collect()
        };
        assert_eq!(codes(said("9/11/2026", "5")), ["step.date_buddhist"]);
        assert_eq!(
            codes(said("", "")),
            ["step.date_needed", "step.count_needed"]
        );
        assert_eq!(
            codes(said("เมื่อวาน", "หลายคน")),
            ["step.not_a_date", "step.not_a_count"]
        );
        assert_eq!(
            codes(said("31/11/2569", "-1")),
            ["step.no_such_day", "step.not_a_count"]
        );
        assert_eq!(
            codes(said("1/12/2569", "99999999999")),
            ["step.count_too_large", "step.date_in_future"]
        );
    }
}
