//! The plainest keeping of facts: a list of rows. What a change means is one line here.

use chain::Snapshot;
use domain::{
    facts::{Amount, Change, Fact, Facts, Key, ObservationRow, People},
    time::Moment,
};

/// Rows as they stand, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pub rows: Vec<Fact>,
}

impl Book {
    /// The book after a change; `None` when it ends a row that does not stand.
    pub fn after(&self, change: &Change) -> Option<Book> {
        let mut rows = self.rows.clone();
        match change {
            Change::Recorded(fact) => {
                rows.retain(|row| key_of(row) != key_of(fact));
                rows.push(fact.clone());
            }
            Change::Ended(key) => {
                rows.retain(|row| key_of(row) != *key);
                if rows.len() == self.rows.len() {
                    return None;
                }
            }
        }
        Some(Book { rows })
    }

    /// The book with changes that are known to be possible.
    pub fn with(mut self, changes: impl IntoIterator<Item = Change>) -> Book {
        for change in changes {
            self = self.after(&change).expect("the row to end stands");
        }
        self
    }

    /// The rows as facts, in an order that `seed` decides.
    ///
    /// # Panics
    /// When a bulk row names a project, organisation or indicator that is not in the book.
    pub fn facts(&self, seed: u64) -> Facts {
        let mut rows = self.rows.clone();
        let mut state = seed | 1;
        for n in (1..rows.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            rows.swap(n, (state % (n as u64 + 1)) as usize);
        }
        let mut facts = Facts::default();
        for row in &rows {
            match row.clone() {
                Fact::Organisation(row) => facts.organisations.push(row),
                Fact::Membership(row) => facts.memberships.push(row),
                Fact::Edition(row) => facts.editions.push(row),
                Fact::Node(row) => facts.nodes.push(row),
                Fact::Crosswalk(row) => facts.crosswalks.push(row),
                Fact::Alignment(row) => facts.alignments.push(row),
                Fact::Project(row) => facts.projects.push(row),
                Fact::Listing(row) => facts.listings.push(row),
                Fact::Link(row) => facts.links.push(row),
                Fact::Activity(row) => facts.activities.push(row),
                Fact::Indicator(row) => facts.indicators.push(row),
                Fact::Baseline(row) => facts.baselines.push(row),
                Fact::Target(row) => facts.targets.push(row),
                Fact::Duty(row) => facts.duties.push(row),
                Fact::Amount { .. } | Fact::People { .. } | Fact::Observation(_) => {}
            }
        }
        let project = |id| {
            let position = facts.projects.iter().position(|row| row.id == id);
            position.expect("the project stands") as u32
        };
        for row in rows {
            match row {
                Fact::Amount {
                    project: id,
                    period,
                    stage,
                    satang,
                } => facts.amounts.push(Amount {
                    project: project(id),
                    period,
                    stage,
                    satang,
                }),
                Fact::People {
                    project: id,
                    period,
                    people,
                } => facts.people.push(People {
                    project: project(id),
                    period,
                    people,
                }),
                Fact::Observation(row) => {
                    let mut organisations = facts.organisations.iter();
                    let mut indicators = facts.indicators.iter();
                    let organisation = organisations.position(|o| o.id == row.organisation);
                    let indicator = indicators.position(|i| i.node == row.indicator);
                    facts.observations.push(ObservationRow {
                        organisation: organisation.expect("the organisation stands") as u32,
                        indicator: indicator.expect("the indicator stands") as u32,
                        period: row.period,
                        as_of: row.as_of,
                        recorded_at: row.recorded_at,
                        reading: row.reading,
                    });
                }
                _ => {}
            }
        }
        facts
    }

    /// A snapshot of the book.
    ///
    /// # Panics
    /// When the book has faults.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::build(&self.facts(0)).expect("the book is sound")
    }

    /// The organisations, and so on: rows of one kind.
    pub fn all<'a, T>(&'a self, kind: impl Fn(&'a Fact) -> Option<T>) -> Vec<T> {
        self.rows.iter().filter_map(kind).collect()
    }
}

/// The key of a row.
pub fn key_of(fact: &Fact) -> Key {
    match fact {
        Fact::Organisation(row) => Key::Organisation(row.id),
        Fact::Membership(row) => Key::Membership(row.id),
        Fact::Edition(row) => Key::Edition(row.id),
        Fact::Node(row) => Key::Node(row.id),
        Fact::Crosswalk(row) => Key::Crosswalk(row.id),
        Fact::Alignment(row) => Key::Alignment(row.id),
        Fact::Project(row) => Key::Project(row.id),
        Fact::Listing(row) => Key::Listing(row.id),
        Fact::Link(row) => Key::Link(row.id),
        Fact::Activity(row) => Key::Activity(row.id),
        Fact::Amount {
            project,
            period,
            stage,
            ..
        } => Key::Amount {
            project: *project,
            period: *period,
            stage: *stage,
        },
        Fact::People {
            project, period, ..
        } => Key::People {
            project: *project,
            period: *period,
        },
        Fact::Indicator(row) => Key::Indicator(row.node),
        Fact::Baseline(row) => Key::Baseline(row.id),
        Fact::Target(row) => Key::Target(row.id),
        Fact::Observation(row) => Key::Observation {
            indicator: row.indicator,
            organisation: row.organisation,
            period: row.period,
            as_of: row.as_of,
        },
        Fact::Duty(row) => Key::Duty(row.id),
    }
}

/// A moment that only orders.
pub fn moment(n: i64) -> Moment {
    Moment(1_790_000_000_000_000 + n)
}
