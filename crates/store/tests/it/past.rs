//! Random acts, and facts rebuilt at every moment there was.

use crate::make::{Caller, line, link, listing, project, record};
use domain::{
    facts::Facts,
    ids::{BudgetLineId, ListingId, PeopleReportId, ProjectId},
    link::LinkState,
    project::*,
    time::{FiscalPeriod, FiscalYear, Moment, Quarter},
};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use store::{Store, Tx};
use testkit::Engine;

const YEAR: FiscalYear = FiscalYear(2570);

/// One random step.
#[derive(Debug, Clone, Copy)]
enum Step {
    Project { n: u8, owner: u8 },
    EndProject { n: u8 },
    Listing { n: u8, node: u8 },
    EndListing { n: u8 },
    Link { n: u8, approved: bool },
    Line { n: u8, project: u8, amount: i32 },
    EndLine { n: u8 },
    People { project: u8, people: u16 },
}

fn step() -> impl Strategy<Value = Step> {
    let few = 1u8..5;
    prop_oneof![
        (few.clone(), few.clone()).prop_map(|(n, owner)| Step::Project { n, owner }),
        few.clone().prop_map(|n| Step::EndProject { n }),
        (few.clone(), few.clone()).prop_map(|(n, node)| Step::Listing { n, node }),
        few.clone().prop_map(|n| Step::EndListing { n }),
        (few.clone(), any::<bool>()).prop_map(|(n, approved)| Step::Link { n, approved }),
        (1u8..9, few.clone(), any::<i32>()).prop_map(|(n, project, amount)| Step::Line {
            n,
            project,
            amount
        }),
        (1u8..9).prop_map(|n| Step::EndLine { n }),
        (few, any::<u16>()).prop_map(|(project, people)| Step::People { project, people }),
    ]
}

/// What stands, in the plainest form.
#[derive(Debug, Clone, Default, PartialEq)]
struct Model {
    projects: BTreeMap<u128, u128>,
    listings: BTreeMap<u128, u128>,
    links: BTreeMap<u128, bool>,
    lines: BTreeMap<u128, (u128, i64)>,
    people: BTreeMap<u128, u32>,
}

impl Model {
    fn apply(&mut self, step: Step) {
        match step {
            Step::Project { n, owner } => drop(self.projects.insert(n.into(), owner.into())),
            Step::EndProject { n } => drop(self.projects.remove(&n.into())),
            Step::Listing { n, node } => drop(self.listings.insert(n.into(), node.into())),
            Step::EndListing { n } => drop(self.listings.remove(&n.into())),
            Step::Link { n, approved } => drop(self.links.insert(n.into(), approved)),
            Step::Line { n, project, amount } => {
                self.lines.insert(n.into(), (project.into(), amount.into()));
            }
            Step::EndLine { n } => drop(self.lines.remove(&n.into())),
            Step::People { project, people } => {
                self.people.insert(project.into(), people.into());
            }
        }
    }

    /// Money per standing project, and people of standing projects: as facts tell it.
    fn told(&self) -> Told {
        let mut money: BTreeMap<u128, i64> = BTreeMap::new();
        for (project, amount) in self.lines.values() {
            if self.projects.contains_key(project) {
                *money.entry(*project).or_default() += amount;
            }
        }
        Told {
            projects: self.projects.clone(),
            listings: self.listings.clone(),
            links: self.links.clone(),
            money,
            people: self
                .people
                .iter()
                .filter(|(project, _)| self.projects.contains_key(project))
                .map(|(project, people)| (*project, *people))
                .collect(),
        }
    }
}

#[derive(Debug, PartialEq)]
struct Told {
    projects: BTreeMap<u128, u128>,
    listings: BTreeMap<u128, u128>,
    links: BTreeMap<u128, bool>,
    money: BTreeMap<u128, i64>,
    people: BTreeMap<u128, u32>,
}

impl Told {
    fn of(facts: &Facts) -> Self {
        let project = |position: u32| facts.projects[position as usize].id.0.as_u128();
        let told = Self {
            projects: facts
                .projects
                .iter()
                .map(|it| (it.id.0.as_u128(), it.owner.0.as_u128()))
                .collect(),
            listings: facts
                .listings
                .iter()
                .map(|it| (it.id.0.as_u128(), it.node.0.as_u128()))
                .collect(),
            links: facts
                .links
                .iter()
                .map(|it| (it.id.0.as_u128(), it.state == LinkState::Approved))
                .collect(),
            money: facts
                .amounts
                .iter()
                .map(|it| (project(it.project), it.satang.0))
                .collect(),
            people: facts
                .people
                .iter()
                .map(|it| (project(it.project), it.people))
                .collect(),
        };
        // A map would hide rows that stand twice.
        assert_eq!(told.projects.len(), facts.projects.len());
        assert_eq!(told.links.len(), facts.links.len());
        assert_eq!(told.money.len(), facts.amounts.len());
        assert_eq!(told.people.len(), facts.people.len());
        told
    }
}

async fn write(caller: &Caller, tx: &Tx, at: Moment, step: Step) {
    match step {
        Step::Project { n, owner } => {
            record(caller, tx, at, project(n.into(), owner.into(), "โครงการ")).await;
        }
        Step::EndProject { n } => {
            let ids = [ProjectId::from_u128(n.into())];
            store::end::<(Project, ProjectText)>(tx, at, &ids)
                .await
                .unwrap();
        }
        Step::Listing { n, node } => {
            record(caller, tx, at, listing(n.into(), n.into(), node.into())).await;
        }
        Step::EndListing { n } => {
            let ids = [ListingId::from_u128(n.into())];
            store::end::<Listing>(tx, at, &ids).await.unwrap();
        }
        Step::Link { n, approved } => {
            let state = if approved {
                LinkState::Approved
            } else {
                LinkState::Proposed
            };
            record(caller, tx, at, link(n.into(), n.into(), 1, state)).await;
        }
        Step::Line { n, project, amount } => {
            let line = line(n.into(), project.into(), Stage::Allotted, amount.into());
            record(caller, tx, at, line).await;
        }
        Step::EndLine { n } => {
            let ids = [BudgetLineId::from_u128(n.into())];
            store::end::<BudgetLine>(tx, at, &ids).await.unwrap();
        }
        Step::People { project, people } => {
            let report = PeopleReport {
                id: PeopleReportId::from_u128(project.into()),
                project: ProjectId::from_u128(project.into()),
                period: FiscalPeriod::quarter(YEAR, Quarter::Q1),
                people: people.into(),
            };
            record(caller, tx, at, report).await;
        }
    }
}

/// Writes acts of several steps each, and looks back at every moment there was and at those between.
async fn every_past_moment_is_rebuilt(store: &Store, acts: &[Vec<Step>]) {
    let caller = Caller::default();
    let mut model = Model::default();
    let mut past = vec![(Moment(caller.clock.now().0), model.clone())];
    for act in acts {
        let at = caller.clock.now();
        let tx = store.begin().await.unwrap();
        let mut seen = HashSet::new();
        for step in act {
            // One act records a row once.
            if seen.insert(std::mem::discriminant(step)) {
                model.apply(*step);
                write(&caller, &tx, at, *step).await;
            }
        }
        tx.commit().await.unwrap();
        past.push((at, model.clone()));
    }
    for (at, model) in &past {
        for moment in [*at, Moment(at.0 + 1)] {
            let facts = store.facts(Some(moment)).await.unwrap();
            assert_eq!(Told::of(&facts), model.told(), "at {moment:?}");
        }
    }
    assert_eq!(Told::of(&store.facts(None).await.unwrap()), model.told());
}

fn property(engine: Engine, cases: u32) {
    let acts = prop::collection::vec(prop::collection::vec(step(), 1..5), 1..16);
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases)
    };
    proptest!(config, |(acts in acts)| {
        testkit::run(engine, |database| async move {
            every_past_moment_is_rebuilt(&database.store, &acts).await;
        });
    });
}

#[test]
fn facts_of_any_past_moment_equal_the_model_on_sqlite() {
    property(Engine::Sqlite, 24);
}

#[test]
fn facts_of_any_past_moment_equal_the_model_on_postgres() {
    property(Engine::Postgres, 8);
}
