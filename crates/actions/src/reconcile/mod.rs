//! Holds what a source wants to be true against what stands, and records the difference: a changed row is a new
//! recorded row, an unchanged one nothing, and a row that the source no longer names is reported, never ended.

mod corrected;
mod crosswalks;
mod details;
mod indicators;
mod links;
mod mentions;
mod organisations;
mod plans;
mod projects;
mod settle;
mod standing;

use crate::{
    Error,
    ctx::Ctx,
    wanted::{EditionKey, Wanted},
};
use domain::{issue::Issues, time::Moment};
pub(crate) use organisations::ByCode;
use serde::{Deserialize, Serialize};
use settle::Desk;
use std::collections::{BTreeMap, HashSet};
use store::{Read, Stamp, Tx, trail};

/// What happened to the rows of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Recorded for the first time.
    pub added: usize,
    /// Stood with other content and were recorded anew.
    pub changed: usize,
    /// Stood just so.
    pub unchanged: usize,
    /// Were ended: notes on a source that no longer says so.
    #[serde(default)]
    pub ended: usize,
    /// Kept words that people put right since the source last said them.
    #[serde(default)]
    pub corrected: usize,
    /// Of these, words that the source changed, too: both are told.
    #[serde(default)]
    pub conflicts: usize,
    /// Printed codes of rows that stand and that the source no longer names. They stay.
    pub missing: Vec<String>,
}

/// What a reconciliation did, by kind of row: `organisation`, `node`, `project` …
pub type Outcome = BTreeMap<String, Tally>;

/// Whether anything was recorded.
pub fn changed_anything(outcome: &Outcome) -> bool {
    outcome
        .values()
        .any(|tally| tally.added + tally.changed + tally.ended > 0)
}

/// Who wants something to be true. Every act records its rows at the moment of its event, so the trail says which
/// standing versions the same act recorded: a later correction by a person, or another source's row, is none of them.
pub(crate) struct Source {
    /// Within which province codes of organisations are meant; `None` = nationally.
    pub province: Option<String>,
    /// Whether only its own versions are replaced: a catalogue speaks of all provinces' things.
    only_own: bool,
    own: HashSet<Moment>,
}

impl Source {
    /// The import of plans of a province.
    pub async fn plan(read: &impl Read, province: Option<String>) -> Result<Self, Error> {
        let of = province.as_deref().unwrap_or(crate::NATIONAL);
        let own = moments(read, of, IMPORT).await?;
        Ok(Self {
            province,
            only_own: false,
            own,
        })
    }

    /// The catalogues that ship with the program, as told on one trail.
    pub async fn catalogue(read: &impl Read, province: Option<String>) -> Result<Self, Error> {
        let of = province.as_deref().unwrap_or(crate::NATIONAL);
        let own = moments(read, of, CATALOGUE).await?;
        Ok(Self {
            province,
            only_own: true,
            own,
        })
    }

    /// Whether this source recorded the version.
    pub fn recorded(&self, stamp: &Stamp) -> bool {
        self.own.contains(&stamp.recorded_at)
    }

    /// Whether the version stays whatever the source says.
    fn keeps(&self, stamp: &Stamp) -> bool {
        self.only_own && !self.recorded(stamp)
    }
}

/// The act of importing a plan.
pub(crate) const IMPORT: &str = "plan.import";
/// The act of recording a catalogue.
pub(crate) const CATALOGUE: &str = "catalogue.record";

/// The moments of an act on one trail: what it recorded bears them.
pub(crate) async fn moments(
    read: &impl Read,
    province: &str,
    act: &str,
) -> Result<HashSet<Moment>, Error> {
    let filter = trail::Filter {
        act: Some(act.to_owned()),
        ..trail::Filter::default()
    };
    let events = trail::events(read, province, 0, u64::MAX, &filter).await?;
    Ok(events.into_iter().map(|event| event.at).collect())
}

/// Records the difference between `wanted` and what stands, as of `at`. Gives what happened, and what should be looked
/// at: words of people that the source says otherwise.
pub(crate) async fn reconcile(
    tx: &Tx,
    ctx: &mut Ctx,
    at: Moment,
    wanted: Wanted,
    source: &Source,
) -> Result<(Outcome, Issues), Error> {
    let mut desk = Desk::new(tx, ctx, at);
    let organisations = organisations::settle(&mut desk, wanted.organisations, source).await?;
    let spoken_of: Vec<EditionKey> = wanted.editions.iter().map(|w| w.key.clone()).collect();
    let editions =
        plans::settle_editions(&mut desk, wanted.editions, &organisations, source).await?;
    let nodes =
        plans::settle_nodes(&mut desk, wanted.nodes, &editions, &organisations, source).await?;
    crosswalks::settle(&mut desk, wanted.crosswalks, &nodes).await?;
    let of_projects = projects::OfProjects {
        projects: wanted.projects,
        details: wanted.details,
        links: wanted.links,
        mentions: wanted.mentions,
    };
    let mut of_source = editions;
    of_source.retain(|key, _| spoken_of.contains(key));
    projects::settle(&mut desk, &of_source, of_projects, &organisations, source).await?;
    Ok((desk.outcome, desk.issues))
}
