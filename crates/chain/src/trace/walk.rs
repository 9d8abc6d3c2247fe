//! Collecting the steps of a thread, and how firm the best path to each node is.

use super::{MOST_STEPS, Point, Step, Via};
use crate::{
    Snapshot,
    index::ProjectIx,
    plans::{NodeIx, Plans},
    table::NONE,
};
use domain::{ids::ProjectId, link::LinkState};

/// How firm a path is; the firmest path to a node counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Firm {
    /// Through a superseded edition.
    Stale,
    /// Something on it is only proposed.
    Proposed,
    /// Approved all the way.
    Approved,
}

/// A node that was reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reached {
    pub(super) node: NodeIx,
    pub(super) firm: Firm,
    /// Reached from another edition or from the project, and not only from below in its own edition.
    pub(super) entry: bool,
    /// Whether the steps up from it were taken.
    left: bool,
}

/// A step with the dense numbers of its ends; `from` is `None` for the project.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) from: Option<NodeIx>,
    pub(super) to: NodeIx,
    pub(super) step: Step,
}

pub(super) struct Walk<'s> {
    pub(super) snapshot: &'s Snapshot,
    pub(super) project: ProjectId,
    pub(super) listed: bool,
    pub(super) edges: Vec<Edge>,
    pub(super) reached: Vec<Reached>,
    pub(super) truncated: bool,
}

impl<'s> Walk<'s> {
    /// Everything above a project.
    pub(super) fn up(snapshot: &'s Snapshot, project: ProjectId, ix: ProjectIx) -> Self {
        let mut walk = Self {
            snapshot,
            project,
            listed: false,
            edges: Vec::with_capacity(32),
            reached: Vec::with_capacity(32),
            truncated: false,
        };
        let from = Point::Project(project);
        for edge in snapshot.links.links.from(ix.0) {
            let mark = edge.payload;
            walk.step(
                None,
                NodeIx(edge.to),
                from,
                Via::Link(edge.id),
                mark.state,
                Some(mark.share),
            );
        }
        for edge in snapshot.links.listings.from(ix.0) {
            walk.listed = true;
            walk.step(
                None,
                NodeIx(edge.to),
                from,
                Via::Listing(edge.id),
                LinkState::Approved,
                None,
            );
        }
        // The firmest first, so that the firmest path to a node is known before the node is left.
        for firm in [Firm::Approved, Firm::Proposed, Firm::Stale] {
            let next = |walk: &Self| {
                let mut reached = walk.reached.iter();
                reached.position(|at| !at.left && at.firm >= firm)
            };
            while let Some(at) = next(&walk) {
                walk.reached[at].left = true;
                walk.leave(walk.reached[at].node);
            }
        }
        walk.add_crosswalks();
        walk
    }

    fn plans(&self) -> &'s Plans {
        &self.snapshot.plans
    }

    /// Adds the steps up from a node.
    fn leave(&mut self, node: NodeIx) {
        let plans = self.plans();
        let from = Point::Node(plans.node_id(node));
        if let Some(parent) = plans.parent_of(node) {
            self.step(
                Some(node),
                parent,
                from,
                Via::Parent,
                LinkState::Approved,
                None,
            );
        }
        for edge in plans.alignments.from(node.0) {
            let (via, mark) = (Via::Alignment(edge.id), edge.payload);
            self.step(
                Some(node),
                NodeIx(edge.to),
                from,
                via,
                mark.state,
                Some(mark.share),
            );
        }
    }

    fn step(
        &mut self,
        lower: Option<NodeIx>,
        to: NodeIx,
        from: Point,
        via: Via,
        state: LinkState,
        share: Option<domain::share::Share>,
    ) {
        if self.edges.len() >= MOST_STEPS {
            self.truncated = true;
            return;
        }
        let plans = self.plans();
        let level = plans.level_of(to);
        let wrong_level = match (via, lower) {
            (Via::Alignment(_), Some(lower)) => !plans.level_of(lower).may_align_to(level),
            _ => false,
        };
        let superseded = plans.is_superseded(plans.edition_of(to));
        self.edges.push(Edge {
            from: lower,
            to,
            step: Step {
                from,
                to: plans.node_id(to),
                via,
                state,
                share,
                superseded,
                wrong_level,
            },
        });
        let into_superseded = superseded && matches!(via, Via::Link(_) | Via::Alignment(_));
        let by = match state {
            _ if wrong_level => return,
            LinkState::Rejected => return,
            _ if into_superseded => Firm::Stale,
            LinkState::Proposed => Firm::Proposed,
            LinkState::Approved => Firm::Approved,
        };
        let firm = lower.map_or(by, |lower| by.min(self.firm(lower)));
        let entry = via != Via::Parent;
        match self.reached.iter_mut().find(|reached| reached.node == to) {
            Some(before) => {
                before.entry |= entry;
                before.firm = before.firm.max(firm);
            }
            None => self.reached.push(Reached {
                node: to,
                firm,
                entry,
                left: false,
            }),
        }
    }

    fn firm(&self, node: NodeIx) -> Firm {
        let reached = self.reached.iter().find(|reached| reached.node == node);
        reached.map_or(Firm::Stale, |reached| reached.firm)
    }

    /// Where crosswalks lead from superseded nodes that links or alignments point at: shown, never followed.
    fn add_crosswalks(&mut self) {
        let plans = self.plans();
        let mut stale: Vec<NodeIx> = Vec::new();
        for edge in &self.edges {
            let points = matches!(edge.step.via, Via::Link(_) | Via::Alignment(_));
            if points && edge.step.superseded && !stale.contains(&edge.to) {
                stale.push(edge.to);
            }
        }
        for node in stale {
            let from = Point::Node(plans.node_id(node));
            for row in plans.crosswalks.from(node.0) {
                let to = NodeIx(row.to);
                if row.to == NONE || row.payload.state == LinkState::Rejected {
                    continue;
                }
                self.edges.push(Edge {
                    from: Some(node),
                    to,
                    step: Step {
                        from,
                        to: plans.node_id(to),
                        via: Via::Crosswalk(row.id),
                        state: row.payload.state,
                        share: None,
                        superseded: plans.is_superseded(plans.edition_of(to)),
                        wrong_level: false,
                    },
                });
            }
        }
    }
}
