//! Holds what a source wants to be true against what stands, and records the difference: a changed row is a new
//! recorded row, an unchanged one nothing, and a row that the source no longer names is reported, never ended.

mod organisations;
mod plans;
mod projects;
mod settle;

use crate::{Error, ctx::Ctx, wanted::Wanted};
use domain::time::Moment;
use serde::{Deserialize, Serialize};
use settle::Desk;
use std::collections::BTreeMap;
use store::Tx;

/// What happened to the rows of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Recorded for the first time.
    pub added: usize,
    /// Stood with other content and were recorded anew.
    pub changed: usize,
    /// Stood just so.
    pub unchanged: usize,
    /// Printed codes of rows that stand and that the source no longer names. They stay.
    pub missing: Vec<String>,
}

/// What a reconciliation did, by kind of row: `organisation`, `node`, `project` …
pub type Outcome = BTreeMap<String, Tally>;

/// Whether anything was recorded.
pub fn changed_anything(outcome: &Outcome) -> bool {
    outcome
        .values()
        .any(|tally| tally.added + tally.changed > 0)
}

/// Records the difference between `wanted` and what stands, as of `at`.
pub(crate) async fn reconcile(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    wanted: Wanted,
) -> Result<Outcome, Error> {
    let mut desk = Desk::new(tx, ctx, at);
    let organisations = organisations::settle(&mut desk, wanted.organisations).await?;
    let editions = plans::settle_editions(&mut desk, wanted.editions, &organisations).await?;
    let nodes = plans::settle_nodes(&mut desk, wanted.nodes, &editions, &organisations).await?;
    plans::settle_crosswalks(&mut desk, wanted.crosswalks, &nodes).await?;
    let projects = projects::settle(&mut desk, wanted.projects, &nodes, &organisations).await?;
    projects::propose_links(&mut desk, wanted.links, &nodes, &projects).await?;
    Ok(desk.outcome)
}
