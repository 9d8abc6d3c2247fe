//! What cannot be built on is named, all of it at once; what is refused changes nothing.

use crate::{
    book::Book,
    generate::{ground, organisation_id, project_id},
};
use chain::{Fault, Snapshot};
use domain::{
    duty::{Duty, DutyItem},
    facts::{Amount, Change, Fact, Facts, Key, ObservationRow, People},
    ids::{DutyId, MembershipId, OrganisationId},
    indicator::{Quantity, Reading},
    money::Satang,
    organisation::{Axis, Membership, Organisation},
    project::{Project, ProjectYear, Stage},
    time::{FiscalPeriod, FiscalYear, Moment, Period, PeriodKind, Quarter},
};
use jiff::civil::{Date, date};

fn organisation(id: OrganisationId) -> Organisation {
    Organisation {
        id,
        class: None,
        opened: None,
        closed: None,
    }
}

fn place(id: u128, child: usize, parent: usize, days: (Option<Date>, Option<Date>)) -> Membership {
    Membership {
        id: MembershipId::from_u128(id),
        organisation: organisation_id(child),
        axis: Axis::ReportsTo,
        parent: organisation_id(parent),
        valid_from: days.0,
        valid_to: days.1,
    }
}

fn project(n: usize, owner: usize, part_of: Option<usize>) -> Project {
    Project {
        id: project_id(n),
        owner: organisation_id(owner),
        year: ProjectYear::Fiscal(FiscalYear(2569)),
        budget_mode: None,
        approved_on: None,
        continues: None,
        part_of: part_of.map(project_id),
        stated_budget: None,
    }
}

fn duty(n: u128, period: Period) -> Duty {
    Duty {
        id: DutyId::from_u128(n),
        organisation: organisation_id(0),
        item: DutyItem::Step6,
        period,
        due: date(2026, 1, 1),
        applicable: true,
        reported_on: None,
    }
}

#[test]
fn all_faults_come_at_once_whatever_the_order_of_rows() {
    let (ever, spring) = ((None, None), Some(date(2026, 4, 1)));
    let period = FiscalPeriod::year(FiscalYear(2569));
    let amount = Amount {
        project: 0,
        period,
        stage: Stage::Allotted,
        satang: Satang(1),
    };
    let no_period = Period {
        kind: PeriodKind::Academic,
        year: 2569,
        quarter: Some(Quarter::Q1),
    };
    let facts = Facts {
        organisations: (0..4).map(|n| organisation(organisation_id(n))).collect(),
        memberships: vec![
            place(1, 1, 0, (None, spring)),
            place(2, 1, 2, (Some(date(2026, 3, 31)), None)),
            place(3, 2, 9, ever),
            place(4, 3, 0, (spring, spring)),
            place(4, 3, 0, (spring, None)),
        ],
        projects: vec![
            project(0, 0, Some(1)),
            project(1, 0, Some(0)),
            project(2, 8, None),
        ],
        amounts: vec![
            amount,
            Amount {
                satang: Satang(2),
                ..amount
            },
            Amount {
                project: 7,
                ..amount
            },
            Amount {
                stage: Stage::Requested,
                satang: Satang(i64::MAX),
                ..amount
            },
            Amount {
                period: FiscalPeriod::year(FiscalYear(13_000)),
                ..amount
            },
        ],
        people: vec![People {
            project: 9,
            period,
            people: 1,
        }],
        observations: vec![ObservationRow {
            organisation: 0,
            indicator: 3,
            period: Period::fiscal(FiscalYear(2569)),
            as_of: date(2026, 1, 1),
            recorded_at: Moment(0),
            reading: Reading::Count { value: Quantity(1) },
        }],
        duties: vec![
            duty(1, Period::fiscal(FiscalYear(2569))),
            duty(2, Period::fiscal(FiscalYear(2569))),
            duty(3, no_period),
        ],
        ..Facts::default()
    };
    let id = MembershipId::from_u128;
    let key = |period, stage| Key::Amount {
        project: project_id(0),
        period,
        stage,
    };
    let position = |list, row, position| Fault::Position {
        list,
        row,
        position,
    };
    let mut expected = vec![
        Fault::Unknown {
            by: Key::Membership(id(3)),
            what: Key::Organisation(organisation_id(9)),
        },
        Fault::NoDay(id(4)),
        Fault::Duplicate {
            row: Key::Membership(id(4)),
        },
        Fault::Overlap {
            first: id(1),
            second: id(2),
        },
        Fault::PartOfItself(vec![project_id(0), project_id(1)]),
        Fault::Unknown {
            by: Key::Project(project_id(2)),
            what: Key::Organisation(organisation_id(8)),
        },
        Fault::Duplicate {
            row: key(period, Stage::Allotted),
        },
        Fault::TooMuch {
            row: key(period, Stage::Requested),
        },
        Fault::Period {
            row: key(FiscalPeriod::year(FiscalYear(13_000)), Stage::Allotted),
        },
        position("amounts", 2, 7),
        position("people", 0, 9),
        position("observations", 0, 3),
        Fault::AskedTwice {
            first: Key::Duty(DutyId::from_u128(1)),
            second: Key::Duty(DutyId::from_u128(2)),
        },
        Fault::Period {
            row: Key::Duty(DutyId::from_u128(3)),
        },
    ];
    expected.sort_by_key(|fault| format!("{fault:?}"));
    let faults = Snapshot::build(&facts).expect_err("nothing of this can be built on");
    assert_eq!(faults, expected);
    let mut turned = facts;
    turned.memberships.reverse();
    turned.duties.reverse();
    assert_eq!(Snapshot::build(&turned).expect_err("nor of this"), expected);
}

#[test]
fn an_organisation_that_stands_twice_is_one_fault() {
    let facts = Facts {
        organisations: vec![organisation(organisation_id(1)); 2],
        ..Facts::default()
    };
    let row = Key::Organisation(organisation_id(1));
    assert_eq!(
        Snapshot::build(&facts).expect_err("twice"),
        [Fault::Duplicate { row }]
    );
}

#[test]
fn a_cycle_is_named_once_with_its_first_day_however_many_hang_below() {
    let (from, to) = (Some(date(2026, 1, 1)), Some(date(2026, 2, 1)));
    let memberships = vec![
        place(1, 0, 1, (from, None)),
        place(2, 1, 2, (None, to)),
        place(3, 2, 0, (None, None)),
        place(4, 3, 2, (None, None)),
        place(5, 4, 3, (None, None)),
    ];
    let facts = Facts {
        organisations: (0..5).map(|n| organisation(organisation_id(n))).collect(),
        memberships: memberships.clone(),
        ..Facts::default()
    };
    let cycle = Fault::Cycle {
        axis: Axis::ReportsTo,
        organisations: [0, 1, 2].map(organisation_id).to_vec(),
        on: from,
    };
    assert_eq!(
        Snapshot::build(&facts).expect_err("a cycle"),
        std::slice::from_ref(&cycle)
    );

    // The same cycle is refused live, whichever of its memberships comes last.
    for last in 0..3 {
        let mut others = memberships.clone();
        let last = others.remove(last);
        let facts = Facts {
            memberships: others,
            ..facts.clone()
        };
        let mut snapshot = Snapshot::build(&facts).expect("without it there is no cycle");
        let change = Change::Recorded(Fact::Membership(last));
        assert_eq!(snapshot.apply(&change), Err(cycle.clone()));
    }
}

#[test]
fn organisations_that_swap_places_one_after_the_other_make_no_cycle() {
    let day = Some(date(2026, 1, 1));
    let facts = Facts {
        organisations: (0..2).map(|n| organisation(organisation_id(n))).collect(),
        memberships: vec![place(1, 0, 1, (None, day)), place(2, 1, 0, (day, None))],
        ..Facts::default()
    };
    assert!(Snapshot::build(&facts).is_ok());
}

#[test]
fn what_is_still_named_does_not_end() {
    let amount = Fact::Amount {
        project: project_id(0),
        period: FiscalPeriod::year(FiscalYear(2569)),
        stage: Stage::Allotted,
        satang: Satang(1),
    };
    let mut snapshot = Book::default()
        .with(ground())
        .with(
            (0..3).map(|n| Change::Recorded(Fact::Organisation(organisation(organisation_id(n))))),
        )
        .with(
            [
                Fact::Membership(place(1, 1, 2, (None, None))),
                Fact::Project(project(0, 0, None)),
                amount,
            ]
            .map(Change::Recorded),
        )
        .snapshot();
    let mut refused = |row: Key, by: Key| {
        let fault = snapshot.apply(&Change::Ended(row));
        assert_eq!(fault, Err(Fault::StillNamed { row, by }));
    };
    let owner = Key::Organisation(organisation_id(0));
    refused(owner, Key::Project(project_id(0)));
    let membership = Key::Membership(MembershipId::from_u128(1));
    refused(Key::Organisation(organisation_id(1)), membership);
    refused(Key::Organisation(organisation_id(2)), membership);
    refused(
        Key::Project(project_id(0)),
        Key::Amount {
            project: project_id(0),
            period: FiscalPeriod::year(FiscalYear(2569)),
            stage: Stage::Allotted,
        },
    );
    let row = Key::Organisation(organisation_id(8));
    let fault = snapshot.apply(&Change::Ended(row));
    assert_eq!(fault, Err(Fault::NotStanding { row }));
}
