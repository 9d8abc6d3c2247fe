//! Roll-up, latest readings, coverage, why; changes of values and of structure.

use crate::{
    country::{Country, Numbers, YEARS, project_id},
    measure::{Spent, once, report, runs},
};
use chain::{Measure, Snapshot};
use domain::{
    duty::DutyItem,
    facts::{Change, Fact, Key},
    ids::{MembershipId, ObservationId},
    indicator::{Observation, Quantity, Reading},
    money::Satang,
    organisation::{Axis, Membership},
    project::Stage,
    time::{FiscalPeriod, Moment, Period, Quarter},
};
use jiff::civil::date;
use std::time::Duration;

const MS: fn(u64) -> Option<Duration> = |ms| Some(Duration::from_millis(ms));
const US: fn(u64) -> Option<Duration> = |us| Some(Duration::from_micros(us));

/// Everything that is asked.
pub fn reads(snapshot: &Snapshot, country: &Country, small: bool) {
    let times = if small { 3 } else { 51 };
    let (year, axis) = (YEARS[3], Axis::CoordinatedBy);
    let name = "whole roll-up: 4 measures × every organisation, one year";
    let sum = runs(name, times, MS(10), || {
        let whole = snapshot.roll_up(axis, year);
        let mut sum = [0i64; 4];
        for (organisation, _) in snapshot.organisations().all() {
            let figures = whole.of(organisation);
            sum[0] += i64::from(figures.projects);
            sum[1] += figures.money(Stage::Allotted).map_or(0, |money| money.0);
            sum[2] += figures.money(Stage::Disbursed).map_or(0, |money| money.0);
            sum[3] += figures.people().map_or(0, |people| people as i64);
        }
        sum
    });
    println!("    (sums over all organisations {sum:?})");

    runs(
        "figures of the ministry with everything below",
        times,
        None,
        || snapshot.figures(axis, country.ministry, year),
    );
    runs("figures of 77 provinces, one by one", times, None, || {
        let provinces = country.provinces.iter();
        provinces
            .filter_map(|province| snapshot.figures(axis, *province, year))
            .count()
    });
    let read = runs(
        "latest × 77 provinces × 60 indicators",
        times,
        MS(15),
        || {
            let mut organisations = 0;
            for province in &country.provinces {
                for indicator in &country.indicators {
                    let latest = snapshot.latest(axis, *province, *indicator);
                    organisations += latest.map_or(0, |read| read.organisations);
                }
            }
            organisations
        },
    );
    println!("    ({read} readings contribute)");
    let asked = runs("coverage × 77 provinces × 4 items", times, None, || {
        let items = [
            DutyItem::Step6,
            DutyItem::Step7_1,
            DutyItem::Step7_4,
            DutyItem::Step7_5,
        ];
        let (period, today) = (Period::fiscal(YEARS[4]), date(2027, 10, 5));
        let provinces = country.provinces.iter();
        let cells = provinces.flat_map(|province| items.map(|item| (*province, item)));
        cells
            .filter_map(|(province, item)| snapshot.coverage(axis, province, item, period, today))
            .map(|coverage| u64::from(coverage.of()))
            .sum::<u64>()
    });
    println!("    ({asked} in N)");
    let measure = Measure::Money(Stage::Disbursed);
    let why = runs("why: disbursed by one province", times, None, || {
        let why = snapshot.why(axis, country.provinces[5], year, measure);
        why.map_or(0, |parts| parts.len())
    });
    println!("    ({why} contributions)");
}

/// Everything that changes.
pub fn changes(snapshot: &mut Snapshot, country: &Country, small: bool) {
    let (batches, batch) = if small { (5, 20) } else { (101, 1_000u32) };
    let projects = country.facts.projects.len();
    let mut numbers = Numbers::new(11);
    let mut refused = 0;
    let mut values =
        |name: &str, snapshot: &mut Snapshot, fact: &mut dyn FnMut(&mut Numbers) -> Fact| {
            let mut durations = Vec::new();
            for _ in 0..batches {
                let changes: Vec<_> = (0..batch)
                    .map(|_| Change::Recorded(fact(&mut numbers)))
                    .collect();
                let (duration, failed) = once(|| {
                    let results = changes.iter().map(|change| snapshot.apply(change));
                    results.filter(Result::is_err).count()
                });
                refused += failed;
                durations.push(duration / batch);
            }
            report(name, durations, US(5));
        };
    values("one amount changed", snapshot, &mut |numbers| {
        let n = numbers.below(projects);
        Fact::Amount {
            project: project_id(n),
            period: FiscalPeriod::quarter(YEARS[n % YEARS.len()], Quarter::ALL[numbers.below(4)]),
            stage: Stage::Disbursed,
            satang: Satang(numbers.below(20_000_000) as i64),
        }
    });
    values("one amount added", snapshot, &mut |numbers| {
        let n = numbers.below(projects);
        Fact::Amount {
            project: project_id(n),
            period: FiscalPeriod::quarter(YEARS[n % YEARS.len()], Quarter::ALL[numbers.below(4)]),
            stage: Stage::Committed,
            satang: Satang(numbers.below(20_000_000) as i64),
        }
    });
    values("people of one quarter changed", snapshot, &mut |numbers| {
        let n = numbers.below(projects);
        Fact::People {
            project: project_id(n),
            period: FiscalPeriod::quarter(YEARS[n % YEARS.len()], Quarter::ALL[numbers.below(4)]),
            people: numbers.below(300) as u32,
        }
    });
    let organisations = &country.facts.organisations;
    values("one reading added or corrected", snapshot, &mut |numbers| {
        Fact::Observation(Observation {
            id: ObservationId::from_u128(numbers.below(usize::MAX) as u128),
            indicator: country.indicators[numbers.below(country.indicators.len())],
            organisation: organisations[numbers.below(organisations.len())].id,
            period: Period::fiscal(YEARS[3]),
            as_of: date(2026, 9, 1 + numbers.below(20) as i8),
            recorded_at: Moment(2_000_000),
            reading: Reading::Count {
                value: Quantity::whole(numbers.below(50) as i64),
            },
        })
    });
    if refused > 0 {
        println!("    ({refused} changes refused)");
    }
    moves(snapshot, country, if small { 2 } else { 21 });
}

/// An agency with its schools leaves one department for another in mid-year, and comes back.
fn moves(snapshot: &mut Snapshot, country: &Country, times: usize) {
    let mut closing = Vec::new();
    let mut opening = Vec::new();
    let mut undated = Vec::new();
    for n in 0..times {
        let agency = country.agencies[n];
        let mut places = country.facts.memberships.iter();
        let place = places.find(|m| m.organisation == agency && m.axis == Axis::ReportsTo);
        let Some(place) = place else {
            continue;
        };
        let day = Some(date(2026, 4, 1));
        let closed = Membership {
            valid_to: day,
            ..*place
        };
        let opened = Membership {
            id: MembershipId::from_u128(1 + n as u128),
            parent: country.departments[3],
            valid_from: day,
            valid_to: None,
            ..*place
        };
        let mut apply = |durations: &mut Vec<Spent>, change: Change| {
            let (duration, result) = once(|| snapshot.apply(&change));
            durations.push(duration);
            if let Err(fault) = result {
                println!("    refused: {fault}");
            }
        };
        apply(&mut closing, Change::Recorded(Fact::Membership(closed)));
        apply(&mut opening, Change::Recorded(Fact::Membership(opened)));
        apply(&mut Vec::new(), Change::Ended(Key::Membership(opened.id)));
        apply(&mut undated, Change::Recorded(Fact::Membership(*place)));
    }
    report(
        "an agency with schools leaves its place in mid-year",
        closing,
        MS(50),
    );
    report("… and takes another one", opening, MS(50));
    report(
        "… and takes its old place again for all time",
        undated,
        MS(50),
    );
}
