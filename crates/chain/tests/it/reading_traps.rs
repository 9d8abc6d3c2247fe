//! Worked examples of what goes wrong with readings elsewhere: one trap, one test.

use crate::ledger_world::*;
use crate::{
    book::moment,
    generate::{indicator_id, organisation_id},
};
use chain::observations::latest::Sum;
use domain::{
    indicator::{Quantity, Reading},
    organisation::Axis,
    time::Period,
};
use jiff::civil::date;

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
