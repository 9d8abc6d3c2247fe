//! What ties projects to plans: direct links, listings, and the activities of projects.

mod read;

use crate::{
    fault::Fault,
    plans::{EditionIx, Mark, NodeIx, Plans},
    snapshot::Ground,
    table::{Edge, Edges, Owned},
};
use domain::{
    facts::{ActivityOf, Change, Fact, Facts, Key},
    ids::{ActivityId, LinkId, ListingId, NodeId, ProjectId},
    link::Link,
    project::Listing,
};

/// Links and listings with postings both ways, and activities.
///
/// Edges run from the dense number of a project to that of a node.
#[derive(Debug, Clone, Default)]
pub struct Links {
    pub(crate) links: Edges<LinkId, Mark>,
    pub(crate) listings: Edges<ListingId, ()>,
    pub(crate) activities: Owned<ActivityId, ()>,
}

impl Links {
    pub(crate) fn build(
        facts: &Facts,
        ground: &Ground<'_>,
        plans: &Plans,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let (projects, nodes) = (ground.ledger.len(), plans.node_numbers());
        let mut table = Links::default();
        let edges = facts.links.iter().filter_map(|row| {
            link_edge(row, ground, plans)
                .map_err(|fault| faults.push(fault))
                .ok()
        });
        match Edges::build(edges.collect(), projects, nodes) {
            Ok(links) => table.links = links,
            Err(id) => faults.push(Fault::Duplicate { row: Key::Link(id) }),
        }
        let edges = facts.listings.iter().filter_map(|row| {
            listing_edge(row, ground, plans)
                .map_err(|fault| faults.push(fault))
                .ok()
        });
        match Edges::build(edges.collect(), projects, nodes) {
            Ok(listings) => table.listings = listings,
            Err(id) => faults.push(Fault::Duplicate {
                row: Key::Listing(id),
            }),
        }
        let rows = facts.activities.iter().filter_map(|row| {
            let project = activity_project(row, ground)
                .map_err(|fault| faults.push(fault))
                .ok()?;
            Some((row.id, project, ()))
        });
        match Owned::build(rows.collect(), projects) {
            Ok(activities) => table.activities = activities,
            Err(id) => faults.push(Fault::Duplicate {
                row: Key::Activity(id),
            }),
        }
        for listing in &facts.listings {
            if let Ok(edge) = listing_edge(listing, ground, plans)
                && let Some(first) = table.listed_before(edge, plans)
            {
                faults.push(Fault::ListedTwice {
                    first,
                    second: edge.id,
                });
            }
        }
        table
    }

    /// Another listing of the same project in the same edition, with a smaller id.
    fn listed_before(&self, edge: Edge<ListingId, ()>, plans: &Plans) -> Option<ListingId> {
        let edition = plans.edition_of(NodeIx(edge.to));
        self.listings
            .from(edge.from)
            .take_while(|other| other.id < edge.id)
            .find(|other| plans.edition_of(NodeIx(other.to)) == edition)
            .map(|other| other.id)
    }

    /// The listing of a project in an edition, if it has one.
    pub(crate) fn listing_in(
        &self,
        project: u32,
        edition: EditionIx,
        plans: &Plans,
    ) -> Option<Edge<ListingId, ()>> {
        self.listings
            .from(project)
            .find(|edge| plans.edition_of(NodeIx(edge.to)) == edition)
    }

    /// Whether the change can be applied; asked of every module before any of them applies it.
    pub(crate) fn check(
        &self,
        change: &Change,
        ground: &Ground<'_>,
        plans: &Plans,
    ) -> Result<(), Fault> {
        match change {
            Change::Recorded(Fact::Link(row)) => link_edge(row, ground, plans).map(drop),
            Change::Recorded(Fact::Listing(row)) => {
                let edge = listing_edge(row, ground, plans)?;
                let edition = plans.edition_of(NodeIx(edge.to));
                match self.listing_in(edge.from, edition, plans) {
                    Some(other) if other.id != row.id => Err(Fault::ListedTwice {
                        first: other.id.min(row.id),
                        second: other.id.max(row.id),
                    }),
                    _ => Ok(()),
                }
            }
            Change::Recorded(Fact::Activity(row)) => activity_project(row, ground).map(drop),
            Change::Ended(key) => self.check_end(*key, ground, plans),
            Change::Recorded(_) => Ok(()),
        }
    }

    fn check_end(&self, row: Key, ground: &Ground<'_>, plans: &Plans) -> Result<(), Fault> {
        let stands = match row {
            Key::Link(id) => self.links.get(id).is_some(),
            Key::Listing(id) => self.listings.get(id).is_some(),
            Key::Activity(id) => self.activities.find(id).is_some(),
            _ => true,
        };
        if !stands {
            return Err(Fault::NotStanding { row });
        }
        let by = match row {
            Key::Node(id) => self.names_node(id, plans),
            Key::Project(id) => self.names_project(id, ground),
            _ => None,
        };
        by.map_or(Ok(()), |by| Err(Fault::StillNamed { row, by }))
    }

    fn names_node(&self, id: NodeId, plans: &Plans) -> Option<Key> {
        let node = plans.node_number(id)?.0;
        let links = self.links.to(node).map(|edge| Key::Link(edge.id));
        links
            .chain(self.listings.to(node).map(|edge| Key::Listing(edge.id)))
            .next()
    }

    fn names_project(&self, id: ProjectId, ground: &Ground<'_>) -> Option<Key> {
        let project = ground.ledger.project(id)?.0;
        let links = self.links.from(project).map(|edge| Key::Link(edge.id));
        let listings = self
            .listings
            .from(project)
            .map(|edge| Key::Listing(edge.id));
        let activities = self
            .activities
            .of(project)
            .map(|at| Key::Activity(self.activities.get(at).0));
        links.chain(listings).chain(activities).next()
    }

    /// Applies a change that every module accepted. The ground and the plans have it already.
    pub(crate) fn apply(&mut self, change: &Change, ground: &Ground<'_>, plans: &Plans) {
        match change {
            Change::Recorded(Fact::Link(row)) => {
                if let Ok(edge) = link_edge(row, ground, plans) {
                    self.links.put(edge);
                }
            }
            Change::Recorded(Fact::Listing(row)) => {
                if let Ok(edge) = listing_edge(row, ground, plans) {
                    self.listings.put(edge);
                }
            }
            Change::Recorded(Fact::Activity(row)) => {
                if let Ok(project) = activity_project(row, ground) {
                    self.activities.remove(row.id);
                    self.activities.insert(row.id, project, ());
                }
            }
            Change::Ended(Key::Link(id)) => {
                self.links.remove(*id);
            }
            Change::Ended(Key::Listing(id)) => {
                self.listings.remove(*id);
            }
            Change::Ended(Key::Activity(id)) => {
                self.activities.remove(*id);
            }
            _ => {}
        }
    }

    /// Memory of the tables in bytes, without what the allocator adds.
    pub fn bytes(&self) -> usize {
        self.links.bytes() + self.listings.bytes() + self.activities.bytes()
    }
}

fn project_number(id: ProjectId, by: Key, ground: &Ground<'_>) -> Result<u32, Fault> {
    match ground.ledger.project(id) {
        Some(ix) => Ok(ix.0),
        None => Err(Fault::Unknown {
            by,
            what: Key::Project(id),
        }),
    }
}

fn node_number(id: NodeId, by: Key, plans: &Plans) -> Result<u32, Fault> {
    match plans.node_number(id) {
        Some(ix) => Ok(ix.0),
        None => Err(Fault::Unknown {
            by,
            what: Key::Node(id),
        }),
    }
}

fn link_edge(row: &Link, ground: &Ground<'_>, plans: &Plans) -> Result<Edge<LinkId, Mark>, Fault> {
    let by = Key::Link(row.id);
    Ok(Edge {
        id: row.id,
        from: project_number(row.project, by, ground)?,
        to: node_number(row.node, by, plans)?,
        payload: Mark {
            share: row.share,
            state: row.state,
            primary: row.primary,
        },
    })
}

fn listing_edge(
    row: &Listing,
    ground: &Ground<'_>,
    plans: &Plans,
) -> Result<Edge<ListingId, ()>, Fault> {
    let by = Key::Listing(row.id);
    Ok(Edge {
        id: row.id,
        from: project_number(row.project, by, ground)?,
        to: node_number(row.node, by, plans)?,
        payload: (),
    })
}

fn activity_project(row: &ActivityOf, ground: &Ground<'_>) -> Result<u32, Fault> {
    project_number(row.project, Key::Activity(row.id), ground)
}
