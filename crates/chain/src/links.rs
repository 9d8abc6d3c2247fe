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
        // Three tables that know nothing of each other; the two large ones are built side by side.
        let (listings, (links, activities)) = std::thread::scope(|scope| {
            let listings = scope.spawn(|| build_listings(facts, ground, plans));
            let others = (
                build_links(facts, ground, plans),
                build_activities(facts, ground),
            );
            (listings.join(), others)
        });
        let mut table = Links::default();
        let mut take = |found: Vec<Fault>| faults.extend(found);
        match listings {
            Ok((listings, found)) => {
                table.listings = listings;
                take(found);
            }
            Err(panic) => std::panic::resume_unwind(panic),
        }
        table.links = links.0;
        take(links.1);
        table.activities = activities.0;
        take(activities.1);
        table
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

fn build_links(
    facts: &Facts,
    ground: &Ground<'_>,
    plans: &Plans,
) -> (Edges<LinkId, Mark>, Vec<Fault>) {
    let mut faults = Vec::new();
    let edges = facts.links.iter().filter_map(|row| {
        let edge = link_edge(row, ground, plans);
        edge.map_err(|fault| faults.push(fault)).ok()
    });
    let mut all = Vec::with_capacity(facts.links.len());
    all.extend(edges);
    let table = Edges::build(all, ground.ledger.len(), plans.node_numbers());
    let table = table.unwrap_or_else(|id| {
        faults.push(Fault::Duplicate { row: Key::Link(id) });
        Edges::default()
    });
    (table, faults)
}

fn build_listings(
    facts: &Facts,
    ground: &Ground<'_>,
    plans: &Plans,
) -> (Edges<ListingId, ()>, Vec<Fault>) {
    let mut faults = Vec::new();
    let edges = facts.listings.iter().filter_map(|row| {
        let edge = listing_edge(row, ground, plans);
        edge.map_err(|fault| faults.push(fault)).ok()
    });
    let mut all = Vec::with_capacity(facts.listings.len());
    all.extend(edges);
    let table = Edges::build(all, ground.ledger.len(), plans.node_numbers());
    let table = table.unwrap_or_else(|id| {
        faults.push(Fault::Duplicate {
            row: Key::Listing(id),
        });
        Edges::default()
    });
    for project in 0..ground.ledger.len() as u32 {
        let mut listings = table.from(project);
        while let Some(first) = listings.next() {
            let edition = plans.edition_of(NodeIx(first.to));
            let mut later = listings.clone();
            if let Some(second) = later.find(|e| plans.edition_of(NodeIx(e.to)) == edition) {
                faults.push(Fault::ListedTwice {
                    first: first.id,
                    second: second.id,
                });
            }
        }
    }
    (table, faults)
}

fn build_activities(facts: &Facts, ground: &Ground<'_>) -> (Owned<ActivityId, ()>, Vec<Fault>) {
    let mut faults = Vec::new();
    let rows = facts.activities.iter().filter_map(|row| {
        let project = activity_project(row, ground).map_err(|fault| faults.push(fault));
        Some((row.id, project.ok()?, ()))
    });
    let mut all = Vec::with_capacity(facts.activities.len());
    all.extend(rows);
    let table = Owned::build(all, ground.ledger.len());
    let table = table.unwrap_or_else(|id| {
        faults.push(Fault::Duplicate {
            row: Key::Activity(id),
        });
        Owned::default()
    });
    (table, faults)
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
