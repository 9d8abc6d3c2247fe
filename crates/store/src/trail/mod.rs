//! The trail: one gapless, hash-chained list of events per province; the audit record and the change feed.
//!
//! The last statement of a transaction is [`append()`]. It takes the next number and hash from the head of its
//! province and holds the head until the commit, so events are gapless and in the order of commits.

mod append;
mod hash;
mod read;
mod verify;

pub use append::{append, erase, lock};
pub(crate) use read::heads_seen_by;
pub use read::{Filter, events, events_before, heads};
pub use verify::{Fault, TrailFault, verify};

use domain::time::Moment;

/// The act of an event that erased the payload of another: its subject is that event.
pub const ERASE: &str = "trail.erase";

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Subject {
    /// Kind: `project`, `plan`, `organisation` …
    pub kind: String,
    /// Its id as text.
    pub id: String,
}

/// An event to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// When: later than the last event of the province.
    pub at: Moment,
    /// Who.
    pub actor: String,
    /// For whom, when a planner enters something for an agency.
    pub on_behalf_of: Option<String>,
    /// The code of the act: `plans.import` …
    pub act: String,
    /// About what.
    pub subject: Subject,
    /// What happened, as JSON.
    pub payload: Option<String>,
    /// Fresh random bytes, at least 16, so that an erased payload cannot be guessed from its digest.
    pub salt: Vec<u8>,
}

/// An event of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Province code or `TH`.
    pub province: String,
    /// 1, 2, 3 … within the province.
    pub number: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: String,
    /// For whom.
    pub on_behalf_of: Option<String>,
    /// The code of the act.
    pub act: String,
    /// About what.
    pub subject: Subject,
    /// What happened, as JSON; `None` when there was nothing to say or when it was lawfully erased.
    pub payload: Option<String>,
    /// The salt of the payload; erased with it.
    pub salt: Option<Vec<u8>>,
    /// SHA-256 of salt and payload; stays when they are erased.
    pub payload_digest: Option<Vec<u8>>,
    /// Hash of the event before; 32 zero bytes for the first.
    pub previous_hash: Vec<u8>,
    /// Hash of this event.
    pub hash: Vec<u8>,
}

/// Where the trail of a province stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Province code or `TH`.
    pub province: String,
    /// Number of the last event; 0 before the first.
    pub number: i64,
    /// Hash of the last event.
    pub hash: Vec<u8>,
    /// Moment of the last event.
    pub at: Moment,
}
