//! Reading plans by id. Rows come in the order of the plan where it has one, else by id.

use super::{EditionIx, Mark, NONE, NodeIx, Plans, Seam};
use crate::table::Edge;
use domain::{
    ids::{AlignmentId, CrosswalkId, EditionId, NodeId, PlanId},
    indicator::{Baseline, Indicator, IndicatorTarget},
    plan::{Alignment, Crosswalk, Edition, EditionState, Node},
};

impl Plans {
    /// All editions that stand, by id.
    pub fn editions(&self) -> Vec<&Edition> {
        let mut editions: Vec<_> = self
            .edition_rows
            .iter()
            .filter_map(|row| row.edition.as_ref())
            .collect();
        editions.sort_unstable_by_key(|edition| edition.id);
        editions
    }

    /// One edition, when it stands.
    pub fn edition(&self, id: EditionId) -> Option<&Edition> {
        self.edition_at(self.edition_number(id)?)
    }

    /// The editions of one plan, by id.
    pub fn editions_of(&self, plan: PlanId) -> impl Iterator<Item = &Edition> {
        self.numbers_of(plan).filter_map(|ix| self.edition_at(ix))
    }

    fn numbers_of(&self, plan: PlanId) -> impl Iterator<Item = EditionIx> + '_ {
        let (first, last) = (EditionId::from_u128(0), EditionId::from_u128(u128::MAX));
        self.by_plan
            .range((plan, first)..=(plan, last))
            .map(|(_, &ix)| ix)
    }

    /// The edition of a plan that is in force: not superseded and not a draft. Of several, approved and published ones
    /// come before one in review, then the one whose period begins (then ends) last, then the one recorded last.
    pub fn current_edition(&self, plan: PlanId) -> Option<&Edition> {
        self.numbers_of(plan)
            .filter(|&ix| !self.is_superseded(ix))
            .filter_map(|ix| self.edition_at(ix))
            .filter(|edition| edition.state != EditionState::Draft)
            .max_by_key(|e| {
                (
                    e.state != EditionState::InReview,
                    e.from_year,
                    e.to_year,
                    e.id,
                )
            })
    }

    /// Whether the edition stands and is superseded, see [`Plans::is_superseded`].
    pub fn superseded(&self, id: EditionId) -> bool {
        self.edition_number(id)
            .is_some_and(|ix| self.is_superseded(ix))
    }

    /// All nodes of an edition in pre-order: parents before children, siblings by position.
    pub fn nodes_of(&self, edition: EditionId) -> impl Iterator<Item = Node> + '_ {
        let order = self.edition_number(edition).map(|ix| self.order(ix));
        order
            .into_iter()
            .flatten()
            .filter_map(|ix| self.node_at(ix))
    }

    /// One node, when it stands.
    pub fn node(&self, id: NodeId) -> Option<Node> {
        self.node_at(self.node_number(id)?)
    }

    /// The node of a dense number, when it stands.
    pub fn node_at(&self, ix: NodeIx) -> Option<Node> {
        let row = self.row(ix);
        let edition = self.edition_at(EditionIx(row.edition))?.id;
        Some(Node {
            id: self.node_id(ix),
            edition,
            parent: self.parent_of(ix).map(|parent| self.node_id(parent)),
            lineage: row.lineage,
            kind: row.kind,
            position: row.position,
        })
    }

    /// The edition in which a node stands.
    pub fn edition_of_node(&self, node: NodeId) -> Option<&Edition> {
        self.edition_at(self.edition_of(self.node_number(node)?))
    }

    /// The parent of a node; `None` also when the node is a top or does not stand.
    pub fn parent(&self, node: NodeId) -> Option<Node> {
        self.node_at(self.parent_of(self.node_number(node)?)?)
    }

    /// The children of a node in order.
    pub fn children(&self, node: NodeId) -> impl Iterator<Item = Node> + '_ {
        let ix = self.node_number(node);
        let below = ix.map(|ix| self.below(ix)).into_iter().flatten();
        below
            .filter(move |&child| self.parent_of(child) == ix)
            .filter_map(|child| self.node_at(child))
    }

    /// A node and everything below it, in pre-order.
    pub fn subtree(&self, node: NodeId) -> impl Iterator<Item = Node> + '_ {
        let below = self.node_number(node).map(|ix| self.below(ix));
        below
            .into_iter()
            .flatten()
            .filter_map(|ix| self.node_at(ix))
    }

    /// All alignments that start at a node, whatever their state, by id.
    pub fn alignments_from(&self, node: NodeId) -> impl Iterator<Item = Alignment> + '_ {
        let from = self.node_number(node).map(|ix| self.alignments.from(ix.0));
        from.into_iter()
            .flatten()
            .map(|edge| self.alignment_row(edge))
    }

    /// All alignments that end at a node, whatever their state, by id.
    pub fn alignments_to(&self, node: NodeId) -> Vec<Alignment> {
        let to = self.node_number(node).map(|ix| self.alignments.to(ix.0));
        let mut rows: Vec<_> = to
            .into_iter()
            .flatten()
            .map(|edge| self.alignment_row(edge))
            .collect();
        rows.sort_unstable_by_key(|row| row.id);
        rows
    }

    /// One alignment, when it stands.
    pub fn alignment(&self, id: AlignmentId) -> Option<Alignment> {
        self.alignments.get(id).map(|edge| self.alignment_row(edge))
    }

    /// All alignments, by id.
    pub fn all_alignments(&self) -> Vec<Alignment> {
        let mut rows: Vec<_> = self
            .alignments
            .iter()
            .map(|edge| self.alignment_row(edge))
            .collect();
        rows.sort_unstable_by_key(|row| row.id);
        rows
    }

    pub(crate) fn alignment_row(&self, edge: Edge<AlignmentId, Mark>) -> Alignment {
        Alignment {
            id: edge.id,
            from: self.node_id(NodeIx(edge.from)),
            to: self.node_id(NodeIx(edge.to)),
            share: edge.payload.share,
            primary: edge.payload.primary,
            state: edge.payload.state,
        }
    }

    /// All crosswalk rows that speak of a node, whatever their state, by id.
    pub fn crosswalks_from(&self, node: NodeId) -> impl Iterator<Item = Crosswalk> + '_ {
        let from = self.node_number(node).map(|ix| self.crosswalks.from(ix.0));
        from.into_iter()
            .flatten()
            .map(|edge| self.crosswalk_row(edge))
    }

    /// All crosswalk rows that lead to a node, whatever their state, by id.
    pub fn crosswalks_to(&self, node: NodeId) -> Vec<Crosswalk> {
        let to = self.node_number(node).map(|ix| self.crosswalks.to(ix.0));
        let mut rows: Vec<_> = to
            .into_iter()
            .flatten()
            .map(|edge| self.crosswalk_row(edge))
            .collect();
        rows.sort_unstable_by_key(|row| row.id);
        rows
    }

    /// All crosswalk rows, by id.
    pub fn all_crosswalks(&self) -> Vec<Crosswalk> {
        let mut rows: Vec<_> = self
            .crosswalks
            .iter()
            .map(|edge| self.crosswalk_row(edge))
            .collect();
        rows.sort_unstable_by_key(|row| row.id);
        rows
    }

    fn crosswalk_row(&self, edge: Edge<CrosswalkId, Seam>) -> Crosswalk {
        Crosswalk {
            id: edge.id,
            from: self.node_id(NodeIx(edge.from)),
            to: (edge.to != NONE).then(|| self.node_id(NodeIx(edge.to))),
            relation: edge.payload.relation,
            state: edge.payload.state,
        }
    }

    /// All indicators, by node.
    pub fn indicators(&self) -> impl ExactSizeIterator<Item = &Indicator> {
        self.indicators.values()
    }

    /// The indicator at a node.
    pub fn indicator(&self, node: NodeId) -> Option<&Indicator> {
        self.indicators.get(&node)
    }

    /// The baselines of an indicator, by id.
    pub fn baselines_of(&self, node: NodeId) -> impl Iterator<Item = Baseline> + '_ {
        let of = self.node_number(node).map(|ix| self.baselines.of(ix.0));
        of.into_iter().flatten().map(move |at| {
            let (id, _, &(period, value)) = self.baselines.get(at);
            Baseline {
                id,
                node,
                period,
                value,
            }
        })
    }

    /// The target values of an indicator, by id.
    pub fn targets_of(&self, node: NodeId) -> impl Iterator<Item = IndicatorTarget> + '_ {
        let of = self.node_number(node).map(|ix| self.targets.of(ix.0));
        of.into_iter().flatten().map(move |at| {
            let (id, _, &(period, shape)) = self.targets.get(at);
            IndicatorTarget {
                id,
                node,
                period,
                shape,
            }
        })
    }
}
