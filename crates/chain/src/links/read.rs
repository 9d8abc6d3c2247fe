//! Reading links, listings and activities by id.

use crate::{
    Snapshot,
    index::ProjectIx,
    links::Links,
    plans::{Mark, NodeIx, Plans},
    table::Edge,
};
use domain::{
    ids::{ActivityId, LinkId, ListingId, NodeId, ProjectId},
    link::Link,
    project::{Listing, Project},
};

impl Snapshot {
    /// The plans and frameworks.
    pub fn plans(&self) -> &Plans {
        &self.plans
    }

    /// The tables of links, listings and activities.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// All projects that stand, in the order of their dense numbers (not of their ids).
    pub fn projects(&self) -> impl Iterator<Item = Project> + '_ {
        self.ledger
            .all()
            .filter_map(|ix| self.ledger.row(ix, &self.organisations))
    }

    /// One project, when it stands.
    pub fn project(&self, id: ProjectId) -> Option<Project> {
        self.ledger
            .row(self.ledger.project(id)?, &self.organisations)
    }

    /// The direct links of a project, whatever their state, by id.
    pub fn links_of(&self, project: ProjectId) -> impl Iterator<Item = Link> + '_ {
        let from = self
            .ledger
            .project(project)
            .map(|ix| self.links.links.from(ix.0));
        from.into_iter().flatten().map(|edge| self.link_row(edge))
    }

    /// The direct links to exactly this node, whatever their state, by id.
    pub fn links_to(&self, node: NodeId) -> Vec<Link> {
        let to = self
            .plans
            .node_number(node)
            .map(|ix| self.links.links.to(ix.0));
        let mut rows: Vec<_> = to
            .into_iter()
            .flatten()
            .map(|edge| self.link_row(edge))
            .collect();
        rows.sort_unstable_by_key(|row| row.id);
        rows
    }

    /// One link, when it stands.
    pub fn link(&self, id: LinkId) -> Option<Link> {
        self.links.links.get(id).map(|edge| self.link_row(edge))
    }

    fn link_row(&self, edge: Edge<LinkId, Mark>) -> Link {
        Link {
            id: edge.id,
            project: self.ledger.id(ProjectIx(edge.from)),
            node: self.plans.node_id(NodeIx(edge.to)),
            share: edge.payload.share,
            primary: edge.payload.primary,
            state: edge.payload.state,
        }
    }

    /// Where a project is listed, by id of the listing: at most once in each edition.
    pub fn listings_of(&self, project: ProjectId) -> impl Iterator<Item = Listing> + '_ {
        let from = self
            .ledger
            .project(project)
            .map(|ix| self.links.listings.from(ix.0));
        from.into_iter()
            .flatten()
            .map(|edge| self.listing_row(edge))
    }

    /// One listing, when it stands.
    pub fn listing(&self, id: ListingId) -> Option<Listing> {
        self.links
            .listings
            .get(id)
            .map(|edge| self.listing_row(edge))
    }

    pub(crate) fn listing_row(&self, edge: Edge<ListingId, ()>) -> Listing {
        Listing {
            id: edge.id,
            project: self.ledger.id(ProjectIx(edge.from)),
            node: self.plans.node_id(NodeIx(edge.to)),
        }
    }

    /// The projects listed under exactly this node, by id.
    pub fn projects_listed(&self, node: NodeId) -> Vec<ProjectId> {
        let at = self.plans.node_number(node);
        self.listed_at(at.into_iter())
    }

    /// The projects listed under this node or any node below it, each once, by id.
    pub fn projects_listed_under(&self, node: NodeId) -> Vec<ProjectId> {
        let below = self.plans.node_number(node).map(|ix| self.plans.below(ix));
        self.listed_at(below.into_iter().flatten())
    }

    fn listed_at(&self, nodes: impl Iterator<Item = NodeIx>) -> Vec<ProjectId> {
        let edges = nodes.flat_map(|node| self.links.listings.to(node.0));
        let mut projects: Vec<_> = edges
            .map(|edge| self.ledger.id(ProjectIx(edge.from)))
            .collect();
        projects.sort_unstable();
        projects
    }

    /// The activities of a project, by id.
    pub fn activities_of(&self, project: ProjectId) -> impl Iterator<Item = ActivityId> + '_ {
        let of = self
            .ledger
            .project(project)
            .map(|ix| self.links.activities.of(ix.0));
        of.into_iter()
            .flatten()
            .map(|at| self.links.activities.get(at).0)
    }
}
