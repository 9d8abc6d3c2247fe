//! Nothing stands above itself: cycles through parents and alignments are found before they can do harm.

use super::{NodeIx, Plans};
use domain::{
    ids::{AlignmentId, NodeId},
    link::LinkState,
};
use std::collections::HashMap;

impl Plans {
    /// Where one step upwards leads: the parent, and every node served by an alignment that is not rejected (a proposed
    /// one would close the cycle on the day it is approved). The alignment `but` is about to go.
    fn up(&self, node: NodeIx, but: Option<AlignmentId>) -> impl Iterator<Item = NodeIx> + '_ {
        let aligned = self
            .alignments
            .from(node.0)
            .filter(move |a| a.payload.state != LinkState::Rejected && Some(a.id) != but)
            .map(|a| NodeIx(a.to));
        self.parent_of(node).into_iter().chain(aligned)
    }

    /// The way up from `start` to `goal`, both included, if there is one that does not lead along the alignment `but`.
    pub(super) fn way_up(
        &self,
        start: NodeIx,
        goal: NodeIx,
        but: Option<AlignmentId>,
    ) -> Option<Vec<NodeId>> {
        let mut came_from = HashMap::from([(start, start)]);
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            if node == goal {
                let mut way = vec![self.node_id(goal)];
                let mut here = goal;
                while here != start {
                    here = came_from[&here];
                    way.push(self.node_id(here));
                }
                way.reverse();
                return Some(way);
            }
            for next in self.up(node, but) {
                came_from.entry(next).or_insert_with(|| {
                    open.push(next);
                    node
                });
            }
        }
        None
    }

    /// Every node that stands above itself lies on one of these cycles or above one; empty when all is well.
    pub(super) fn cycles(&self) -> Vec<Vec<NodeId>> {
        let nodes = self.node_rows.len();
        let mut waiting = vec![0u32; nodes];
        let all = || {
            (0..nodes as u32)
                .map(NodeIx)
                .filter(|&ix| self.row(ix).edition != super::NONE)
        };
        for node in all() {
            for upper in self.up(node, None) {
                waiting[upper.at()] += 1;
            }
        }
        // Take away, again and again, what nothing leads to; what cannot be taken away is on a cycle or above one.
        let mut free: Vec<NodeIx> = all().filter(|ix| waiting[ix.at()] == 0).collect();
        let mut taken = 0;
        while let Some(node) = free.pop() {
            taken += 1;
            for upper in self.up(node, None) {
                waiting[upper.at()] -= 1;
                if waiting[upper.at()] == 0 {
                    free.push(upper);
                }
            }
        }
        if taken == self.standing_nodes {
            return Vec::new();
        }
        let mut stuck: Vec<NodeIx> = all().filter(|ix| waiting[ix.at()] > 0).collect();
        stuck.sort_unstable_by_key(|&ix| self.node_id(ix));
        let mut found: Vec<Vec<NodeId>> = Vec::new();
        for node in stuck {
            if found
                .iter()
                .any(|cycle| cycle.contains(&self.node_id(node)))
            {
                continue;
            }
            let way = self
                .up(node, None)
                .filter_map(|upper| self.way_up(upper, node, None))
                .min();
            if let Some(mut cycle) = way {
                cycle.pop();
                cycle.insert(0, self.node_id(node));
                found.push(smallest_first(cycle));
            }
        }
        found
    }
}

/// The same cycle, told from its smallest id on.
pub(super) fn smallest_first(mut cycle: Vec<NodeId>) -> Vec<NodeId> {
    let smallest = cycle
        .iter()
        .enumerate()
        .min_by_key(|(_, id)| **id)
        .map_or(0, |(at, _)| at);
    cycle.rotate_left(smallest);
    cycle
}
