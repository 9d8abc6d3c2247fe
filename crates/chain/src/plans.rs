//! Plans and frameworks: editions, their nodes in pre-order, what joins them, and the indicators among the nodes.
//!
//! A node keeps its dense number for life, so that links never have to be renumbered; the pre-order lives inside each
//! edition (a subtree is a range of [`Plans::order`]). A structural change therefore costs one edition, never all.

mod build;
mod change;
mod order;
mod reach;
mod read;

use crate::{
    index::Index,
    table::{Edges, NONE, Owned},
};
use domain::{
    ids::{
        AlignmentId, BaselineId, CrosswalkId, EditionId, IndicatorTargetId, LineageId, NodeId,
        PlanId,
    },
    indicator::{Indicator, Quantity, TargetShape},
    link::LinkState,
    plan::{Edition, Level, NodeKind, Relation},
    share::Share,
    time::Period,
};
use std::collections::BTreeMap;

/// The dense number of an edition; it never changes within one snapshot and means nothing outside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionIx(pub u32);

/// The dense number of a node; it never changes within one snapshot and means nothing outside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(pub u32);

impl EditionIx {
    /// For vectors with one place per edition.
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

impl NodeIx {
    /// For vectors with one place per node.
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

/// All editions of plans and frameworks, and what joins them.
#[derive(Debug, Clone, Default)]
pub struct Plans {
    editions: Index<EditionId>,
    edition_rows: Vec<EditionRow>,
    /// Editions of each plan, by id.
    by_plan: BTreeMap<(PlanId, EditionId), EditionIx>,
    nodes: Index<NodeId>,
    node_rows: Vec<NodeRow>,
    /// How many of `node_rows` stand.
    standing_nodes: usize,
    pub(crate) alignments: Edges<AlignmentId, Mark>,
    pub(crate) crosswalks: Edges<CrosswalkId, Seam>,
    indicators: BTreeMap<NodeId, Indicator>,
    /// By node.
    baselines: Owned<BaselineId, (Period, Quantity)>,
    /// By node.
    targets: Owned<IndicatorTargetId, (Period, TargetShape)>,
}

#[derive(Debug, Clone, Default)]
struct EditionRow {
    /// `None` = it ended.
    edition: Option<Edition>,
    /// Its nodes in pre-order.
    order: Vec<u32>,
    /// Said so by its state, or another edition that was approved replaces it.
    superseded: bool,
}

#[derive(Debug, Clone, Copy)]
struct NodeRow {
    /// `NONE` = the node ended.
    edition: u32,
    /// `NONE` = top of its edition.
    parent: u32,
    /// Place in the pre-order of its edition.
    pre: u32,
    /// How many nodes its subtree has, itself included.
    size: u32,
    position: u32,
    lineage: LineageId,
    kind: NodeKind,
}

impl NodeRow {
    const ENDED: NodeRow = NodeRow {
        edition: NONE,
        parent: NONE,
        pre: 0,
        size: 0,
        position: 0,
        lineage: LineageId::from_u128(0),
        kind: NodeKind::Goal,
    };
}

/// What a link or an alignment says beside its two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) share: Share,
    pub(crate) state: LinkState,
    pub(crate) primary: bool,
}

/// What a crosswalk row says beside its two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seam {
    pub(crate) relation: Relation,
    pub(crate) state: LinkState,
}

/// Dense access, for the other modules of the heart and for passes over everything.
impl Plans {
    /// The dense number of an edition that stands.
    pub fn edition_number(&self, id: EditionId) -> Option<EditionIx> {
        let ix = EditionIx(self.editions.get(id)?);
        self.edition_at(ix).map(|_| ix)
    }

    /// The edition of a dense number, when it stands.
    pub fn edition_at(&self, ix: EditionIx) -> Option<&Edition> {
        self.edition_rows.get(ix.at())?.edition.as_ref()
    }

    /// The dense number of a node that stands.
    pub fn node_number(&self, id: NodeId) -> Option<NodeIx> {
        let ix = NodeIx(self.nodes.get(id)?);
        (self.row(ix).edition != NONE).then_some(ix)
    }

    /// The id of a node's dense number.
    pub fn node_id(&self, ix: NodeIx) -> NodeId {
        self.nodes.id(ix.0)
    }

    /// How many dense numbers of nodes there are: the length of a vector with one place per node.
    pub fn node_numbers(&self) -> usize {
        self.node_rows.len()
    }

    /// The edition of a node that stands.
    pub fn edition_of(&self, ix: NodeIx) -> EditionIx {
        EditionIx(self.row(ix).edition)
    }

    /// The level of the edition of a node that stands.
    pub fn level_of(&self, ix: NodeIx) -> Level {
        match self.edition_at(self.edition_of(ix)) {
            Some(edition) => edition.level,
            // A node stands only while its edition does; the deepest level serves everything and is served by nothing.
            None => Level::Annual,
        }
    }

    /// The parent of a node that stands; `None` = top of its edition.
    pub fn parent_of(&self, ix: NodeIx) -> Option<NodeIx> {
        let parent = self.row(ix).parent;
        (parent != NONE).then_some(NodeIx(parent))
    }

    /// The nodes of an edition in pre-order: parents before children, siblings by position, then by id.
    pub fn order(
        &self,
        ix: EditionIx,
    ) -> impl ExactSizeIterator<Item = NodeIx> + DoubleEndedIterator + Clone + '_ {
        let order: &[u32] = self.edition_rows.get(ix.at()).map_or(&[], |row| &row.order);
        order.iter().copied().map(NodeIx)
    }

    /// A node and everything below it in its edition, in pre-order.
    pub fn below(&self, ix: NodeIx) -> impl ExactSizeIterator<Item = NodeIx> + Clone + '_ {
        let row = self.row(ix);
        let order: &[u32] = match self.edition_rows.get(row.edition as usize) {
            Some(edition) => &edition.order[row.pre as usize..(row.pre + row.size) as usize],
            None => &[],
        };
        order.iter().copied().map(NodeIx)
    }

    /// A node's place in the pre-order of its edition, from 0.
    pub fn place(&self, ix: NodeIx) -> u32 {
        self.row(ix).pre
    }

    /// The node, its parent, its grandparent … up to the top of its edition.
    pub fn upwards(&self, ix: NodeIx) -> impl Iterator<Item = NodeIx> + Clone + '_ {
        std::iter::successors(Some(ix), |&node| self.parent_of(node))
    }

    /// Whether an edition is superseded: its state says so, or an edition that was itself approved, published or
    /// superseded replaces it (a draft that is to replace it one day does not).
    pub fn is_superseded(&self, ix: EditionIx) -> bool {
        self.edition_rows
            .get(ix.at())
            .is_some_and(|row| row.superseded)
    }

    fn row(&self, ix: NodeIx) -> NodeRow {
        self.node_rows
            .get(ix.at())
            .copied()
            .unwrap_or(NodeRow::ENDED)
    }

    /// Memory of the tables in bytes, without what the allocator adds.
    pub fn bytes(&self) -> usize {
        self.node_rows.capacity() * size_of::<NodeRow>()
            + self.nodes.len() * (size_of::<NodeId>() + 8)
            + self
                .edition_rows
                .iter()
                .map(|row| size_of::<EditionRow>() + row.order.capacity() * 4)
                .sum::<usize>()
            + self.by_plan.len() * 48
            + self.alignments.bytes()
            + self.crosswalks.bytes()
            + self.baselines.bytes()
            + self.targets.bytes()
    }
}
