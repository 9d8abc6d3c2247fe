//! Attribution: which nodes of a framework a project serves, and with how much of itself.
//!
//! The rules, for a project and one edition F of a framework:
//!
//! 1. **Direct links win.** If the project has approved links to nodes of F, they alone decide, with their shares.
//! 2. Otherwise the project is **carried from where it is listed**. Its listings are tried in order, the deepest level
//!    first, then by id; the first from which F can be reached carries the whole project. From the listed node the
//!    nearest node (itself, else its parent, grandparent …) that leads into F carries it.
//! 3. A project without such a listing is carried from its **approved links to nodes outside F**: of the editions it
//!    links to, the deepest level first, then by id, the first with any linked node that leads into F.
//!
//! A node leads into F along its *approved* alignments to nodes of an upper level ([`Level::may_align_to`]): what points
//! at a wrong level carries nothing. Alignments straight into F win over those that lead there by other plans. An
//! alignment into a superseded edition still carries, because money does not vanish on the day a plan is replaced; the
//! trace tells. Crosswalks never carry: a person carries links over to a new edition.
//!
//! **Shares** are parts of 10,000. Where the shares of one node (or of the links of one project) into F total less, the
//! rest is *unattributed*; where they total more (a fault that checks report, or several upper plans that each take the
//! whole node on to F) each is taken as its part of that total, so that never more than the whole is given away.
//!
//! Weights are whole parts of [`WHOLE`]; every branching splits by the largest remainder, ties going to the alignment
//! with the smaller id, and among nodes of F to the one that stands earlier in it. Nothing is lost and nothing depends
//! on the order of rows.
//!
//! [`Level::may_align_to`]: domain::plan::Level::may_align_to

mod carry;

use crate::{
    Snapshot,
    index::ProjectIx,
    plans::{EditionIx, NodeIx},
};
pub(crate) use carry::Carrier;
use domain::{
    ids::{EditionId, ListingId, NodeId, ProjectId},
    link::LinkState,
};
use std::cmp::Reverse;

/// A whole project in parts: 10^16, so that four shares can be multiplied without a remainder.
pub const WHOLE: u64 = 10_000_000_000_000_000;

/// A whole share in parts.
const WHOLE_SHARE: u64 = 10_000;

/// By which of the rules a project came to its nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By its own approved links into the framework.
    Linked,
    /// Along alignments, from this listing.
    Listed(ListingId),
    /// Along alignments, from its approved links into this edition.
    LinkedElsewhere(EditionId),
    /// Not at all: everything is unattributed.
    Nowhere,
}

/// Which nodes of a framework a project serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// By which rule.
    pub how: How,
    /// Nodes in the order of the framework, each once, with their parts of [`WHOLE`].
    pub parts: Vec<(NodeId, u64)>,
    /// What is left over, in parts of [`WHOLE`]: the parts and this total exactly [`WHOLE`].
    pub unattributed: u64,
}

/// A node of the framework by its dense number, and its parts of [`WHOLE`].
pub(crate) type Part = (NodeIx, u64);

impl Snapshot {
    /// Which nodes of an edition of a framework a project serves; `None` when either does not stand.
    pub fn attribution(&self, project: ProjectId, framework: EditionId) -> Option<Attribution> {
        let project = self.ledger.project(project)?;
        let framework = self.plans.edition_number(framework)?;
        let mut towards = Towards::new(self, framework);
        let mut parts = Vec::new();
        let how = towards.project(project, &mut parts);
        let given: u64 = parts.iter().map(|(_, weight)| weight).sum();
        Some(Attribution {
            how,
            parts: parts
                .into_iter()
                .map(|(node, weight)| (self.plans.node_id(node), weight))
                .collect(),
            unattributed: WHOLE - given,
        })
    }
}

/// Attribution towards one framework. It remembers where each plan node leads, so that a pass over a million projects
/// works every node out once; it lives as long as the pass and therefore never has to be told of a change.
pub(crate) struct Towards<'s> {
    snapshot: &'s Snapshot,
    framework: EditionIx,
    carrier: Carrier<'s>,
}

impl<'s> Towards<'s> {
    pub(crate) fn new(snapshot: &'s Snapshot, framework: EditionIx) -> Self {
        Self {
            snapshot,
            framework,
            carrier: Carrier::new(&snapshot.plans, framework),
        }
    }

    /// Puts the parts of one project into `parts` (emptied first), in the order of the framework.
    pub(crate) fn project(&mut self, project: ProjectIx, parts: &mut Vec<Part>) -> How {
        parts.clear();
        if self.linked_into(project, self.framework, parts) {
            return How::Linked;
        }
        if let Some(listing) = self.listed(project, parts) {
            return How::Listed(listing);
        }
        self.linked_elsewhere(project, parts)
    }

    /// The project's approved links into an edition as parts, in the order of the edition, then by id of the link.
    fn linked_into(&self, project: ProjectIx, edition: EditionIx, parts: &mut Vec<Part>) -> bool {
        let plans = &self.snapshot.plans;
        let edges = self.snapshot.links.links.from(project.0);
        let approved = edges.filter(|e| e.payload.state == LinkState::Approved);
        let into = approved.filter(|e| plans.edition_of(NodeIx(e.to)) == edition);
        parts.extend(into.map(|e| (NodeIx(e.to), u64::from(e.payload.share.parts()))));
        if parts.is_empty() {
            return false;
        }
        // Edges come by id and the sort is stable.
        parts.sort_by_key(|(node, _)| plans.place(*node));
        shares_to_parts(parts);
        parts.dedup_by(merge);
        true
    }

    fn listed(&mut self, project: ProjectIx, parts: &mut Vec<Part>) -> Option<ListingId> {
        let plans = &self.snapshot.plans;
        let depth = |node: u32| Reverse(plans.level_of(NodeIx(node)).depth());
        let edges = self.snapshot.links.listings.from(project.0);
        // Nearly every project is listed once or twice: look for the next in line instead of sorting a copy.
        let mut last = None;
        while let Some(edge) = edges
            .clone()
            .filter(|e| last.is_none_or(|last| (depth(e.to), e.id) > last))
            .min_by_key(|e| (depth(e.to), e.id))
        {
            if let Some(carried) = self.carrier.from(NodeIx(edge.to)) {
                parts.extend_from_slice(carried);
                return Some(edge.id);
            }
            last = Some((depth(edge.to), edge.id));
        }
        None
    }

    fn linked_elsewhere(&mut self, project: ProjectIx, parts: &mut Vec<Part>) -> How {
        let plans = &self.snapshot.plans;
        let edges = self.snapshot.links.links.from(project.0);
        let approved = edges.filter(|e| e.payload.state == LinkState::Approved);
        let mut editions: Vec<_> = approved
            .map(|e| plans.edition_of(NodeIx(e.to)))
            .filter_map(|ix| {
                let edition = plans.edition_at(ix)?;
                Some((Reverse(edition.level.depth()), edition.id, ix))
            })
            .collect();
        editions.sort_unstable();
        editions.dedup();
        for (_, id, edition) in editions {
            let mut starts = Vec::new();
            self.linked_into(project, edition, &mut starts);
            let mut leads = false;
            for (start, weight) in starts {
                if let Some(carried) = self.carrier.from(start) {
                    leads = true;
                    add_scaled(parts, carried, weight);
                }
            }
            if leads {
                in_order(parts, plans);
                return How::LinkedElsewhere(id);
            }
        }
        How::Nowhere
    }
}

/// Turns shares of 10,000 into parts of [`WHOLE`]: of 10,000 where they total less or as much, of their total where they
/// total more.
fn shares_to_parts(shares: &mut [Part]) {
    let total: u64 = shares.iter().map(|(_, share)| share).sum();
    split(WHOLE, shares, total.max(WHOLE_SHARE));
}

/// Replaces each weight by its part of `amount` × weight / `whole`, whole numbers by the largest remainder: together
/// they are `amount` × Σweights / `whole`, rounded down once. Equal remainders go to the earlier one.
fn split(amount: u64, weights: &mut [Part], whole: u64) {
    let (amount, whole) = (u128::from(amount), u128::from(whole));
    if let [(_, only)] = weights {
        *only = (amount * u128::from(*only) / whole) as u64;
        return;
    }
    let total: u128 = weights.iter().map(|(_, weight)| u128::from(*weight)).sum();
    let mut left = (amount * total / whole) as u64;
    let mut remainders = Vec::with_capacity(weights.len());
    for (at, (_, weight)) in weights.iter_mut().enumerate() {
        let product = amount * u128::from(*weight);
        *weight = (product / whole) as u64;
        left -= *weight;
        remainders.push((Reverse(product % whole), at));
    }
    if left > 0 {
        remainders.sort_unstable();
        for &(_, at) in remainders.iter().take(left as usize) {
            weights[at].1 += 1;
        }
    }
}

/// Adds `weight` of what `carried` says to `parts`.
fn add_scaled(parts: &mut Vec<Part>, carried: &[Part], weight: u64) {
    let start = parts.len();
    parts.extend_from_slice(carried);
    split(weight, &mut parts[start..], WHOLE);
}

/// Brings parts into the order of their edition and each node together.
fn in_order(parts: &mut Vec<Part>, plans: &crate::plans::Plans) {
    parts.sort_by_key(|(node, _)| plans.place(*node));
    parts.dedup_by(merge);
}

fn merge(next: &mut Part, kept: &mut Part) -> bool {
    let same = next.0 == kept.0;
    if same {
        kept.1 += next.1;
    }
    same
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::money::Satang;

    #[test]
    fn parts_are_split_like_money() {
        for (amount, weights, whole) in [
            (100, vec![3_333, 3_333, 3_334], 10_000),
            (1, vec![5_000, 5_000], 10_000),
            (WHOLE, vec![1, 1, 1], 3),
            (WHOLE, vec![4_000, 9_000], 13_000),
            (WHOLE / 3, vec![WHOLE / 7, WHOLE / 3], WHOLE),
            (7, vec![], 10_000),
        ] {
            let mut parts: Vec<Part> = weights.iter().map(|w| (NodeIx(0), *w)).collect();
            split(amount, &mut parts, whole);
            let parts: Vec<i64> = parts.iter().map(|(_, part)| *part as i64).collect();
            let money: Vec<i64> = Satang(amount as i64)
                .split(&weights, whole)
                .into_iter()
                .map(|satang| satang.0)
                .collect();
            assert_eq!(parts, money);
        }
    }

    #[test]
    fn shares_over_the_whole_never_give_more_than_the_whole() {
        let mut parts = vec![
            (NodeIx(0), 10_000),
            (NodeIx(1), 10_000),
            (NodeIx(2), 10_000),
        ];
        shares_to_parts(&mut parts);
        assert_eq!(parts.iter().map(|(_, part)| part).sum::<u64>(), WHOLE);
        assert_eq!(parts[0].1, WHOLE / 3 + 1);
    }
}
