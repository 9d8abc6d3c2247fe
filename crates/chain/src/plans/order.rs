//! The pre-order of one edition, and which editions are superseded.

use super::{EditionIx, NONE, Plans};
use domain::plan::EditionState;

impl Plans {
    /// Numbers the nodes of one edition afresh. `members` are all its nodes; they form a forest.
    pub(super) fn reorder(&mut self, edition: EditionIx, mut members: Vec<u32>) {
        let key = |&node: &u32| {
            let row = &self.node_rows[node as usize];
            (row.parent, row.position, self.nodes.id(node))
        };
        members.sort_unstable_by_key(key);
        // Siblings now lie side by side, in order; the tops of the edition come last, because `NONE` is the largest.
        let children = |parent: u32| {
            let parent_of = |node: &u32| self.node_rows[*node as usize].parent;
            let start = members.partition_point(|node| parent_of(node) < parent);
            let len = members[start..]
                .iter()
                .take_while(|node| parent_of(node) == parent)
                .count();
            &members[start..start + len]
        };
        let mut order = Vec::with_capacity(members.len());
        let mut stack: Vec<u32> = children(NONE).iter().rev().copied().collect();
        while let Some(node) = stack.pop() {
            order.push(node);
            stack.extend(children(node).iter().rev());
        }
        for (pre, &node) in order.iter().enumerate() {
            let row = &mut self.node_rows[node as usize];
            (row.pre, row.size) = (pre as u32, 1);
        }
        for &node in order.iter().rev() {
            let row = self.node_rows[node as usize];
            if row.parent != NONE {
                self.node_rows[row.parent as usize].size += row.size;
            }
        }
        self.edition_rows[edition.at()].order = order;
    }

    /// Works out afresh which editions are superseded.
    pub(super) fn mark_superseded(&mut self) {
        for row in &mut self.edition_rows {
            row.superseded = row
                .edition
                .is_some_and(|e| e.state == EditionState::Superseded);
        }
        for ix in 0..self.edition_rows.len() {
            let Some(newer) = self.edition_rows[ix].edition else {
                continue;
            };
            let was_approved = !matches!(newer.state, EditionState::Draft | EditionState::InReview);
            let older = newer.supersedes.and_then(|id| self.edition_number(id));
            if let (true, Some(older)) = (was_approved, older) {
                self.edition_rows[older.at()].superseded = true;
            }
        }
    }
}
