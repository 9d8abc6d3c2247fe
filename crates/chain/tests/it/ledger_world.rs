//! The small authority of the ledger's examples: a ministry, a province, two agencies, two schools, one indicator.

use crate::{
    book::{Book, moment},
    generate::{ground, indicator_id, organisation_id, project_id},
};
use chain::observations::latest::Sum;
use domain::{
    facts::{Change, Fact},
    ids::{MembershipId, ObservationId},
    indicator::{Indicator, Observation, Quantity, Reading},
    money::Satang,
    organisation::{Axis, Membership, Organisation},
    project::{Project, ProjectYear, Stage},
    time::{FiscalPeriod, FiscalYear, Period, Quarter},
};
use jiff::civil::Date;

pub const YEAR: FiscalYear = FiscalYear(2569);
pub const MINISTRY: usize = 0;
pub const PROVINCE: usize = 1;
pub const AGENCY: usize = 2;
pub const OTHER_AGENCY: usize = 3;
pub const SCHOOL: usize = 4;
pub const SECOND_SCHOOL: usize = 5;

pub fn organisation(n: usize) -> Fact {
    Fact::Organisation(Organisation {
        id: organisation_id(n),
        class: None,
        opened: None,
        closed: None,
    })
}

pub fn under(id: u128, child: usize, parent: usize, from: Option<Date>, to: Option<Date>) -> Fact {
    Fact::Membership(Membership {
        id: MembershipId::from_u128(id),
        organisation: organisation_id(child),
        axis: Axis::CoordinatedBy,
        parent: organisation_id(parent),
        valid_from: from,
        valid_to: to,
    })
}

pub fn project(n: usize, owner: usize) -> Project {
    Project {
        id: project_id(n),
        owner: organisation_id(owner),
        year: ProjectYear::Fiscal(YEAR),
        budget_mode: None,
        approved_on: None,
        continues: None,
        part_of: None,
        stated_budget: None,
    }
}

pub fn quarter(quarter: Quarter) -> FiscalPeriod {
    FiscalPeriod::quarter(YEAR, quarter)
}

pub fn disbursed(n: usize, period: FiscalPeriod, satang: i64) -> Fact {
    Fact::Amount {
        project: project_id(n),
        period,
        stage: Stage::Disbursed,
        satang: Satang(satang),
    }
}

pub fn people(n: usize, period: FiscalPeriod, people: u32) -> Fact {
    Fact::People {
        project: project_id(n),
        period,
        people,
    }
}

pub fn observation(organisation: usize, as_of: Date, recorded: i64, reading: Reading) -> Fact {
    Fact::Observation(Observation {
        id: ObservationId::from_u128(recorded as u128),
        indicator: indicator_id(0),
        organisation: organisation_id(organisation),
        period: Period::fiscal(YEAR),
        as_of,
        recorded_at: moment(recorded),
        reading,
    })
}

pub fn ratio(numerator: i64, denominator: i64) -> Reading {
    Reading::Ratio {
        numerator: Quantity::whole(numerator),
        denominator: Quantity::whole(denominator),
    }
}

pub fn sum_of(numerator: i64, denominator: i64) -> Sum {
    Sum::Ratio {
        numerator: Quantity::whole(numerator),
        denominator: Quantity::whole(denominator),
    }
}

/// A ministry with a province; in it two agencies; two schools under the first agency. One indicator.
pub fn province() -> Book {
    Book::default()
        .with(ground())
        .with(recorded((MINISTRY..=SECOND_SCHOOL).map(organisation)))
        .with(recorded([
            under(1, PROVINCE, MINISTRY, None, None),
            under(2, AGENCY, PROVINCE, None, None),
            under(3, OTHER_AGENCY, PROVINCE, None, None),
            under(4, SCHOOL, AGENCY, None, None),
            under(5, SECOND_SCHOOL, AGENCY, None, None),
            Fact::Indicator(Indicator {
                node: indicator_id(0),
                direction: None,
                owner: None,
            }),
        ]))
}

pub fn recorded(facts: impl IntoIterator<Item = Fact>) -> impl Iterator<Item = Change> {
    facts.into_iter().map(Change::Recorded)
}

/// Figures on the axis of the examples.
pub fn figures(book: &Book, organisation: usize) -> chain::Figures {
    let snapshot = book.snapshot();
    let figures = snapshot.figures(Axis::CoordinatedBy, organisation_id(organisation), YEAR);
    figures.expect("the organisation stands")
}

pub fn latest(book: &Book, organisation: usize) -> Option<chain::observations::latest::Latest> {
    let organisation = organisation_id(organisation);
    book.snapshot()
        .latest(Axis::CoordinatedBy, organisation, indicator_id(0))
}
