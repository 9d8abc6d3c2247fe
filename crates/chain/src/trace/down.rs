//! From a node down to everything that serves it: lower plans, projects, activities.

use super::{Point, Step, Via};
use crate::{Snapshot, index::ProjectIx, plans::NodeIx};
use domain::{
    ids::{ActivityId, NodeId, ProjectId},
    link::LinkState,
};

/// A project below a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectBelow {
    /// The project.
    pub project: ProjectId,
    /// Its link or listing.
    pub via: Via,
    /// The node it is linked to or listed under.
    pub at: NodeId,
    /// Approved only if everything from the project up to the node is.
    pub state: LinkState,
    /// Its activities, by id.
    pub activities: Vec<ActivityId>,
}

/// Everything below a node. Lists hold at most as many rows as were asked for; the totals count all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Below {
    /// The node.
    pub node: NodeId,
    /// The steps by which lower nodes lead here, the nearest first; each lower node stands once, along its firmest path,
    /// with the state of that whole path.
    pub steps: Vec<Step>,
    /// Projects, each once along its firmest way: approved, then proposed, then rejected; then by id.
    pub projects: Vec<ProjectBelow>,
    /// How many nodes there are below, all editions together.
    pub all_nodes: usize,
    /// How many projects are approved all the way.
    pub approved: usize,
    /// How many projects are at best proposed.
    pub proposed: usize,
    /// How many projects have nothing but rejected links.
    pub rejected: usize,
}

impl Snapshot {
    /// Everything below a node, at most `most` steps and `most` projects of it; `None` when it does not stand.
    ///
    /// What lies below is what can lead here: children, nodes aligned here from lower levels with everything below them,
    /// and the projects linked to or listed under any of these. How much of a project arrives is for
    /// [`Snapshot::attribution`] to say: a direct link elsewhere wins over a listing.
    pub fn trace_down(&self, node: NodeId, most: usize) -> Option<Below> {
        let start = self.plans.node_number(node)?;
        let mut found = Found {
            snapshot: self,
            state: vec![None; self.plans.node_numbers()],
            order: Vec::new(),
        };
        found.enter(start, LinkState::Approved, None);
        found.follow(&[LinkState::Approved]);
        found.follow(&[LinkState::Approved, LinkState::Proposed]);
        Some(found.report(start, most))
    }
}

struct Found<'s> {
    snapshot: &'s Snapshot,
    /// By node: the state of the firmest path down to it.
    state: Vec<Option<LinkState>>,
    order: Vec<(NodeIx, Option<Step>)>,
}

impl Found<'_> {
    fn enter(&mut self, node: NodeIx, state: LinkState, step: Option<Step>) {
        let known = &mut self.state[node.at()];
        if known.is_none() {
            *known = Some(state);
            self.order.push((node, step));
        }
    }

    /// Goes down from every node found so far by alignments in one of the `states`. Called with approved alone first, so
    /// that a node is first met along its firmest path.
    fn follow(&mut self, states: &[LinkState]) {
        let plans = &self.snapshot.plans;
        let mut at = 0;
        while at < self.order.len() {
            let (node, _) = self.order[at];
            at += 1;
            let Some(above) = self.state[node.at()] else {
                continue;
            };
            let to = plans.node_id(node);
            let superseded = plans.is_superseded(plans.edition_of(node));
            let step = |lower: NodeIx, via, state, share| Step {
                from: Point::Node(plans.node_id(lower)),
                to,
                via,
                state,
                share,
                superseded,
                wrong_level: false,
            };
            for child in plans.below(node).skip(1) {
                if plans.parent_of(child) == Some(node) {
                    self.enter(child, above, Some(step(child, Via::Parent, above, None)));
                }
            }
            let level = plans.level_of(node);
            let mut edges: Vec<_> = plans
                .alignments
                .to(node.0)
                .filter(|edge| states.contains(&edge.payload.state))
                .filter(|edge| plans.level_of(NodeIx(edge.from)).may_align_to(level))
                .collect();
            edges.sort_unstable_by_key(|edge| edge.id);
            for edge in edges {
                let lower = NodeIx(edge.from);
                let state = less_firm(above, edge.payload.state);
                let via = Via::Alignment(edge.id);
                self.enter(
                    lower,
                    state,
                    Some(step(lower, via, state, Some(edge.payload.share))),
                );
            }
        }
    }

    fn report(self, start: NodeIx, most: usize) -> Below {
        let snapshot = self.snapshot;
        // (firmness, id, by listing, …): sorted, the firmest way of each project comes first.
        let mut ways = Vec::new();
        for &(node, _) in &self.order {
            let Some(above) = self.state[node.at()] else {
                continue;
            };
            for edge in snapshot.links.links.to(node.0) {
                let state = less_firm(above, edge.payload.state);
                ways.push((edge.from, weakness(state), Via::Link(edge.id), node, state));
            }
            for edge in snapshot.links.listings.to(node.0) {
                ways.push((
                    edge.from,
                    weakness(above),
                    Via::Listing(edge.id),
                    node,
                    above,
                ));
            }
        }
        ways.sort_unstable_by_key(|&(project, weakness, via, ..)| (project, weakness, via));
        ways.dedup_by_key(|&mut (project, ..)| project);
        let count = |state| ways.iter().filter(|way| way.4 == state).count();
        let (approved, proposed, rejected) = (
            count(LinkState::Approved),
            count(LinkState::Proposed),
            count(LinkState::Rejected),
        );
        let key =
            |way: &(u32, u8, Via, NodeIx, LinkState)| (way.1, snapshot.ledger.id(ProjectIx(way.0)));
        if most < ways.len() {
            if most > 0 {
                ways.select_nth_unstable_by_key(most - 1, key);
            }
            ways.truncate(most);
        }
        ways.sort_unstable_by_key(key);
        let projects = ways
            .into_iter()
            .map(|(project, _, via, node, state)| ProjectBelow {
                project: snapshot.ledger.id(ProjectIx(project)),
                via,
                at: snapshot.plans.node_id(node),
                state,
                activities: snapshot
                    .links
                    .activities
                    .of(project)
                    .map(|at| snapshot.links.activities.get(at).0)
                    .collect(),
            });
        Below {
            node: snapshot.plans.node_id(start),
            projects: projects.collect(),
            all_nodes: self.order.len() - 1,
            steps: self
                .order
                .iter()
                .filter_map(|(_, step)| *step)
                .take(most)
                .collect(),
            approved,
            proposed,
            rejected,
        }
    }
}

/// The state of a path of which one piece is `a` and the other `b`.
fn less_firm(a: LinkState, b: LinkState) -> LinkState {
    if weakness(a) >= weakness(b) { a } else { b }
}

fn weakness(state: LinkState) -> u8 {
    match state {
        LinkState::Approved => 0,
        LinkState::Proposed => 1,
        LinkState::Rejected => 2,
    }
}
