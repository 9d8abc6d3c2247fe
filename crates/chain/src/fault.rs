//! What makes facts impossible to build on, or a change impossible to apply. All faults of a build come at once.

use domain::{
    facts::Key,
    ids::{ListingId, MembershipId, NodeId, OrganisationId, ProjectId},
    organisation::Axis,
};
use jiff::civil::Date;

/// One structural fault. It names rows by their key, so that a message can lead there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Two rows share an id or natural key.
    #[error("{row:?} stands twice")]
    Duplicate {
        /// The key they share.
        row: Key,
    },
    /// A row names another that does not stand.
    #[error("{by:?} names {what:?}, which does not stand")]
    Unknown {
        /// The row that names it.
        by: Key,
        /// What it names.
        what: Key,
    },
    /// A bulk row names a position beyond the end of the list it points into.
    #[error("row {row} of {list} names position {position}, which does not exist")]
    Position {
        /// The list of the row: `amounts`, `people` or `observations`.
        list: &'static str,
        /// The row's own position, from 0.
        row: usize,
        /// The position it names.
        position: u32,
    },
    /// What is to be ended does not stand.
    #[error("{row:?} cannot end: it does not stand")]
    NotStanding {
        /// What was to be ended.
        row: Key,
    },
    /// What is to be ended is still named by another row: end that first.
    #[error("{row:?} cannot end: {by:?} still names it")]
    StillNamed {
        /// What was to be ended.
        row: Key,
        /// A row that names it.
        by: Key,
    },
    /// Two memberships of one organisation on one axis share a day.
    #[error("memberships {first:?} and {second:?} overlap")]
    Overlap {
        /// The one with the smaller id.
        first: MembershipId,
        /// The other.
        second: MembershipId,
    },
    /// A membership ends on or before its first day.
    #[error("membership {0:?} has no day")]
    NoDay(MembershipId),
    /// Organisations stand above themselves.
    #[error("on the axis {axis} organisations stand above themselves: {organisations:?}")]
    Cycle {
        /// In which forest.
        axis: Axis,
        /// Each stands under the next, the last under the first; the smallest id comes first.
        organisations: Vec<OrganisationId>,
        /// The first day on which they do; `None` = since ever.
        on: Option<Date>,
    },
    /// Projects are part of themselves: their money would be nowhere.
    #[error("projects are part of themselves: {0:?}")]
    PartOfItself(
        /// Each is part of the next, the last of the first; the smallest id comes first.
        Vec<ProjectId>,
    ),
    /// A period no calendar has: a quarter of a year that is not fiscal, or a year outside พ.ศ. 1000 ..= 9999.
    #[error("{row:?} speaks of a period that no calendar has")]
    Period {
        /// The row.
        row: Key,
    },
    /// Two duties ask one organisation for the same thing of the same period: it would count twice in N.
    #[error("{first:?} and {second:?} ask the same organisation for the same thing")]
    AskedTwice {
        /// The duty with the smaller id.
        first: Key,
        /// The other.
        second: Key,
    },
    /// Nodes serve themselves through parents and alignments that are not rejected.
    #[error("nodes serve themselves: {0:?}")]
    NodeCycle(
        /// Each stands under or serves the next, the last the first; the smallest id comes first.
        Vec<NodeId>,
    ),
    /// The parent of a node stands in another edition.
    #[error("{node:?} names the parent {parent:?} of another edition")]
    ParentElsewhere {
        /// The node.
        node: NodeId,
        /// The parent it names.
        parent: NodeId,
    },
    /// A node never leaves its edition: another edition has a node of its own with the same lineage.
    #[error("{node:?} cannot move to another edition")]
    NodeMoves {
        /// The node.
        node: NodeId,
    },
    /// A project stands twice in one edition: everything of it would count twice there.
    #[error("listings {first:?} and {second:?} put one project twice into one edition")]
    ListedTwice {
        /// The listing with the smaller id.
        first: ListingId,
        /// The other.
        second: ListingId,
    },
    /// An amount beyond ten trillion baht, which no sum could hold.
    #[error("{row:?} is more than all the money there is")]
    TooMuch {
        /// The row.
        row: Key,
    },
}
