//! After every change the snapshot answers like the slow reference and like a snapshot built afresh.

use crate::{
    book::Book,
    generate::{
        DAYS, Dice, INDICATORS, ORGANISATIONS, PROJECTS, YEARS, changes, ground, indicator_id,
        organisation_id, project_id, settled, throws,
    },
    reference,
};
use chain::{Figures, Measure, Snapshot, observations::latest::Latest};
use domain::{
    duty::DutyItem,
    facts::Facts,
    ids::{OrganisationId, ProjectId},
    indicator::Reading,
    organisation::Axis,
    project::{Project, Stage},
    time::{FiscalPeriod, Period},
};
use jiff::civil::Date;
use proptest::prelude::*;

/// Project, owner, period and amount of a contribution.
type Part = (ProjectId, OrganisationId, Option<FiscalPeriod>, i64);

/// Everything a snapshot can be asked, without any number that only means something inside of it.
#[derive(Debug, Clone, PartialEq, Default)]
struct Answers {
    organisations: Vec<(OrganisationId, Option<domain::organisation::Organisation>)>,
    parents: Vec<Option<OrganisationId>>,
    subtrees: Vec<Vec<OrganisationId>>,
    projects: Vec<Option<Project>>,
    of_project: Vec<Figures>,
    within: Vec<bool>,
    figures: Vec<Option<Figures>>,
    own: Vec<Option<Figures>>,
    why: Vec<Vec<Part>>,
    latest: Vec<Option<Latest>>,
    contributors: Vec<Vec<(OrganisationId, Date, Reading)>>,
    readings: Vec<Vec<(Date, Reading)>>,
    coverage: Vec<Option<chain::duties::Coverage>>,
    states: Vec<Option<domain::duty::DutyState>>,
}

fn measures() -> impl Iterator<Item = Measure> {
    let money = Stage::ALL.iter().map(|stage| Measure::Money(*stage));
    money.chain([Measure::Projects, Measure::People])
}

fn asked(book: &Book) -> Vec<(DutyItem, Period)> {
    let mut asked: Vec<_> = reference::duties(book)
        .iter()
        .map(|duty| (duty.item, duty.period))
        .collect();
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// Asks the snapshot.
fn answers(snapshot: &Snapshot, book: &Book) -> Answers {
    let mut a = Answers::default();
    let orgs = snapshot.organisations();
    let ids: Vec<_> = (0..ORGANISATIONS).map(organisation_id).collect();
    for id in &ids {
        let number = orgs.number(*id);
        a.organisations
            .push((*id, number.and_then(|ix| orgs.row(ix)).copied()));
    }
    for n in 0..PROJECTS {
        let number = snapshot.ledger().project(project_id(n));
        a.projects
            .push(number.and_then(|ix| snapshot.ledger().row(ix, orgs)));
        for year in YEARS {
            let figures = number.map(|ix| snapshot.ledger().of_project(ix, year));
            a.of_project.push(figures.unwrap_or(Figures::NONE));
        }
    }
    for axis in Axis::ALL.iter().copied() {
        for id in ids.iter().copied() {
            let number = orgs.number(id);
            for day in DAYS {
                let parent = number.and_then(|ix| orgs.parent_on(axis, ix, day));
                a.parents.push(parent.map(|ix| orgs.id(ix)));
                let subtree = number.map(|ix| orgs.subtree_on(axis, ix, day));
                let mut subtree: Vec<_> = subtree
                    .into_iter()
                    .flatten()
                    .map(|ix| orgs.id(ix))
                    .collect();
                subtree.sort_unstable();
                a.subtrees.push(subtree);
            }
            for n in 0..PROJECTS {
                let number = snapshot.ledger().project(project_id(n));
                a.within
                    .push(number.is_some_and(|ix| snapshot.within(axis, id, ix)));
            }
            for year in YEARS {
                let figures = snapshot.figures(axis, id, year);
                a.figures.push(figures);
                if let Some(number) = number {
                    assert_eq!(Some(snapshot.roll_up(axis, year).of(number)), figures);
                }
                for measure in measures() {
                    let why = snapshot.why(axis, id, year, measure).unwrap_or_default();
                    let sum: i64 = why.iter().map(|part| part.amount).sum();
                    let figure = figures.and_then(|figures| figures.of(measure));
                    assert_eq!(sum, figure.unwrap_or(0), "why adds up to the figure");
                    assert!(measure == Measure::Projects || why.is_empty() == figure.is_none());
                    let part = |part: chain::why::Contribution| {
                        let project = snapshot.ledger().id(part.project);
                        (project, orgs.id(part.owner), part.period, part.amount)
                    };
                    a.why.push(why.into_iter().map(part).collect());
                }
            }
            for indicator in (0..INDICATORS).map(indicator_id) {
                a.latest.push(snapshot.latest(axis, id, indicator));
                let why = snapshot.why_latest(axis, id, indicator).into_iter();
                let mut why: Vec<_> = why
                    .map(|part| (orgs.id(part.organisation), part.as_of, part.reading))
                    .collect();
                why.sort_unstable_by_key(|(organisation, ..)| *organisation);
                a.contributors.push(why);
            }
            for (item, period) in asked(book) {
                for today in DAYS {
                    a.coverage
                        .push(snapshot.coverage(axis, id, item, period, today));
                }
            }
        }
    }
    for id in ids {
        for year in YEARS {
            a.own.push(snapshot.own_figures(id, year));
        }
        for indicator in (0..INDICATORS).map(indicator_id) {
            for period in snapshot.observations().periods(indicator) {
                a.readings.push(snapshot.readings(id, indicator, period));
            }
        }
        for (item, period) in asked(book) {
            a.states
                .push(snapshot.duty_state(id, item, period, DAYS[5]));
        }
    }
    a
}

/// The same answers from the reference.
fn expected(book: &Book) -> Answers {
    let mut a = Answers::default();
    let ids: Vec<_> = (0..ORGANISATIONS).map(organisation_id).collect();
    let standing = reference::organisations(book);
    let stands = |id: OrganisationId| standing.iter().find(|row| row.id == id).copied();
    let projects = reference::projects(book);
    let project = |n: usize| projects.iter().find(|row| row.id == project_id(n)).copied();
    let parts = reference::parts(book);
    a.organisations = ids.iter().map(|id| (*id, stands(*id))).collect();
    for n in 0..PROJECTS {
        a.projects.push(project(n));
        for year in YEARS {
            let of_project = |part: &reference::Part| part.project == project_id(n);
            a.of_project
                .push(reference::figures(book, &parts, year, of_project));
        }
    }
    for axis in Axis::ALL.iter().copied() {
        let ways: Vec<_> = parts
            .iter()
            .map(|part| reference::way_up(book, axis, part.owner, part.day))
            .collect();
        for id in ids.iter().copied() {
            for day in DAYS {
                a.parents.push(reference::parent_on(book, axis, id, day));
                let subtree = standing.iter().map(|row| row.id).filter(|below| {
                    stands(id).is_some() && reference::way_up(book, axis, *below, day).contains(&id)
                });
                let mut subtree: Vec<_> = subtree.collect();
                subtree.sort_unstable();
                a.subtrees.push(subtree);
            }
            for n in 0..PROJECTS {
                a.within.push(
                    stands(id).is_some()
                        && project(n).is_some_and(|project| {
                            let day = project.seated_on();
                            reference::way_up(book, axis, project.owner, day).contains(&id)
                        }),
                );
            }
            let below: Vec<_> = parts
                .iter()
                .zip(&ways)
                .filter(|(_, way)| stands(id).is_some() && way.contains(&id))
                .map(|(part, _)| part.clone())
                .collect();
            for year in YEARS {
                let figures = reference::figures(book, &below, year, |_| true);
                a.figures.push(stands(id).map(|_| figures));
                for measure in measures() {
                    let mut why: Vec<_> = below
                        .iter()
                        .filter(|part| part.year == year && part.measure == measure)
                        .map(|part| (part.project, part.owner, part.period, part.amount))
                        .collect();
                    why.sort_unstable();
                    a.why.push(why);
                }
            }
            for indicator in (0..INDICATORS).map(indicator_id) {
                let read = reference::latest(book, axis, id, indicator);
                let rows = reference::observations(book);
                a.contributors.push(
                    read.iter()
                        .flat_map(|(period, _, _, speakers, _)| {
                            speakers
                                .iter()
                                .map(|speaker| {
                                    let best = rows
                                        .iter()
                                        .filter(|row| {
                                            row.indicator == indicator && row.period == *period
                                        })
                                        .filter(|row| row.organisation == *speaker)
                                        .max_by_key(|row| (row.as_of, row.recorded_at))
                                        .expect("a speaker has read something");
                                    (*speaker, best.as_of, best.reading)
                                })
                                .collect::<Vec<_>>()
                        })
                        .collect(),
                );
                a.latest
                    .push(read.map(|(period, first, last, speakers, sum)| Latest {
                        period,
                        as_of: (first, last),
                        organisations: speakers.len() as u32,
                        sum,
                    }));
            }
            for (item, period) in asked(book) {
                for today in DAYS {
                    let coverage = reference::coverage(book, axis, id, item, period, today);
                    a.coverage.push(stands(id).map(|_| coverage));
                }
            }
        }
    }
    for id in ids {
        for year in YEARS {
            let own = |part: &reference::Part| part.owner == id;
            let figures = reference::figures(book, &parts, year, own);
            a.own.push(stands(id).map(|_| figures));
        }
        for indicator in (0..INDICATORS).map(indicator_id) {
            let rows = reference::observations(book);
            let mut periods: Vec<_> = rows
                .iter()
                .filter(|row| row.indicator == indicator)
                .map(|row| row.period)
                .collect();
            periods
                .sort_by_key(|period| (period.last_day(), period.quarter.is_none(), period.kind));
            periods.dedup();
            for period in periods {
                let mut readings: Vec<_> = rows
                    .iter()
                    .filter(|row| row.indicator == indicator && row.period == period)
                    .filter(|row| row.organisation == id)
                    .map(|row| (row.as_of, row.reading))
                    .collect();
                readings.sort_by_key(|(as_of, _)| std::cmp::Reverse(*as_of));
                a.readings.push(readings);
            }
        }
        for (item, period) in asked(book) {
            let mut duties = reference::duties(book).into_iter();
            let duty = duties
                .find(|duty| (duty.organisation, duty.item, duty.period) == (id, item, period));
            a.states.push(duty.map(|duty| duty.state(DAYS[5])));
        }
    }
    a
}

fn follows(start: Book, throws: &[Vec<u16>]) -> Result<(), TestCaseError> {
    let mut book = start;
    let mut snapshot = book.snapshot();
    let mut moments: Vec<(Facts, Book, Answers)> = Vec::new();
    for (n, throws) in throws.iter().enumerate() {
        for change in changes(&mut Dice::new(throws), &book) {
            let after = book.after(&change).filter(reference::is_sound);
            let before = answers(&snapshot, &book);
            let applied = snapshot.apply(&change);
            match after {
                Some(after) => {
                    prop_assert_eq!(&applied, &Ok(()), "{:?}", change);
                    book = after;
                    let now = answers(&snapshot, &book);
                    prop_assert_eq!(&now, &expected(&book), "after {:?}", change);
                    moments.push((book.facts(n as u64), book.clone(), now));
                }
                None => {
                    prop_assert!(applied.is_err(), "{:?} should be refused", change);
                    prop_assert_eq!(before, answers(&snapshot, &book), "refused {:?}", change);
                    if let Some(unsound) = book.after(&change)
                        && let Some(facts) = nameable(&unsound)
                    {
                        prop_assert!(Snapshot::build(&facts).is_err(), "{:?}", change);
                    }
                }
            }
        }
    }
    for (facts, book, then) in moments {
        let rebuilt = Snapshot::build(&facts);
        let rebuilt = rebuilt.map_err(|faults| TestCaseError::fail(format!("{faults:?}")))?;
        prop_assert_eq!(answers(&rebuilt, &book), then);
    }
    Ok(())
}

/// The facts of an unsound book, unless a bulk row names what is not there: that cannot even be written down.
fn nameable(book: &Book) -> Option<Facts> {
    use domain::facts::Fact;
    let organisations: Vec<_> = reference::organisations(book)
        .iter()
        .map(|o| o.id)
        .collect();
    let projects: Vec<_> = reference::projects(book).iter().map(|p| p.id).collect();
    let indicators: Vec<_> = reference::indicators(book).iter().map(|i| i.node).collect();
    let all_named = book.rows.iter().all(|row| match row {
        Fact::Amount { project, .. } | Fact::People { project, .. } => projects.contains(project),
        Fact::Observation(row) => {
            organisations.contains(&row.organisation) && indicators.contains(&row.indicator)
        }
        _ => true,
    });
    all_named.then(|| book.facts(1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_settled_world_that_changes_answers_like_the_reference_and_like_a_new_build(throws in throws(24)) {
        follows(settled(), &throws)?;
    }

    #[test]
    fn an_empty_world_that_fills_answers_like_the_reference_and_like_a_new_build(throws in throws(40)) {
        follows(Book::default().with(ground()), &throws)?;
    }
}
