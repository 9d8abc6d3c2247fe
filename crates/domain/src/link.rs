//! Links from a project to a framework or plan: always with a state, never counted before a person approved.

use crate::{
    ids::{LinkId, MentionId, NodeId, ProjectId},
    share::Share,
};
use serde::{Deserialize, Serialize};

coded! {
    /// The state of a link, an alignment or a crosswalk row.
    pub enum LinkState {
        /// เสนอ: drawn dashed and counted apart.
        Proposed = "proposed",
        /// รับรองแล้ว: the only state that counts in totals.
        Approved = "approved",
        /// ไม่รับรอง: kept for the record, with the reason.
        Rejected = "rejected",
    }
}

impl LinkState {
    /// Key of its word in `locales/`.
    pub const fn key(self) -> &'static str {
        match self {
            LinkState::Proposed => "link_state.proposed",
            LinkState::Approved => "link_state.approved",
            LinkState::Rejected => "link_state.rejected",
        }
    }
}

/// A project's direct link to a node.
///
/// The shares of a project's approved links total 10,000 per framework; only then is its money attributed whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its id through all its states.
    pub id: LinkId,
    /// Of which project.
    pub project: ProjectId,
    /// To which node.
    pub node: NodeId,
    /// How much of the project serves the node.
    pub share: Share,
    /// The one named first where only one can be named.
    pub primary: bool,
    /// Proposed, approved or rejected.
    pub state: LinkState,
}

/// A code that a file names as the target of a project and that the framework did not have: kept as written until
/// somebody says what is meant. It is no link, and nothing counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Its id.
    pub id: MentionId,
    /// By which project.
    pub project: ProjectId,
    /// Code of the framework or plan, as written.
    pub framework: String,
    /// The code within it, as written.
    pub code: String,
}
