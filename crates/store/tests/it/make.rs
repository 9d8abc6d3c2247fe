//! A small made-up province for the tests, and the caller's clock and ids.

use domain::{
    ids::*,
    link::{Link, LinkState},
    money::Satang,
    organisation::{Class, Organisation, OrganisationText},
    project::{BudgetLine, ExpenseCategory, Listing, Project, ProjectText, ProjectYear, Stage},
    share::Share,
    time::{FiscalPeriod, FiscalYear, Moment},
};
use store::{New, Reason, Row, Tx};
use testkit::clock::{Clock, Ids};

/// What an act brings along: a clock and ids.
#[derive(Default)]
pub struct Caller {
    pub clock: Clock,
    pub ids: Ids,
}

impl Caller {
    /// A row to be recorded, under a fresh version.
    pub fn fresh<R: Row>(&self, row: R) -> New<R> {
        New {
            version: self.ids.next(),
            provenance: None,
            row,
        }
    }
}

pub fn organisation(n: u128, name: &str) -> (Organisation, OrganisationText) {
    (
        Organisation {
            id: OrganisationId::from_u128(n),
            class: Some(Class::School),
            opened: None,
            closed: None,
        },
        OrganisationText {
            code: format!("org-{n}"),
            province: None,
            name_th: name.to_owned(),
            name_en: None,
            short_name_th: None,
            kind: None,
            affiliation_th: None,
            district_dopa: None,
        },
    )
}

pub fn project(n: u128, owner: u128, title: &str) -> (Project, ProjectText) {
    (
        Project {
            id: ProjectId::from_u128(n),
            owner: OrganisationId::from_u128(owner),
            year: ProjectYear::Fiscal(FiscalYear(2570)),
            budget_mode: None,
            approved_on: None,
            continues: None,
            part_of: None,
            stated_budget: None,
        },
        ProjectText {
            code: format!("P-{n}"),
            title: title.to_owned(),
            target_group: None,
            note: None,
        },
    )
}

pub fn listing(n: u128, project: u128, node: u128) -> Listing {
    Listing {
        id: ListingId::from_u128(n),
        project: ProjectId::from_u128(project),
        node: NodeId::from_u128(node),
    }
}

pub fn link(n: u128, project: u128, node: u128, state: LinkState) -> (Link, Reason) {
    (
        Link {
            id: LinkId::from_u128(n),
            project: ProjectId::from_u128(project),
            node: NodeId::from_u128(node),
            share: Share::WHOLE,
            primary: true,
            state,
        },
        Reason::default(),
    )
}

pub fn line(n: u128, project: u128, stage: Stage, amount: i64) -> BudgetLine {
    BudgetLine {
        id: BudgetLineId::from_u128(n),
        project: ProjectId::from_u128(project),
        period: FiscalPeriod::year(FiscalYear(2570)),
        stage,
        source: Some("งบอุดหนุน".to_owned()),
        category: Some(ExpenseCategory::Subsidy),
        kind: None,
        amount: Satang(amount),
    }
}

pub async fn record<R: Row>(caller: &Caller, tx: &Tx, at: Moment, row: R) {
    store::record(tx, at, [caller.fresh(row)]).await.unwrap();
}
