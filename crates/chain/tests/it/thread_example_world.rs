//! What the thread's worked examples share: editions by name, and short ways to say facts.

use crate::{
    book::Book,
    generate::{YEARS, project_id},
    thread_world::{amount, edition_id},
};
use chain::{
    Snapshot,
    trace::{Gap, GapKind},
};
use domain::{
    facts::{Change, Fact},
    ids::NodeId,
    project::Stage,
    time::FiscalPeriod,
};

pub const SDG: usize = 0;
pub const LEVEL1: usize = 2;
pub const LEVEL2: usize = 3;
pub const LEVEL3: usize = 4;
pub const ROADMAP: usize = 5;
pub const OLD_PLAN: usize = 6;
pub const PLAN: usize = 7;
pub const FIVE_YEAR: usize = 9;
pub const ANNUAL: usize = 10;
pub const OTHER_ANNUAL: usize = 11;

pub fn with(book: Book, facts: impl IntoIterator<Item = Fact>) -> Book {
    book.with(facts.into_iter().map(Change::Recorded))
}

pub fn parts(snapshot: &Snapshot, project: usize) -> Vec<(NodeId, u64)> {
    let attribution = snapshot.attribution(project_id(project), edition_id(SDG));
    attribution.expect("both stand").parts
}

pub fn allotted(project: usize, satang: i64) -> Fact {
    amount(
        project,
        FiscalPeriod::year(YEARS[0]),
        Stage::Allotted,
        satang,
    )
}

pub fn kinds(gaps: &[Gap]) -> Vec<&GapKind> {
    gaps.iter().map(|gap| &gap.kind).collect()
}
