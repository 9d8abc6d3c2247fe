//! The board over a small province: an office, an agency with two schools, a school that answers for itself.

use super::*;
use domain::{
    facts::Facts,
    ids::{DutyId, MembershipId},
    organisation::{Membership, Organisation},
    time::Quarter,
};
use jiff::civil::date;

const YEAR: FiscalYear = FiscalYear(2570);
const PERIOD: Period = Period::fiscal(YEAR);
const TODAY: Date = date(2026, 11, 23);
const PAST: Date = date(2026, 11, 16);
const COMING: Date = date(2026, 11, 30);

const MINISTRY: u128 = 1;
const AGENCY: u128 = 2;
const SCHOOL_A: u128 = 3;
const SCHOOL_B: u128 = 4;
const ALONE: u128 = 5;
const OTHER: u128 = 6;

/// Who, what, for which period, until when, whether it applies, reported on which day.
type Owed = (u128, DutyItem, Period, Date, bool, Option<Date>);

fn organisation(id: u128) -> OrganisationId {
    OrganisationId::from_u128(id)
}

fn province(duties: &[Owed]) -> Snapshot {
    province_with_move(duties, None)
}

/// The same, where a school goes from the agency to another one on a day.
fn province_with_move(duties: &[Owed], moves: Option<(u128, Date)>) -> Snapshot {
    let class = |id| match id {
        MINISTRY => None,
        AGENCY | OTHER => Some(Class::AgencyWithSchools),
        _ => Some(Class::School),
    };
    let organisations =
        [MINISTRY, AGENCY, SCHOOL_A, SCHOOL_B, ALONE, OTHER].map(|id| Organisation {
            id: organisation(id),
            class: class(id),
            opened: None,
            closed: None,
        });
    let under = [
        (AGENCY, MINISTRY),
        (SCHOOL_A, AGENCY),
        (SCHOOL_B, AGENCY),
        (ALONE, MINISTRY),
        (OTHER, MINISTRY),
    ];
    let mut memberships = under
        .map(|(below, above)| Membership {
            id: MembershipId::from_u128(below),
            organisation: organisation(below),
            axis: Axis::ReportsTo,
            parent: organisation(above),
            valid_from: None,
            valid_to: moves.filter(|it| it.0 == below).map(|it| it.1),
        })
        .to_vec();
    memberships.extend(moves.map(|(school, day)| Membership {
        id: MembershipId::from_u128(100),
        organisation: organisation(school),
        axis: Axis::ReportsTo,
        parent: organisation(OTHER),
        valid_from: Some(day),
        valid_to: None,
    }));
    let duty = |(n, row): (usize, &Owed)| Duty {
        id: DutyId::from_u128(n as u128 + 1),
        organisation: organisation(row.0),
        item: row.1,
        period: row.2,
        due: row.3,
        applicable: row.4,
        reported_on: row.5,
    };
    let facts = Facts {
        organisations: organisations.to_vec(),
        memberships,
        duties: duties.iter().enumerate().map(duty).collect(),
        ..Facts::default()
    };
    match Snapshot::build(&facts) {
        Ok(snapshot) => snapshot,
        Err(faults) => unreachable!("a sound province: {faults:?}"),
    }
}

fn mark(id: u128, item: DutyItem, state: StepState) -> Marks {
    let mark = Mark { state, zero: false };
    Marks::from([((organisation(id), item, PERIOD), mark)])
}

#[test]
fn a_school_below_an_agency_is_in_its_row_and_one_alone_has_its_own() {
    let item = DutyItem::Step7_1;
    let all = [ALONE, SCHOOL_B, AGENCY, SCHOOL_A];
    let board = province(&all.map(|id| (id, item, PERIOD, COMING, true, None))).board(
        YEAR,
        &Marks::new(),
        TODAY,
    );
    let rows: Vec<OrganisationId> = board.iter().map(|row| row.organisation).collect();
    assert_eq!(rows, [organisation(AGENCY), organisation(ALONE)]);
    let cell = &board[0].cells[item as usize];
    assert_eq!(
        (cell.n(), cell.of(), cell.state()),
        (0, 3, CellState::Missing)
    );
    assert_eq!(cell.parts[0].duty.organisation, organisation(AGENCY));
    assert_eq!(board[1].cells[item as usize].of(), 1);
}

#[test]
fn a_duty_alone_is_in_one_of_eight_states() {
    let item = DutyItem::Step6;
    let of = |due, applicable, on, marks: &Marks| {
        let board = province(&[(ALONE, item, PERIOD, due, applicable, on)]);
        board.board(YEAR, marks, TODAY)[0].cells[item as usize].state()
    };
    let none = Marks::new();
    let recorded = mark(ALONE, item, StepState::Recorded);
    let returned = mark(ALONE, item, StepState::Returned);
    let zero = Mark {
        state: StepState::Certified,
        zero: true,
    };
    let zero = Marks::from([((organisation(ALONE), item, PERIOD), zero)]);
    assert_eq!(of(COMING, false, None, &none), CellState::NotApplicable);
    assert_eq!(of(COMING, true, None, &none), CellState::Missing);
    assert_eq!(of(COMING, true, None, &recorded), CellState::InProgress);
    assert_eq!(of(PAST, true, None, &none), CellState::Late);
    assert_eq!(of(PAST, true, None, &recorded), CellState::Late);
    assert_eq!(of(PAST, true, None, &returned), CellState::Returned);
    assert_eq!(of(PAST, true, Some(PAST), &none), CellState::Done);
    assert_eq!(of(PAST, true, Some(PAST), &zero), CellState::Zero);
    assert_eq!(of(date(2027, 11, 1), true, None, &none), CellState::Waiting);
}

#[test]
fn the_day_something_is_due_is_not_late_and_the_day_after_is_one_day() {
    let item = DutyItem::Step6;
    let board = province(&[(ALONE, item, PERIOD, PAST, true, None)]);
    let on = |today| {
        let row = board.board(YEAR, &Marks::new(), today).remove(0);
        row.cells[item as usize].days_late(today)
    };
    assert_eq!(on(PAST), None);
    assert_eq!(on(date(2026, 11, 17)), Some(1));
    assert_eq!(on(date(2026, 12, 16)), Some(30));
}

#[test]
fn an_agency_is_done_only_with_all_its_schools() {
    let item = DutyItem::Step7_1;
    let done = Some(PAST);
    let state = |a, b: Option<Option<Date>>| {
        let board = province(&[
            (AGENCY, item, PERIOD, COMING, true, done),
            (SCHOOL_A, item, PERIOD, COMING, true, a),
            (SCHOOL_B, item, PERIOD, COMING, b != Some(None), b.flatten()),
        ]);
        let row = board.board(YEAR, &Marks::new(), TODAY).remove(0);
        let cell = &row.cells[item as usize];
        (cell.n(), cell.of(), cell.state())
    };
    assert_eq!(state(None, None), (1, 3, CellState::InProgress));
    assert_eq!(state(done, None), (2, 3, CellState::InProgress));
    assert_eq!(state(done, Some(done)), (3, 3, CellState::Done));
    // A school to which it does not apply leaves N.
    assert_eq!(state(done, Some(None)), (2, 2, CellState::Done));
}

#[test]
fn what_was_sent_back_is_told_before_what_is_late() {
    let item = DutyItem::Step7_3;
    let board = province(&[
        (AGENCY, item, PERIOD, PAST, true, None),
        (SCHOOL_A, item, PERIOD, PAST, true, None),
    ]);
    let marks = mark(SCHOOL_A, item, StepState::Returned);
    let row = board.board(YEAR, &marks, TODAY).remove(0);
    assert_eq!(row.cells[item as usize].state(), CellState::Returned);
    assert_eq!(row.cells[item as usize].days_late(TODAY), Some(7));
}

#[test]
fn a_quarter_waits_until_it_has_ended_and_other_years_are_elsewhere() {
    let item = DutyItem::Step7_5;
    let quarter = |quarter| Period {
        quarter: Some(quarter),
        ..PERIOD
    };
    let board = province(&[
        (
            ALONE,
            item,
            quarter(Quarter::Q1),
            date(2027, 2, 1),
            true,
            None,
        ),
        (
            ALONE,
            item,
            quarter(Quarter::Q2),
            date(2027, 4, 30),
            true,
            None,
        ),
        (
            ALONE,
            item,
            Period::fiscal(FiscalYear(2569)),
            PAST,
            true,
            None,
        ),
    ]);
    let state = |today| {
        let row = board.board(YEAR, &Marks::new(), today).remove(0);
        (
            row.cells[item as usize].of(),
            row.cells[item as usize].state(),
        )
    };
    assert_eq!(state(date(2026, 12, 31)), (2, CellState::Waiting));
    assert_eq!(state(date(2027, 1, 1)), (2, CellState::Missing));
    assert_eq!(state(date(2027, 2, 2)), (2, CellState::Late));
}

#[test]
fn a_school_that_moved_took_its_ended_quarters_along_to_the_other_agency() {
    let item = DutyItem::Step7_5;
    let quarter = |quarter| Period {
        quarter: Some(quarter),
        ..PERIOD
    };
    let (q1, q3) = (quarter(Quarter::Q1), quarter(Quarter::Q3));
    let reported = Some(date(2027, 1, 5));
    let owed = [
        (SCHOOL_A, item, q1, date(2027, 1, 15), true, reported),
        (SCHOOL_A, item, q3, date(2027, 7, 15), true, None),
        (SCHOOL_A, DutyItem::Step6, PERIOD, COMING, true, None),
    ];
    let province = province_with_move(&owed, Some((SCHOOL_A, date(2027, 4, 1))));
    let of = |today| -> Vec<(OrganisationId, usize, usize, usize)> {
        let board = province.board(YEAR, &Marks::new(), today);
        let row = |row: &Row| {
            let (quarters, year) = (
                &row.cells[item as usize],
                &row.cells[DutyItem::Step6 as usize],
            );
            (row.organisation, quarters.n(), quarters.of(), year.of())
        };
        board.iter().map(row).collect()
    };
    assert_eq!(
        of(date(2027, 3, 31)),
        [(organisation(AGENCY), 1, 2, 1)],
        "a move that is dated ahead changes nothing yet"
    );
    let after = [
        (organisation(AGENCY), 1, 1, 0),
        (organisation(OTHER), 0, 1, 1),
    ];
    assert_eq!(of(date(2027, 4, 1)), after);
    assert_eq!(of(date(2028, 4, 1)), after, "nor does a later year");
}
