//! Worked examples of what goes wrong elsewhere: one trap, one test.

use crate::generate::{organisation_id, project_id};
use crate::ledger_world::*;
use chain::Measure;
use domain::{
    duty::{Duty, DutyItem},
    facts::{Change, Fact, Key},
    ids::{DutyId, OrganisationId, ProjectId},
    money::Satang,
    organisation::{Axis, Organisation},
    project::{Project, Stage},
    time::{FiscalPeriod, FiscalYear, Period, Quarter},
};
use jiff::civil::date;

#[test]
fn an_organisation_moved_in_mid_year_leaves_its_past_quarters_where_they_were() {
    let book = province().with(recorded([
        Fact::Project(project(0, SCHOOL)),
        disbursed(0, quarter(Quarter::Q1), 100),
        disbursed(0, quarter(Quarter::Q2), 20),
        disbursed(0, quarter(Quarter::Q3), 3),
    ]));
    let mut snapshot = book.snapshot();
    // From 1 April 2026, the first day of the third quarter, the school stands under the other agency.
    let day = Some(date(2026, 4, 1));
    for change in recorded([
        under(4, SCHOOL, AGENCY, None, day),
        under(6, SCHOOL, OTHER_AGENCY, day, None),
    ]) {
        snapshot.apply(&change).expect("the school can move");
    }
    let at = |organisation| {
        let id = organisation_id(organisation);
        let figures = snapshot.figures(Axis::CoordinatedBy, id, YEAR);
        let figures = figures.expect("the organisation stands");
        (figures.projects, figures.money(Stage::Disbursed))
    };
    assert_eq!(at(AGENCY), (1, Some(Satang(120))));
    assert_eq!(at(OTHER_AGENCY), (0, Some(Satang(3))));
    assert_eq!(at(PROVINCE), (1, Some(Satang(123))));
    assert_eq!(at(SCHOOL), (1, Some(Satang(123))));
    let why = snapshot.why(
        Axis::CoordinatedBy,
        organisation_id(OTHER_AGENCY),
        YEAR,
        Measure::Money(Stage::Disbursed),
    );
    let why: Vec<_> = why
        .expect("it stands")
        .iter()
        .map(|part| (part.period, part.amount))
        .collect();
    assert_eq!(why, [(Some(quarter(Quarter::Q3)), 3)]);
}

#[test]
fn two_agencies_that_merge_keep_what_each_had_before() {
    let book = province().with(recorded([
        Fact::Project(project(0, SCHOOL)),
        Fact::Project(project(1, OTHER_AGENCY)),
        disbursed(0, quarter(Quarter::Q1), 100),
        disbursed(0, quarter(Quarter::Q4), 7),
        disbursed(1, quarter(Quarter::Q1), 5),
    ]));
    let day = Some(date(2026, 7, 1));
    let closed = Fact::Organisation(Organisation {
        id: organisation_id(AGENCY),
        class: None,
        opened: None,
        closed: day,
    });
    let merged = book.with(recorded([
        under(4, SCHOOL, AGENCY, None, day),
        under(6, SCHOOL, OTHER_AGENCY, day, None),
        under(5, SECOND_SCHOOL, AGENCY, None, day),
        under(7, SECOND_SCHOOL, OTHER_AGENCY, day, None),
        under(2, AGENCY, PROVINCE, None, day),
        closed,
    ]));
    assert_eq!(
        figures(&merged, AGENCY).money(Stage::Disbursed),
        Some(Satang(100))
    );
    assert_eq!(
        figures(&merged, OTHER_AGENCY).money(Stage::Disbursed),
        Some(Satang(12))
    );
    assert_eq!(
        figures(&merged, PROVINCE).money(Stage::Disbursed),
        Some(Satang(112))
    );
    let row = merged
        .snapshot()
        .organisations()
        .number(organisation_id(AGENCY));
    assert!(row.is_some(), "a closed organisation stands, with its past");
}

#[test]
fn a_true_zero_is_shown_and_a_missing_amount_is_not_zero() {
    let book = province().with(recorded([
        Fact::Project(project(0, SCHOOL)),
        Fact::Project(project(1, SECOND_SCHOOL)),
        disbursed(0, quarter(Quarter::Q1), 0),
        people(0, quarter(Quarter::Q1), 0),
    ]));
    let school = figures(&book, SCHOOL);
    assert_eq!(school.money(Stage::Disbursed), Some(Satang::ZERO));
    assert_eq!(school.people(), Some(0));
    let silent = figures(&book, SECOND_SCHOOL);
    assert_eq!(
        (silent.money(Stage::Disbursed), silent.people()),
        (None, None)
    );
    let agency = figures(&book, AGENCY);
    assert_eq!(agency.money(Stage::Disbursed), Some(Satang::ZERO));
    assert_eq!(
        (agency.reported[Stage::Disbursed as usize], agency.projects),
        (1, 2)
    );
    assert_eq!(agency.money(Stage::Allotted), None);
}

#[test]
fn a_late_correction_to_a_past_quarter_lands_in_that_quarters_seat() {
    let day = Some(date(2026, 4, 1));
    let book = province().with(recorded([
        Fact::Project(project(0, SCHOOL)),
        disbursed(0, quarter(Quarter::Q1), 100),
        under(4, SCHOOL, AGENCY, None, day),
        under(6, SCHOOL, OTHER_AGENCY, day, None),
    ]));
    let mut snapshot = book.snapshot();
    let correction = Change::Recorded(disbursed(0, quarter(Quarter::Q1), 90));
    snapshot
        .apply(&correction)
        .expect("a past quarter can be corrected");
    let money = |organisation| {
        let id = organisation_id(organisation);
        let figures = snapshot.figures(Axis::CoordinatedBy, id, YEAR)?;
        figures.money(Stage::Disbursed)
    };
    assert_eq!(money(AGENCY), Some(Satang(90)));
    assert_eq!(money(OTHER_AGENCY), None);
    assert_eq!(money(MINISTRY), Some(Satang(90)));
}

#[test]
fn running_totals_are_never_added_even_when_handed_from_one_person_to_another() {
    // The new planner goes on from the total of the one before: 30, 45, 45 people are 45, not 120.
    let book = province().with(recorded([
        Fact::Project(project(0, SCHOOL)),
        people(0, quarter(Quarter::Q1), 30),
        people(0, quarter(Quarter::Q2), 45),
        people(0, quarter(Quarter::Q3), 45),
    ]));
    assert_eq!(figures(&book, PROVINCE).people(), Some(45));
    // A total that went down is a correction of what came before, not a loss.
    let corrected = book
        .clone()
        .with(recorded([people(0, quarter(Quarter::Q4), 40)]));
    assert_eq!(figures(&corrected, PROVINCE).people(), Some(40));
    // Without the latest quarter the one before stands again.
    let project = project_id(0);
    let period = quarter(Quarter::Q4);
    let back = corrected.with([Change::Ended(Key::People { project, period })]);
    assert_eq!(figures(&back, PROVINCE).people(), Some(45));
    // When the school is handed to another agency in mid-year, its one total goes with the latest report.
    let day = Some(date(2026, 2, 1));
    let handed = book.with(recorded([
        under(4, SCHOOL, AGENCY, None, day),
        under(6, SCHOOL, OTHER_AGENCY, day, None),
    ]));
    assert_eq!(figures(&handed, AGENCY).people(), None);
    assert_eq!(figures(&handed, OTHER_AGENCY).people(), Some(45));
    assert_eq!(figures(&handed, PROVINCE).people(), Some(45));
    assert_eq!(figures(&handed, PROVINCE).people_reported, 1);
}

#[test]
fn money_that_is_inside_another_projects_is_counted_once() {
    let part = Project {
        part_of: Some(project_id(0)),
        ..project(1, SCHOOL)
    };
    let book = province().with(recorded([
        Fact::Project(project(0, AGENCY)),
        Fact::Project(part),
        disbursed(0, quarter(Quarter::Q1), 100),
        disbursed(1, quarter(Quarter::Q1), 40),
    ]));
    let agency = figures(&book, AGENCY);
    assert_eq!(
        (agency.projects, agency.money(Stage::Disbursed)),
        (2, Some(Satang(100)))
    );
    assert_eq!(agency.reported[Stage::Disbursed as usize], 2);
    // The school's own figure is inside the agency's: it says nothing by itself, which is not zero.
    assert_eq!(figures(&book, SCHOOL).money(Stage::Disbursed), None);
    // When the whole ends, the part's money is its own again.
    let project = project_id(0);
    let ended = book.with([
        Change::Ended(Key::Amount {
            project,
            period: quarter(Quarter::Q1),
            stage: Stage::Disbursed,
        }),
        Change::Ended(Key::Project(project)),
    ]);
    assert_eq!(
        figures(&ended, AGENCY).money(Stage::Disbursed),
        Some(Satang(40))
    );
}

#[test]
fn money_carried_over_is_counted_in_the_year_of_its_period_and_the_project_in_its_own() {
    let next = FiscalPeriod::quarter(FiscalYear(2570), Quarter::Q1);
    let book = province().with(recorded([
        Fact::Project(project(0, SCHOOL)),
        disbursed(0, next, 5),
    ]));
    let snapshot = book.snapshot();
    let of = |year| {
        let figures = snapshot.figures(Axis::CoordinatedBy, organisation_id(PROVINCE), year);
        let figures = figures.expect("it stands");
        let n = figures.reported[Stage::Disbursed as usize];
        (figures.projects, n, figures.money(Stage::Disbursed))
    };
    assert_eq!(of(YEAR), (1, 0, None));
    assert_eq!(of(FiscalYear(2570)), (0, 0, Some(Satang(5))));
    assert_eq!(snapshot.ledger().years(), [YEAR, FiscalYear(2570)]);
}

#[test]
fn the_two_axes_are_never_mixed() {
    let book = province().with(recorded([
        Fact::Project(project(0, SCHOOL)),
        disbursed(0, quarter(Quarter::Q1), 100),
    ]));
    let snapshot = book.snapshot();
    let id = organisation_id(PROVINCE);
    let other = snapshot
        .figures(Axis::ReportsTo, id, YEAR)
        .expect("it stands");
    assert_eq!(other, chain::Figures::NONE);
}

#[test]
fn reported_missing_not_yet_due_and_not_applicable_are_four_things() {
    let period = Period::fiscal(YEAR);
    let duty = |n: u128, organisation, due, applicable, reported_on| {
        Fact::Duty(Duty {
            id: DutyId::from_u128(n),
            organisation: organisation_id(organisation),
            item: DutyItem::Step7_5,
            period,
            due,
            applicable,
            reported_on,
        })
    };
    let (early, today, late) = (date(2026, 10, 1), date(2026, 10, 20), date(2026, 10, 31));
    let book = province().with(recorded([
        duty(1, AGENCY, late, true, Some(early)),
        duty(2, OTHER_AGENCY, early, true, None),
        duty(3, SCHOOL, late, true, None),
        duty(4, SECOND_SCHOOL, early, false, None),
    ]));
    let snapshot = book.snapshot();
    let coverage = |organisation| {
        let id = organisation_id(organisation);
        let item = DutyItem::Step7_5;
        let found = snapshot.coverage(Axis::CoordinatedBy, id, item, period, today);
        found.expect("it stands")
    };
    let province = coverage(PROVINCE);
    assert_eq!(
        (
            province.reported,
            province.missing,
            province.not_yet_due,
            province.not_applicable
        ),
        (1, 1, 1, 1)
    );
    assert_eq!((province.n(), province.of()), (1, 3));
    assert_eq!(
        (coverage(SECOND_SCHOOL).n(), coverage(SECOND_SCHOOL).of()),
        (0, 0)
    );
    // Nobody asked the other step of anybody: nothing of nothing, not nothing of five.
    let other = snapshot.coverage(
        Axis::CoordinatedBy,
        organisation_id(PROVINCE),
        DutyItem::Step6,
        period,
        today,
    );
    assert_eq!(other, Some(chain::duties::Coverage::default()));
}

#[test]
fn what_ended_and_comes_back_is_the_same_again() {
    let whole = |owner| Change::Recorded(Fact::Project(project(0, owner)));
    let book = province().with([whole(SCHOOL)]);
    let mut snapshot = book.snapshot();
    for change in [
        Change::Ended(Key::Project(project_id(0))),
        whole(OTHER_AGENCY),
        Change::Recorded(disbursed(0, quarter(Quarter::Q2), 11)),
    ] {
        snapshot.apply(&change).expect("it can come back");
    }
    let at = |n: usize| {
        let id: OrganisationId = organisation_id(n);
        snapshot
            .figures(Axis::CoordinatedBy, id, YEAR)
            .map(|figures| figures.projects)
    };
    assert_eq!(
        (at(AGENCY), at(OTHER_AGENCY), at(PROVINCE)),
        (Some(0), Some(1), Some(1))
    );
    let id: ProjectId = project_id(0);
    assert!(snapshot.ledger().project(id).is_some());
}
