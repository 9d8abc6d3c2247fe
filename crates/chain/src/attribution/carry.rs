//! Where a plan node leads within a framework, worked out once per node and pass.

use super::{Part, add_scaled, in_order, shares_to_parts};
use crate::plans::{EditionIx, NodeIx, Plans};
use domain::link::LinkState;
use hashbrown::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What each node carries towards one framework.
pub(crate) struct Carrier<'s> {
    plans: &'s Plans,
    framework: EditionIx,
    /// Ranges of `parts` by node; `None` = the node leads nowhere.
    known: HashMap<u32, Option<(u32, u32)>, BuildHasherDefault<Mix>>,
    parts: Vec<Part>,
}

impl<'s> Carrier<'s> {
    pub(crate) fn new(plans: &'s Plans, framework: EditionIx) -> Self {
        Self {
            plans,
            framework,
            known: HashMap::default(),
            parts: Vec::new(),
        }
    }

    /// The nodes of the framework to which everything under `node` is carried, in their order, with their parts of the
    /// whole; `None` when neither the node nor anything above it in its edition leads into the framework.
    pub(crate) fn from(&mut self, node: NodeIx) -> Option<&[Part]> {
        if !self.known.contains_key(&node.0) {
            self.work_out(node);
        }
        let (start, end) = (*self.known.get(&node.0)?)?;
        Some(&self.parts[start as usize..end as usize])
    }

    /// Works out a node after everything it depends on: a list of open nodes instead of recursion, because the length
    /// of a chain of plans is in the hands of those who write them.
    fn work_out(&mut self, node: NodeIx) {
        let mut open = vec![node];
        while let Some(&node) = open.last() {
            if self.known.contains_key(&node.0) {
                open.pop();
                continue;
            }
            if self.plans.edition_of(node) == self.framework {
                self.keep(node, vec![(node, super::WHOLE)]);
                continue;
            }
            let missing = open.len();
            open.extend(self.uppers(node).map(|(upper, _)| upper).filter(|upper| {
                self.plans.edition_of(*upper) != self.framework
                    && !self.known.contains_key(&upper.0)
            }));
            if open.len() > missing {
                continue;
            }
            let own = self.own(node);
            if !own.is_empty() {
                self.keep(node, own);
                continue;
            }
            match self.plans.parent_of(node) {
                None => {
                    self.known.insert(node.0, None);
                }
                Some(parent) => match self.known.get(&parent.0) {
                    Some(&same) => {
                        self.known.insert(node.0, same);
                    }
                    None => open.push(parent),
                },
            }
        }
    }

    fn keep(&mut self, node: NodeIx, parts: Vec<Part>) {
        let start = self.parts.len() as u32;
        self.parts.extend(parts);
        self.known
            .insert(node.0, Some((start, self.parts.len() as u32)));
    }

    /// The nodes that `node` itself serves with approval on an upper level, with their shares, by id of the alignment.
    fn uppers(&self, node: NodeIx) -> impl Iterator<Item = (NodeIx, u64)> + Clone + '_ {
        let level = self.plans.level_of(node);
        self.plans
            .alignments
            .from(node.0)
            .filter(|edge| edge.payload.state == LinkState::Approved)
            .map(|edge| (NodeIx(edge.to), u64::from(edge.payload.share.parts())))
            .filter(move |(upper, _)| level.may_align_to(self.plans.level_of(*upper)))
    }

    /// What the node's own alignments carry; empty when none leads into the framework. What they lead to is known.
    fn own(&self, node: NodeIx) -> Vec<Part> {
        let direct = |upper: NodeIx| self.plans.edition_of(upper) == self.framework;
        let mut parts: Vec<Part> = self
            .uppers(node)
            .filter(|(upper, _)| direct(*upper))
            .collect();
        if !parts.is_empty() {
            shares_to_parts(&mut parts);
            in_order(&mut parts, self.plans);
            return parts;
        }
        let leads = |upper: NodeIx| (*self.known.get(&upper.0)?).map(|range| (upper, range));
        let mut branches: Vec<Part> = self
            .uppers(node)
            .filter(|(upper, _)| leads(*upper).is_some())
            .collect();
        shares_to_parts(&mut branches);
        for (upper, weight) in branches {
            if let Some((_, (start, end))) = leads(upper) {
                let carried = &self.parts[start as usize..end as usize];
                add_scaled(&mut parts, carried, weight);
            }
        }
        in_order(&mut parts, self.plans);
        parts
    }
}

/// Dense numbers are our own: one multiplication spreads them.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        let product = (self.0 ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = product ^ (product >> 32);
    }
}
