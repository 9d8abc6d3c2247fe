//! The thread of a project: every path from it up the two rails, and where and why a rail is not connected.
//!
//! The SDG 4 rail and the rail of plans of levels 1 to 3 stand side by side. Both are followed from everything the
//! project is linked to or listed under: to parents within an edition, and along alignments to upper levels. What was
//! rejected and what points at a wrong level is shown but not followed. A link or alignment into a superseded edition is
//! shown and followed, but breaks the connection: its crosswalk says where it should lead now.
//!
//! Following and judging are apart: `walk` collects steps, `judge` says what they amount to. From a target down to
//! activities leads [`down`].

pub mod down;
mod judge;
mod walk;
pub mod words;

use crate::Snapshot;
use domain::{
    ids::{AlignmentId, CrosswalkId, EditionId, LinkId, ListingId, NodeId, ProjectId},
    issue::Severity,
    link::LinkState,
    plan::Level,
    share::Share,
};

/// One of the two rails; neither stands above the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rail {
    /// SDG 4, entered by the province's roadmap.
    Sdg,
    /// The plans of levels 1, 2 and 3, entered by the province's education plan.
    Plans,
}

impl Rail {
    /// Both rails.
    pub const ALL: [Rail; 2] = [Rail::Sdg, Rail::Plans];

    /// The level at which the rail ends: SDG 4, or the national strategy.
    pub const fn top(self) -> Level {
        match self {
            Rail::Sdg => Level::Sdg,
            Rail::Plans => Level::Level1,
        }
    }

    /// Whether frameworks of this level are part of the rail.
    pub const fn has_framework(self, level: Level) -> bool {
        match self {
            Rail::Sdg => matches!(level, Level::Sdg),
            Rail::Plans => matches!(level, Level::Level1 | Level::Level2 | Level::Level3),
        }
    }

    /// The level that a plan of `level` is to be aligned to next on this rail; `None` at the top and on the other rail.
    /// The plan by type of education is never asked for: the five-year plan often fills its place.
    pub const fn next(self, level: Level) -> Option<Level> {
        match (self, level) {
            (_, Level::Annual) => Some(Level::FiveYear),
            (Rail::Sdg, Level::FiveYear | Level::EducationType | Level::ProvincialPlan) => {
                Some(Level::ProvincialRoadmap)
            }
            (Rail::Sdg, Level::ProvincialRoadmap) => Some(Level::Sdg),
            (Rail::Plans, Level::FiveYear | Level::EducationType | Level::ProvincialRoadmap) => {
                Some(Level::ProvincialPlan)
            }
            (Rail::Plans, Level::ProvincialPlan) => Some(Level::Level3),
            (Rail::Plans, Level::Level3) => Some(Level::Level2),
            (Rail::Plans, Level::Level2) => Some(Level::Level1),
            _ => None,
        }
    }
}

/// Where a step starts or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// The project.
    Project(ProjectId),
    /// A node of a plan or framework.
    Node(NodeId),
}

/// By what a step leads from one point to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// A direct link of the project.
    Link(LinkId),
    /// The project is listed there.
    Listing(ListingId),
    /// The parent within the edition.
    Parent,
    /// An alignment.
    Alignment(AlignmentId),
    /// Where a crosswalk leads from a superseded edition; the connection does not follow it by itself.
    Crosswalk(CrosswalkId),
}

/// One step of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The lower point.
    pub from: Point,
    /// The upper node.
    pub to: NodeId,
    /// By what.
    pub via: Via,
    /// Its state; a listing and a parent stand as they are and count as approved.
    pub state: LinkState,
    /// The share of a link or alignment.
    pub share: Option<Share>,
    /// Whether `to` stands in a superseded edition.
    pub superseded: bool,
    /// Whether an alignment points at a level that its own may not be aligned to.
    pub wrong_level: bool,
}

/// Whether a rail is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RailStatus {
    /// An unbroken approved path leads to the top of the rail ([`Rail::top`]).
    Connected,
    /// An unbroken approved path leads to a framework of the rail, but not on to its top.
    Partly,
    /// A path leads to a framework of the rail, but something on it is only proposed.
    ProposedOnly,
    /// No path leads to a framework of the rail, or only through a superseded edition.
    NotConnected,
}

/// Why a rail is not connected, or what else is missing on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GapKind {
    /// The project is listed in no plan.
    NoListing,
    /// The project has no link of its own to a framework of the rail, neither approved nor proposed.
    NoLink,
    /// The link or alignment is only proposed.
    OnlyProposed {
        /// Which.
        via: Via,
        /// Where it leads.
        to: NodeId,
    },
    /// The link or alignment was rejected.
    Rejected {
        /// Which.
        via: Via,
        /// Where it led.
        to: NodeId,
    },
    /// The link or alignment leads into a superseded edition.
    Superseded {
        /// Which.
        via: Via,
        /// Where it leads.
        to: NodeId,
        /// The superseded edition.
        edition: EditionId,
        /// Where approved or proposed crosswalks lead from there.
        now: Vec<(NodeId, LinkState)>,
    },
    /// The alignment points at a level that its own may not be aligned to.
    WrongLevel {
        /// Which.
        alignment: AlignmentId,
        /// Where it starts.
        from: NodeId,
        /// Where it points.
        to: NodeId,
    },
    /// Nobody is named as owner of the plan.
    MissingOwner {
        /// Which edition.
        edition: EditionId,
    },
    /// Neither the node nor anything above it in its plan is aligned further up the rail.
    NotAlignedFurther {
        /// Where the thread ends.
        node: NodeId,
        /// The level it should lead to next.
        missing: Level,
    },
    /// No plan by type of education lies on the way: advice only.
    NoEducationTypePlan,
}

/// One gap and how much it matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Advice where the rail is connected all the same.
    pub severity: Severity,
    /// What is missing, and where.
    pub kind: GapKind,
}

/// One rail of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RailThread {
    /// Which.
    pub rail: Rail,
    /// Whether it is connected.
    pub status: RailStatus,
    /// The highest level of the rail that an unbroken approved path reaches; `None` = no framework of it.
    pub reached: Option<Level>,
    /// Every step on the rail, from the project upwards; each stands once, however many paths use it.
    pub steps: Vec<Step>,
    /// What is missing on this rail.
    pub gaps: Vec<Gap>,
}

/// The thread of one project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Whose.
    pub project: ProjectId,
    /// What is missing below the point where the rails part.
    pub gaps: Vec<Gap>,
    /// The SDG 4 rail and the rail of plans.
    pub rails: [RailThread; 2],
    /// Whether there were more than [`MOST_STEPS`] steps; the first ones are here.
    pub truncated: bool,
}

/// More steps than any sound thread has; a tangle of alignments cannot make an answer endless.
pub const MOST_STEPS: usize = 4_096;

impl Thread {
    /// One rail of the thread.
    pub fn rail(&self, rail: Rail) -> &RailThread {
        &self.rails[rail as usize]
    }
}

impl Snapshot {
    /// The thread of a project: every path up the two rails, and what is missing; `None` when it does not stand.
    pub fn trace(&self, project: ProjectId) -> Option<Thread> {
        let ix = self.ledger.project(project)?;
        let walk = walk::Walk::up(self, project, ix);
        Some(walk.judge())
    }
}
