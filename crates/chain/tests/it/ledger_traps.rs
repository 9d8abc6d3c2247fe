//! Worked examples of what goes wrong elsewhere: one trap, one test.

use crate::{
    book::{Book, moment},
    generate::{ground, indicator_id, organisation_id, project_id},
};
use chain::{Measure, observations::latest::Sum};
use domain::{
    duty::{Duty, DutyItem},
    facts::{Change, Fact, Key},
    ids::{DutyId, MembershipId, ObservationId, OrganisationId, ProjectId},
    indicator::{Indicator, Observation, Quantity, Reading},
    money::Satang,
    organisation::{Axis, Membership, Organisation},
    project::{Project, ProjectYear, Stage},
    time::{FiscalPeriod, FiscalYear, Period, Quarter},
};
use jiff::civil::{Date, date};

const YEAR: FiscalYear = FiscalYear(2569);
const MINISTRY: usize = 0;
const PROVINCE: usize = 1;
const AGENCY: usize = 2;
const OTHER_AGENCY: usize = 3;
const SCHOOL: usize = 4;
const SECOND_SCHOOL: usize = 5;

fn organisation(n: usize) -> Fact {
    Fact::Organisation(Organisation {
        id: organisation_id(n),
        class: None,
        opened: None,
        closed: None,
    })
}

fn under(id: u128, child: usize, parent: usize, from: Option<Date>, to: Option<Date>) -> Fact {
    Fact::Membership(Membership {
        id: MembershipId::from_u128(id),
        organisation: organisation_id(child),
        axis: Axis::CoordinatedBy,
        parent: organisation_id(parent),
        valid_from: from,
        valid_to: to,
    })
}

fn project(n: usize, owner: usize) -> Project {
    Project {
        id: project_id(n),
        owner: organisation_id(owner),
        year: ProjectYear::Fiscal(YEAR),
        budget_mode: None,
        approved_on: None,
        continues: None,
        part_of: None,
    }
}

fn quarter(quarter: Quarter) -> FiscalPeriod {
    FiscalPeriod::quarter(YEAR, quarter)
}

fn disbursed(n: usize, period: FiscalPeriod, satang: i64) -> Fact {
    Fact::Amount {
        project: project_id(n),
        period,
        stage: Stage::Disbursed,
        satang: Satang(satang),
    }
}

fn people(n: usize, period: FiscalPeriod, people: u32) -> Fact {
    Fact::People {
        project: project_id(n),
        period,
        people,
    }
}

fn observation(organisation: usize, as_of: Date, recorded: i64, reading: Reading) -> Fact {
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

fn ratio(numerator: i64, denominator: i64) -> Reading {
    Reading::Ratio {
        numerator: Quantity::whole(numerator),
        denominator: Quantity::whole(denominator),
    }
}

fn sum_of(numerator: i64, denominator: i64) -> Sum {
    Sum::Ratio {
        numerator: Quantity::whole(numerator),
        denominator: Quantity::whole(denominator),
    }
}

/// A ministry with a province; in it two agencies; two schools under the first agency. One indicator.
fn province() -> Book {
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

fn recorded(facts: impl IntoIterator<Item = Fact>) -> impl Iterator<Item = Change> {
    facts.into_iter().map(Change::Recorded)
}

/// Figures on the axis of the examples.
fn figures(book: &Book, organisation: usize) -> chain::Figures {
    let snapshot = book.snapshot();
    let figures = snapshot.figures(Axis::CoordinatedBy, organisation_id(organisation), YEAR);
    figures.expect("the organisation stands")
}

fn latest(book: &Book, organisation: usize) -> Option<chain::observations::latest::Latest> {
    let organisation = organisation_id(organisation);
    book.snapshot()
        .latest(Axis::CoordinatedBy, organisation, indicator_id(0))
}

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
fn a_duplicated_as_of_is_corrected_by_what_was_recorded_later() {
    let day = date(2026, 6, 10);
    let book = province().with(recorded([
        observation(SCHOOL, day, 1, ratio(47, 100)),
        observation(SECOND_SCHOOL, day, 2, ratio(10, 20)),
    ]));
    let mut facts = book.facts(0);
    // The correction of the same day stands beside what it corrects.
    let mut correction = *facts
        .observations
        .iter()
        .find(|row| row.recorded_at == moment(1))
        .expect("it was recorded");
    correction.recorded_at = moment(9);
    correction.reading = ratio(59, 100);
    for place in [0, facts.observations.len()] {
        let mut facts = facts.clone();
        facts.observations.insert(place, correction);
        let snapshot = chain::Snapshot::build(&facts).expect("two readings, two moments");
        let province = organisation_id(PROVINCE);
        let latest = snapshot.latest(Axis::CoordinatedBy, province, indicator_id(0));
        assert_eq!(latest.map(|read| read.sum), Some(sum_of(69, 120)));
    }
    // Recorded at the very same moment, neither is the later one.
    correction.recorded_at = moment(1);
    facts.observations.push(correction);
    assert!(chain::Snapshot::build(&facts).is_err());
    // Live, the correction takes the place of what it corrects.
    let corrected = book.with(recorded([observation(SCHOOL, day, 9, ratio(59, 100))]));
    let read = latest(&corrected, PROVINCE).expect("two schools were read");
    assert_eq!((read.sum, read.organisations), (sum_of(69, 120), 2));
}

#[test]
fn of_one_period_the_latest_as_of_day_counts_and_the_others_stay_readable() {
    let days = [date(2026, 3, 1), date(2026, 6, 10), date(2026, 8, 1)];
    let book = province().with(recorded([
        observation(SCHOOL, days[1], 1, ratio(59, 100)),
        observation(SCHOOL, days[2], 2, ratio(60, 100)),
        observation(SCHOOL, days[0], 3, ratio(47, 100)),
        observation(SECOND_SCHOOL, days[0], 4, ratio(1, 100)),
    ]));
    let read = latest(&book, PROVINCE).expect("two schools were read");
    assert_eq!(read.sum, sum_of(61, 200));
    assert_eq!(read.as_of, (days[0], days[2]));
    let all = book.snapshot().readings(
        organisation_id(SCHOOL),
        indicator_id(0),
        Period::fiscal(YEAR),
    );
    assert_eq!(
        all,
        [
            (days[2], ratio(60, 100)),
            (days[1], ratio(59, 100)),
            (days[0], ratio(47, 100))
        ]
    );
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
fn nothing_of_nothing_is_a_reading_without_a_rate() {
    let day = date(2026, 6, 10);
    let book = province().with(recorded([
        observation(SCHOOL, day, 1, ratio(0, 0)),
        observation(SECOND_SCHOOL, day, 2, ratio(0, 8)),
    ]));
    let school = latest(&book, SCHOOL).expect("it was read");
    assert_eq!((school.sum, school.sum.per_cent()), (sum_of(0, 0), None));
    let agency = latest(&book, AGENCY).expect("it was read");
    assert_eq!(agency.sum.per_cent(), Some(Quantity(0)));
    assert_eq!(latest(&book, OTHER_AGENCY), None);
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
fn an_agency_that_reports_with_its_schools_is_not_counted_twice() {
    // The agency read 94 of 96; its schools read 47 of 48 each. Together they would be 188 of 96.
    let day = date(2026, 6, 10);
    let book = province().with(recorded([
        observation(AGENCY, day, 1, ratio(94, 96)),
        observation(SCHOOL, date(2026, 8, 1), 2, ratio(47, 48)),
        observation(SECOND_SCHOOL, day, 3, ratio(47, 48)),
        observation(OTHER_AGENCY, day, 4, ratio(3, 4)),
    ]));
    let read = latest(&book, PROVINCE).expect("two agencies were read");
    assert_eq!((read.sum, read.organisations), (sum_of(97, 100), 2));
    assert_eq!(
        latest(&book, SCHOOL).map(|read| read.sum),
        Some(sum_of(47, 48))
    );
}

#[test]
fn printed_values_are_never_added_and_kinds_are_never_mixed() {
    let day = date(2026, 6, 10);
    let printed = |n| Reading::Printed {
        value: Quantity::whole(n),
    };
    let book = province().with(recorded([
        observation(SCHOOL, day, 1, printed(50)),
        observation(SECOND_SCHOOL, day, 2, printed(70)),
    ]));
    let own = Sum::Printed {
        value: Quantity::whole(50),
    };
    assert_eq!(latest(&book, SCHOOL).map(|read| read.sum), Some(own));
    let agency = latest(&book, AGENCY).expect("two schools were read");
    assert_eq!((agency.sum, agency.organisations), (Sum::NotSummable, 2));
    let mixed = book.with(recorded([observation(OTHER_AGENCY, day, 3, ratio(1, 2))]));
    let province = latest(&mixed, PROVINCE).expect("three were read");
    let kinds = Sum::Mixed {
        ratios: 1,
        counts: 0,
        printed: 2,
    };
    assert_eq!((province.sum, province.organisations), (kinds, 3));
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
