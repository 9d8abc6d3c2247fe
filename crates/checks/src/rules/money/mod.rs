//! Rules over money.

pub mod budget_mode_not_set;
pub mod budget_not_sum_of_lines;

use crate::Context;
use domain::{
    money::Satang,
    project::{Project, ProjectYear, Stage},
    time::FiscalYear,
};

/// The money of a project at a stage in its own year; `None` = nothing is stated, which is not zero.
fn in_own_year(context: &Context<'_>, project: &Project, stage: Stage) -> Option<Satang> {
    let ledger = context.snapshot.ledger();
    let ix = ledger.project(project.id)?;
    let first = project.year.fiscal();
    // An academic year lies in two fiscal years.
    let last = match project.year {
        ProjectYear::Fiscal(_) => first,
        ProjectYear::Academic(_) => FiscalYear(first.0 + 1),
    };
    let years =
        (first.0..=last.0).filter_map(|year| ledger.of_project(ix, FiscalYear(year)).money(stage));
    years.reduce(|sum, money| sum + money)
}
