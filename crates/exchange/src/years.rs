//! Which year the rows of a plan may speak of.

use crate::{plan::PlanRow, reading::ReadOptions, report::Report};
use domain::{
    issue::{Issue, Place},
    time::{FiscalYear, PeriodKind},
};
use std::collections::BTreeMap;

/// The year, or the years, of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Years {
    /// Exactly this one.
    One(i16),
    /// Any of these.
    Within(i16, i16),
    /// Nothing says.
    Unsaid,
}

impl Years {
    /// What was asked for, else what the plan says of itself, else what most of its rows say.
    pub(crate) fn of(
        options: &ReadOptions,
        header: Option<&PlanRow>,
        stated: impl Iterator<Item = i16>,
    ) -> Self {
        if let Some(FiscalYear(year)) = options.fiscal_year {
            return Years::One(year);
        }
        match header.and_then(|plan| plan.from_year.zip(plan.to_year)) {
            Some((from, to)) if from == to => return Years::One(from),
            Some((from, to)) => return Years::Within(from, to),
            None => {}
        }
        let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
        for year in stated {
            *counts.entry(year).or_default() += 1;
        }
        let most = counts
            .iter()
            .max_by_key(|(year, count)| (**count, std::cmp::Reverse(**year)));
        most.map_or(Years::Unsaid, |(year, _)| Years::One(*year))
    }

    /// Tells when a row speaks of another year.
    pub(crate) fn check(self, year: Option<i16>, at: Place, report: &mut Report) {
        let Some(year) = year else { return };
        let expected = match self {
            Years::One(only) if only != year => only.to_string(),
            Years::Within(from, to) if !(from..=to).contains(&year) => format!("{from}–{to}"),
            _ => return,
        };
        let issue = Issue::error(at, "import.other_year");
        report.add(
            issue
                .with("found", year.to_string())
                .with("expected", expected),
        );
    }

    /// The year of a row that states none.
    pub(crate) fn only(self) -> Option<i16> {
        match self {
            Years::One(year) => Some(year),
            _ => None,
        }
    }

    /// The one fiscal year of the plan.
    pub(crate) fn fiscal(self, kind: Option<PeriodKind>) -> Option<FiscalYear> {
        match kind {
            None | Some(PeriodKind::Fiscal) => self.only().map(FiscalYear),
            Some(_) => None,
        }
    }
}
