//! Roll-up by listing: the figures of the projects that stand in an edition, node by node.
//!
//! A project is listed at most once in an edition, so that everything is a sum over disjoint parts. A roll-up goes by
//! owner or by listing, never by both. Money of a project that is part of another that stands is inside that one's,
//! wherever the two are listed.

use crate::{
    Figures, Snapshot,
    index::ProjectIx,
    plans::{EditionIx, NodeIx},
};
use domain::{
    ids::{EditionId, NodeId},
    time::FiscalYear,
};

/// The figures of every node of an edition in one fiscal year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The whole edition.
    pub total: Figures,
    /// Each node with everything below it, in pre-order.
    pub rows: Vec<(NodeId, Figures)>,
}

impl Snapshot {
    /// The figures of every node of an edition, each with everything below it; `None` when the edition does not stand.
    pub fn listed(&self, edition: EditionId, year: FiscalYear) -> Option<Listed> {
        let edition = self.plans.edition_number(edition)?;
        let order = self.plans.order(edition);
        let mut rows: Vec<(NodeId, Figures)> = order
            .clone()
            .map(|node| (self.plans.node_id(node), self.listed_at_node(node, year)))
            .collect();
        // Backwards in pre-order every node is complete before its parent is.
        for (place, node) in order.enumerate().rev() {
            if let Some(parent) = self.plans.parent_of(node) {
                let figures = rows[place].1;
                rows[self.plans.place(parent) as usize].1.add(&figures);
            }
        }
        Some(Listed {
            total: self.listed_in(edition, year),
            rows,
        })
    }

    /// The figures of everything listed in an edition; `None` when it does not stand.
    pub fn listed_total(&self, edition: EditionId, year: FiscalYear) -> Option<Figures> {
        let edition = self.plans.edition_number(edition)?;
        Some(self.listed_in(edition, year))
    }

    /// The figures of everything listed under a node or below it; `None` when it does not stand.
    pub fn listed_under(&self, node: NodeId, year: FiscalYear) -> Option<Figures> {
        let node = self.plans.node_number(node)?;
        Some(self.add_up(self.plans.below(node), year))
    }

    fn listed_in(&self, edition: EditionIx, year: FiscalYear) -> Figures {
        self.add_up(self.plans.order(edition), year)
    }

    fn add_up(&self, nodes: impl Iterator<Item = NodeIx>, year: FiscalYear) -> Figures {
        let mut figures = Figures::NONE;
        for node in nodes {
            figures.add(&self.listed_at_node(node, year));
        }
        figures
    }

    fn listed_at_node(&self, node: NodeIx, year: FiscalYear) -> Figures {
        let mut figures = Figures::NONE;
        for edge in self.links.listings.to(node.0) {
            figures.add(&self.ledger.of_project(ProjectIx(edge.from), year));
        }
        figures
    }
}
