//! Small steps between stored values and values of `domain`, each with a clear error.

use crate::{Error, row::Stamp};
use domain::{
    indicator::{Quantity, Reading, TargetShape},
    project::ProjectYear,
    provenance::Provenance,
    share::Share,
    time::{AcademicYear, FiscalPeriod, FiscalYear, Moment, Period, PeriodKind},
};
use jiff::civil::Date;
use std::str::FromStr;
use uuid::Uuid;

/// Why a link, an alignment or a crosswalk row was proposed, and who decided on it and why.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Reason {
    /// Why it was proposed, in Thai.
    pub reason_th: Option<String>,
    /// Why it was proposed, in English.
    pub reason_en: Option<String>,
    /// Who approved or rejected it.
    pub decided_by: Option<String>,
    /// The reason of the decision.
    pub decided_why: Option<String>,
}

pub(crate) fn stamp(
    version: Uuid,
    source: &Option<String>,
    certainty: &Option<String>,
    recorded_at: i64,
    ended_at: Option<i64>,
) -> Result<Stamp, Error> {
    let provenance = match (source, certainty) {
        (Some(source), Some(certainty)) => Some(Provenance {
            source: source.clone(),
            certainty: code("certainty", certainty)?,
        }),
        _ => None,
    };
    Ok(Stamp {
        version,
        recorded_at: Moment(recorded_at),
        ended_at: ended_at.map(Moment),
        provenance,
    })
}

/// The two columns of a provenance.
pub(crate) fn provenance(provenance: Option<Provenance>) -> (Option<String>, Option<String>) {
    match provenance {
        Some(Provenance { source, certainty }) => (Some(source), Some(certainty.code().to_owned())),
        None => (None, None),
    }
}

pub(crate) fn corrupt(wanted: &'static str, found: impl ToString) -> Error {
    Error::Corrupt {
        table: "entities",
        wanted,
        found: found.to_string(),
    }
}

/// A value of a closed list from its code.
pub(crate) fn code<T: FromStr>(wanted: &'static str, found: &str) -> Result<T, Error> {
    found.parse().map_err(|_| corrupt(wanted, found))
}

/// The same for a code that may be absent.
pub(crate) fn code_opt<T: FromStr>(
    wanted: &'static str,
    found: &Option<String>,
) -> Result<Option<T>, Error> {
    found
        .as_deref()
        .map(|found| code(wanted, found))
        .transpose()
}

/// A day from `YYYY-MM-DD`.
pub(crate) fn day(found: &str) -> Result<Date, Error> {
    found.parse().map_err(|_| corrupt("day", found))
}

/// The same for a day that may be absent.
pub(crate) fn day_opt(found: &Option<String>) -> Result<Option<Date>, Error> {
    found.as_deref().map(day).transpose()
}

/// A day as stored.
pub(crate) fn day_text(day: Date) -> String {
    day.to_string()
}

/// A period as stored: [`Period::packed`] of any period fits.
pub(crate) fn period_number(period: Period) -> i32 {
    period.packed() as i32
}

pub(crate) fn period(found: i32) -> Result<Period, Error> {
    u32::try_from(found)
        .ok()
        .and_then(Period::from_packed)
        .ok_or_else(|| corrupt("period", found))
}

pub(crate) fn fiscal_period(found: i32) -> Result<FiscalPeriod, Error> {
    u16::try_from(found)
        .map(FiscalPeriod::from_packed)
        .map_err(|_| corrupt("fiscal period", found))
}

/// A share as stored: at most 10,000.
pub(crate) fn share_number(share: Share) -> i16 {
    share.parts() as i16
}

pub(crate) fn share(found: i16) -> Result<Share, Error> {
    u16::try_from(found)
        .ok()
        .and_then(|parts| Share::new(parts).ok())
        .ok_or_else(|| corrupt("share", found))
}

/// A small count (a position, people) from a column of any width.
pub(crate) fn count(found: impl TryInto<u32> + ToString + Copy) -> Result<u32, Error> {
    found.try_into().map_err(|_| corrupt("count", found))
}

/// A position as stored; more than two thousand million siblings are clamped.
pub(crate) fn position_number(position: u32) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX)
}

/// The folded words of a row, one per line, so that no word is found across two of them.
pub(crate) fn search_keys<'a>(texts: impl IntoIterator<Item = Option<&'a String>>) -> String {
    let keys: Vec<String> = texts
        .into_iter()
        .flatten()
        .map(|text| domain::text::search_key(text))
        .collect();
    keys.join("\n")
}

/// A project's year as two columns.
pub(crate) fn year_columns(year: ProjectYear) -> (&'static str, i16) {
    match year {
        ProjectYear::Fiscal(FiscalYear(year)) => (PeriodKind::Fiscal.code(), year),
        ProjectYear::Academic(AcademicYear(year)) => (PeriodKind::Academic.code(), year),
    }
}

pub(crate) fn project_year(kind: &str, year: i16) -> Result<ProjectYear, Error> {
    match code("year kind", kind)? {
        PeriodKind::Fiscal => Ok(ProjectYear::Fiscal(FiscalYear(year))),
        PeriodKind::Academic => Ok(ProjectYear::Academic(AcademicYear(year))),
        PeriodKind::Calendar => Err(corrupt("kind of project year", kind)),
    }
}

/// The shape of a target as a word and its one or two numbers.
pub(crate) fn shape_columns(shape: TargetShape) -> (&'static str, Option<i64>, Option<i64>) {
    match shape {
        TargetShape::AtLeast { value } => ("at_least", Some(value.0), None),
        TargetShape::AtMost { value } => ("at_most", Some(value.0), None),
        TargetShape::Between { low, high } => ("between", Some(low.0), Some(high.0)),
        TargetShape::Ratio { left, right } => ("ratio", Some(left.0), Some(right.0)),
        TargetShape::IncreaseOnBaseline { by } => ("increase_on_baseline", Some(by.0), None),
        TargetShape::Reached => ("reached", None, None),
        TargetShape::NotMeasured => ("not_measured", None, None),
    }
}

pub(crate) fn shape(word: &str, low: Option<i64>, high: Option<i64>) -> Result<TargetShape, Error> {
    match (word, low.map(Quantity), high.map(Quantity)) {
        ("at_least", Some(value), None) => Ok(TargetShape::AtLeast { value }),
        ("at_most", Some(value), None) => Ok(TargetShape::AtMost { value }),
        ("between", Some(low), Some(high)) => Ok(TargetShape::Between { low, high }),
        ("ratio", Some(left), Some(right)) => Ok(TargetShape::Ratio { left, right }),
        ("increase_on_baseline", Some(by), None) => Ok(TargetShape::IncreaseOnBaseline { by }),
        ("reached", None, None) => Ok(TargetShape::Reached),
        ("not_measured", None, None) => Ok(TargetShape::NotMeasured),
        _ => Err(corrupt("target shape", word)),
    }
}

/// A reading as a word and its one or two numbers.
pub(crate) fn reading_columns(reading: Reading) -> (&'static str, i64, Option<i64>) {
    match reading {
        Reading::Ratio {
            numerator,
            denominator,
        } => ("ratio", numerator.0, Some(denominator.0)),
        Reading::Count { value } => ("count", value.0, None),
        Reading::Printed { value } => ("printed", value.0, None),
    }
}

pub(crate) fn reading(word: &str, value: i64, denominator: Option<i64>) -> Result<Reading, Error> {
    let value = Quantity(value);
    match (word, denominator.map(Quantity)) {
        ("ratio", Some(denominator)) => Ok(Reading::Ratio {
            numerator: value,
            denominator,
        }),
        ("count", None) => Ok(Reading::Count { value }),
        ("printed", None) => Ok(Reading::Printed { value }),
        _ => Err(corrupt("reading", word)),
    }
}
