//! How long everything that is true takes from a SQLite file into `domain::facts::Facts`.
//!
//! `cargo bench -p store --bench facts` builds a file of 5 million rows in a temporary folder and reads it;
//! `-- --smoke` does the same with 50,000 rows, to see that it works; `-- --postgres` reads from PostgreSQL.
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time")]

use domain::{
    ids::*,
    indicator::{Direction, Indicator, IndicatorText, Observation, Quantity, Reading},
    link::{Link, LinkState},
    money::Satang,
    organisation::{Axis, Class, Membership, Organisation, OrganisationText},
    project::{BudgetLine, Listing, PeopleReport, Project, ProjectText, ProjectYear, Stage},
    share::Share,
    time::{FiscalPeriod, FiscalYear, Moment, Period, Quarter},
};
use std::time::Instant;
use store::{New, Reason, Row, Store};
use testkit::clock::{Ids, MORNING};

/// How many rows of each kind, for one project.
struct Size {
    projects: u32,
    organisations: u32,
    observations: u32,
}

const YEAR: FiscalYear = FiscalYear(2570);

fn main() {
    let asked = |flag: &str| std::env::args().any(|argument| argument == flag);
    // Per project: itself, a listing, a link, a line (every fifth two), a people report every second time.
    let size = match asked("--smoke") {
        true => Size {
            projects: 10_000,
            organisations: 400,
            observations: 2_000,
        },
        false => Size {
            projects: 1_000_000,
            organisations: 40_000,
            observations: 220_000,
        },
    };
    let engine = match asked("--postgres") {
        true => testkit::Engine::Postgres,
        false => testkit::Engine::Sqlite,
    };
    testkit::run(engine, |database| async move {
        let start = Instant::now();
        let rows = build(&database.store, &size).await;
        println!(
            "built {rows} rows in {:.1} s",
            start.elapsed().as_secs_f64()
        );
        for as_of in [None, None, Some(MORNING)] {
            let start = Instant::now();
            let facts = database.store.facts(as_of).await.expect("facts are read");
            let seconds = start.elapsed().as_secs_f64();
            let read = facts.organisations.len()
                + facts.memberships.len()
                + facts.indicators.len()
                + facts.projects.len()
                + facts.listings.len()
                + facts.links.len()
                + facts.amounts.len()
                + facts.people.len()
                + facts.observations.len();
            assert_eq!(read as u64, rows, "every row arrives");
            let when = as_of.map_or("now", |_| "as of the past");
            println!(
                "facts {when}: {read} rows in {seconds:.2} s, {:.1} million rows/s",
                read as f64 / seconds / 1e6
            );
        }
    });
}

/// A clean spread of numbers without a random source.
fn pick(n: u32, of: u32) -> u128 {
    u128::from(n.wrapping_mul(2_654_435_761) % of) + 1
}

struct Builder<'s> {
    store: &'s Store,
    ids: Ids,
    rows: u64,
}

impl Builder<'_> {
    async fn record<R: Row>(&mut self, rows: impl Iterator<Item = R>) {
        let tx = self.store.begin().await.expect("a transaction begins");
        let ids = &self.ids;
        let new = rows.map(|row| New {
            version: ids.next(),
            provenance: None,
            row,
        });
        self.rows += store::record(&tx, Moment(MORNING.0 - 1), new)
            .await
            .expect("rows are recorded");
        tx.commit().await.expect("the transaction ends");
    }
}

async fn build(store: &Store, size: &Size) -> u64 {
    let ids = Ids::after(1 << 40);
    let project_ids: Vec<ProjectId> = (0..size.projects).map(|_| ids.next().into()).collect();
    let mut build = Builder {
        store,
        ids: Ids::default(),
        rows: 0,
    };
    build
        .record((1..=size.organisations).map(organisation))
        .await;
    build
        .record((2..=size.organisations).map(|n| Membership {
            id: MembershipId::from_u128(n.into()),
            organisation: OrganisationId::from_u128(n.into()),
            axis: Axis::ReportsTo,
            parent: OrganisationId::from_u128(u128::from(n / 20) + 1),
            valid_from: None,
            valid_to: None,
        }))
        .await;
    build.record((1..=100).map(indicator)).await;
    let numbered = || project_ids.iter().copied().zip(1u32..);
    build
        .record(numbered().map(|(id, n)| project(id, n, size.organisations)))
        .await;
    build
        .record(numbered().map(|(project, n)| Listing {
            id: ListingId::from_u128(n.into()),
            project,
            node: NodeId::from_u128(pick(n, 50)),
        }))
        .await;
    build
        .record(numbered().map(|(project, n)| {
            let link = Link {
                id: LinkId::from_u128(n.into()),
                project,
                node: NodeId::from_u128(pick(n, 12)),
                share: Share::WHOLE,
                primary: true,
                state: LinkState::Approved,
            };
            (link, Reason::default())
        }))
        .await;
    let line = |project, n: u32, stage| BudgetLine {
        id: BudgetLineId::from_u128(u128::from(n) << 8 | stage as u128),
        project,
        period: FiscalPeriod::year(YEAR),
        stage,
        source: None,
        category: None,
        kind: None,
        amount: Satang::baht(i64::from(n % 90_000) + 10_000),
    };
    build
        .record(numbered().map(|(id, n)| line(id, n, Stage::Allotted)))
        .await;
    build
        .record(
            numbered()
                .filter(|(_, n)| n % 5 == 0)
                .map(|(id, n)| line(id, n, Stage::Disbursed)),
        )
        .await;
    build
        .record(
            numbered()
                .filter(|(_, n)| n % 2 == 0)
                .map(|(project, n)| PeopleReport {
                    id: PeopleReportId::from_u128(n.into()),
                    project,
                    period: FiscalPeriod::quarter(YEAR, Quarter::Q1),
                    people: n % 500,
                }),
        )
        .await;
    build
        .record((1..=size.observations).map(|n| observation(n, size.organisations)))
        .await;
    build.rows
}

fn organisation(n: u32) -> (Organisation, OrganisationText) {
    (
        Organisation {
            id: OrganisationId::from_u128(n.into()),
            class: Some(Class::School),
            opened: None,
            closed: None,
        },
        OrganisationText {
            code: format!("S{n:06}"),
            province: None,
            name_th: format!("โรงเรียนตัวอย่างที่ {n}"),
            name_en: None,
            short_name_th: None,
            kind: Some("school".to_owned()),
            affiliation_th: None,
            district_dopa: None,
        },
    )
}

fn indicator(n: u32) -> (Indicator, IndicatorText) {
    (
        Indicator {
            node: NodeId::from_u128(n.into()),
            direction: Some(Direction::Up),
            owner: None,
        },
        IndicatorText::default(),
    )
}

fn project(id: ProjectId, n: u32, organisations: u32) -> (Project, ProjectText) {
    (
        Project {
            id,
            owner: OrganisationId::from_u128(pick(n, organisations)),
            year: ProjectYear::Fiscal(YEAR),
            budget_mode: None,
            approved_on: Some(YEAR.first_day()),
            continues: None,
            part_of: None,
            stated_budget: None,
        },
        ProjectText {
            code: format!("P{n}"),
            title: format!("โครงการพัฒนาคุณภาพการศึกษาตัวอย่างที่ {n}"),
            target_group: None,
            note: None,
        },
    )
}

fn observation(n: u32, organisations: u32) -> Observation {
    Observation {
        id: ObservationId::from_u128(n.into()),
        indicator: NodeId::from_u128(pick(n, 100)),
        organisation: OrganisationId::from_u128(pick(n / 7, organisations)),
        period: Period::fiscal(YEAR),
        as_of: YEAR.first_day(),
        recorded_at: MORNING,
        reading: Reading::Ratio {
            numerator: Quantity::whole(i64::from(n % 100)),
            denominator: Quantity::whole(100),
        },
    }
}
