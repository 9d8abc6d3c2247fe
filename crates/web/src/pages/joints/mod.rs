//! What the pages of links and of alignments have in common (ข้อต่อ): one of them as a line of a list with what may be
//! done to it, the choice of what is served, and the forms by which it is proposed and changed.

pub mod change;
pub mod choose;
pub mod desk;
pub mod lower;
pub mod propose;
pub mod row;
pub mod terms;

use domain::ids::NodeId;
use domain::issue::Issue;

use crate::form::Fields;

/// What was just tried and not done: at which node, what was typed, and what stands against it.
#[derive(Debug, Clone, Copy)]
pub struct Refused<'a> {
    /// The node that was to be served.
    pub node: NodeId,
    /// What was typed.
    pub fields: &'a Fields,
    /// What stands against it.
    pub issues: &'a [Issue],
}
