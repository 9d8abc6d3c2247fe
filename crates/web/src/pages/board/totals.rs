//! n of N by step over a whole province: what everybody may know, from the snapshot and not from anybody's records.

use std::collections::HashSet;
use std::sync::Arc;

use actions::derived::Question;
use domain::duty::{Duty, DutyItem};
use domain::ids::OrganisationId;
use domain::organisation::{Organisation, OrganisationText};
use domain::time::{FiscalYear, PeriodKind};
use jiff::civil::Date;
use store::Kept;

use super::words::number;
use crate::{Error, Viewer};

/// How much of what is owed in one fiscal year is reported and certified.
#[derive(Debug, Clone)]
pub struct Totals {
    /// Which year.
    pub year: FiscalYear,
    by: Vec<(DutyItem, Count)>,
}

/// n certified of N that apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Certified.
    pub n: u64,
    /// Owed.
    pub of: u64,
}

impl Totals {
    /// Of every step together.
    pub fn all(&self) -> Count {
        self.sum(|_| true)
    }

    /// Of one of the eight steps, with its parts: `7` is 7.1 to 7.5.
    pub fn of_step(&self, step: &str) -> Count {
        self.sum(|item| number(item).split('.').next() == Some(step))
    }

    fn sum(&self, wanted: impl Fn(DutyItem) -> bool) -> Count {
        let counts = self.by.iter().filter(|(item, _)| wanted(*item));
        counts.fold(Count::default(), |sum, (_, count)| Count {
            n: sum.n + count.n,
            of: sum.of + count.of,
        })
    }
}

/// The totals of a province and year, as of a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ReportedIn {
    province: Option<&'static str>,
    year: i16,
    today: Date,
}

impl Question for ReportedIn {
    type Answer = Option<Totals>;
    const MOST: usize = 200;
}

/// The totals of the fiscal year of today; `None` where it was not opened in the province.
///
/// # Errors
/// A read that failed.
pub async fn totals(v: &Viewer) -> Result<Arc<Option<Totals>>, Error> {
    let live = v.live()?;
    let today = v.app().now().thai_day();
    let year = FiscalYear::of(today);
    let question = ReportedIn {
        province: v.province.dopa(),
        year: year.0,
        today,
    };
    // An answer belongs to the snapshot that was asked, however long the store takes.
    let derived = live.read(|now| Arc::clone(&now.derived));
    if let Some(kept) = derived.kept(&question) {
        return Ok(kept);
    }
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(live.store()).await?;
    let here: HashSet<OrganisationId> = all
        .iter()
        .filter(|kept| kept.row.1.province.as_deref() == question.province)
        .map(|kept| kept.row.0.id)
        .collect();
    let by: Vec<(DutyItem, Count)> = live.read(|now| {
        let asked = now.snapshot.duties().asked();
        let of_year =
            asked.filter(|(_, period)| (period.kind, period.year) == (PeriodKind::Fiscal, year.0));
        of_year
            .map(|(item, period)| {
                let duties = now.snapshot.duties_of(item, period);
                let owed =
                    duties.filter(|duty| duty.applicable && here.contains(&duty.organisation));
                (item, count(owed, today))
            })
            .collect()
    });
    let totals = by
        .iter()
        .any(|(_, count)| count.of > 0)
        .then_some(Totals { year, by });
    Ok(derived.keep(&question, totals))
}

fn count<'d>(owed: impl Iterator<Item = &'d Duty>, today: Date) -> Count {
    owed.fold(Count::default(), |count, duty| Count {
        n: count.n + u64::from(duty.reported_on.is_some_and(|day| day <= today)),
        of: count.of + 1,
    })
}
