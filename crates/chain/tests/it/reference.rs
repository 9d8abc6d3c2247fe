//! The slow reference of the ledger. Long because it is one plain re-telling of all the semantics.
//!
//! The semantics, written down once more as slowly and plainly as possible: for every fact walk up the parents of its
//! day. No seats, no columns, no numbers instead of ids.

use crate::book::Book;
use chain::{Figures, Measure, duties::Coverage, observations::latest::Sum};
use domain::{
    duty::{Duty, DutyItem},
    facts::Fact,
    ids::{NodeId, OrganisationId, ProjectId},
    indicator::{Indicator, Observation, Quantity, Reading},
    organisation::{Axis, Membership, Organisation},
    project::Project,
    time::{FiscalPeriod, FiscalYear, Period},
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

pub fn organisations(book: &Book) -> Vec<Organisation> {
    book.all(|row| match row {
        Fact::Organisation(row) => Some(*row),
        _ => None,
    })
}

pub fn memberships(book: &Book) -> Vec<Membership> {
    book.all(|row| match row {
        Fact::Membership(row) => Some(*row),
        _ => None,
    })
}

pub fn projects(book: &Book) -> Vec<Project> {
    book.all(|row| match row {
        Fact::Project(row) => Some(*row),
        _ => None,
    })
}

pub fn duties(book: &Book) -> Vec<Duty> {
    book.all(|row| match row {
        Fact::Duty(row) => Some(*row),
        _ => None,
    })
}

pub fn indicators(book: &Book) -> Vec<Indicator> {
    book.all(|row| match row {
        Fact::Indicator(row) => Some(*row),
        _ => None,
    })
}

pub fn observations(book: &Book) -> Vec<Observation> {
    book.all(|row| match row {
        Fact::Observation(row) => Some(*row),
        _ => None,
    })
}

fn holds(membership: &Membership, day: Date) -> bool {
    membership.valid_from.is_none_or(|from| from <= day)
        && membership.valid_to.is_none_or(|to| day < to)
}

pub fn parent_on(book: &Book, axis: Axis, of: OrganisationId, day: Date) -> Option<OrganisationId> {
    let memberships = memberships(book);
    let mut here = memberships
        .iter()
        .filter(|m| m.axis == axis && m.organisation == of);
    here.find(|m| holds(m, day)).map(|m| m.parent)
}

/// The organisation and everything above it on a day. Stops where it would go round.
pub fn way_up(book: &Book, axis: Axis, of: OrganisationId, day: Date) -> Vec<OrganisationId> {
    let mut way = vec![of];
    while let Some(above) = parent_on(book, axis, way[way.len() - 1], day)
        && !way.contains(&above)
    {
        way.push(above);
    }
    way
}

/// Whether the book makes sense: everything that is named stands, nobody is in two places or above himself.
pub fn is_sound(book: &Book) -> bool {
    let standing: BTreeSet<_> = organisations(book).iter().map(|row| row.id).collect();
    let known_projects: BTreeSet<_> = projects(book).iter().map(|row| row.id).collect();
    let known_indicators: BTreeSet<_> = indicators(book).iter().map(|row| row.node).collect();
    let nodes: BTreeSet<NodeId> = book
        .all(|row| match row {
            Fact::Node(row) => Some(row.id),
            _ => None,
        })
        .into_iter()
        .collect();
    let has_edition = book.rows.iter().any(|row| matches!(row, Fact::Edition(_)));
    let names_stand = book.rows.iter().all(|row| match row {
        Fact::Membership(row) => {
            standing.contains(&row.organisation) && standing.contains(&row.parent)
        }
        Fact::Project(row) => standing.contains(&row.owner),
        Fact::Amount { project, .. } | Fact::People { project, .. } => {
            known_projects.contains(project)
        }
        Fact::Indicator(row) => {
            nodes.contains(&row.node) && row.owner.is_none_or(|owner| standing.contains(&owner))
        }
        Fact::Observation(row) => {
            standing.contains(&row.organisation)
                && known_indicators.contains(&row.indicator)
                && is_a_period(row.period)
        }
        Fact::Duty(row) => standing.contains(&row.organisation) && is_a_period(row.period),
        Fact::Node(_) => has_edition,
        _ => true,
    });
    let mut asked = BTreeSet::new();
    let asked_once = duties(book)
        .iter()
        .all(|duty| asked.insert((duty.organisation, duty.item, duty.period)));
    names_stand && asked_once && !any_part_of_itself(book) && places_are_clear(book)
}

fn is_a_period(period: Period) -> bool {
    period.quarter.is_none() || period.kind == domain::time::PeriodKind::Fiscal
}

fn any_part_of_itself(book: &Book) -> bool {
    let projects = projects(book);
    let whole_of = |id: ProjectId| projects.iter().find(|row| row.id == id)?.part_of;
    projects.iter().any(|row| {
        let mut above = row.part_of;
        for _ in 0..=projects.len() {
            match above {
                Some(id) if id == row.id => return true,
                Some(id) => above = whole_of(id),
                None => return false,
            }
        }
        false
    })
}

fn places_are_clear(book: &Book) -> bool {
    let memberships = memberships(book);
    let has_days = memberships
        .iter()
        .all(|row| match (row.valid_from, row.valid_to) {
            (Some(from), Some(to)) => from < to,
            _ => true,
        });
    // Between these days nothing changes.
    let days = memberships
        .iter()
        .flat_map(|row| [row.valid_from, row.valid_to]);
    let days: BTreeSet<_> = days.flatten().chain([Date::MIN]).collect();
    has_days
        && days.iter().all(|day| {
            Axis::ALL.iter().all(|axis| {
                organisations(book).iter().all(|organisation| {
                    let places = memberships.iter().filter(|m| {
                        m.axis == *axis && m.organisation == organisation.id && holds(m, *day)
                    });
                    let way = way_up(book, *axis, organisation.id, *day);
                    let last = way[way.len() - 1];
                    places.count() <= 1 && parent_on(book, *axis, last, *day).is_none()
                })
            })
        })
}

/// One contribution: of which project and period, in which year, where and how much.
#[derive(Debug, Clone)]
pub struct Part {
    pub project: ProjectId,
    pub owner: OrganisationId,
    pub period: Option<FiscalPeriod>,
    pub year: FiscalYear,
    pub day: Date,
    pub measure: Measure,
    pub amount: i64,
}

/// Everything that is ever added, straight from the rows.
pub fn parts(book: &Book) -> Vec<Part> {
    let mut parts = Vec::new();
    for project in projects(book) {
        let part = |period, year, day, measure, amount| Part {
            project: project.id,
            owner: project.owner,
            period,
            year,
            day,
            measure,
            amount,
        };
        let home = project.seated_on();
        parts.push(part(
            None,
            project.year.fiscal(),
            home,
            Measure::Projects,
            1,
        ));
        let inside_another = projects(book).iter().any(|p| Some(p.id) == project.part_of);
        let mut latest: BTreeMap<FiscalYear, (u8, FiscalPeriod, u32)> = BTreeMap::new();
        for row in &book.rows {
            match row {
                Fact::Amount {
                    project: id,
                    period,
                    stage,
                    satang,
                } if *id == project.id && !inside_another => {
                    let day = match period.of_quarter() {
                        Some(_) => period.last_day(),
                        None => home,
                    };
                    let year = period.fiscal_year();
                    parts.push(part(
                        Some(*period),
                        year,
                        day,
                        Measure::Money(*stage),
                        satang.0,
                    ));
                }
                Fact::People {
                    project: id,
                    period,
                    people,
                } if *id == project.id => {
                    let rank = period.of_quarter().map_or(5, |quarter| quarter.number());
                    let entry = latest.entry(period.fiscal_year());
                    let best = entry.or_insert((rank, *period, *people));
                    *best = (*best).max((rank, *period, *people));
                }
                _ => {}
            }
        }
        for (year, (_, period, people)) in latest {
            let day = period.last_day();
            parts.push(part(
                Some(period),
                year,
                day,
                Measure::People,
                i64::from(people),
            ));
        }
    }
    parts
}

/// The figures of what satisfies `counts` in one year.
pub fn figures(
    book: &Book,
    parts: &[Part],
    year: FiscalYear,
    counts: impl Fn(&Part) -> bool,
) -> Figures {
    let mut figures = Figures::NONE;
    for part in parts
        .iter()
        .filter(|part| part.year == year && counts(part))
    {
        match part.measure {
            Measure::Projects => {
                figures.projects += 1;
                let said = |wanted: &dyn Fn(&Fact) -> Option<(ProjectId, FiscalPeriod)>| {
                    u32::from(
                        book.rows
                            .iter()
                            .filter_map(wanted)
                            .any(|(id, period)| id == part.project && period.fiscal_year() == year),
                    )
                };
                for stage in domain::project::Stage::ALL {
                    figures.reported[*stage as usize] += said(&|row| match row {
                        Fact::Amount {
                            project,
                            period,
                            stage: of,
                            ..
                        } if of == stage => Some((*project, *period)),
                        _ => None,
                    });
                }
                figures.people_reported += said(&|row| match row {
                    Fact::People {
                        project, period, ..
                    } => Some((*project, *period)),
                    _ => None,
                });
            }
            Measure::Money(stage) => {
                figures.money[stage as usize] += part.amount;
                figures.rows[stage as usize] += 1;
            }
            Measure::People => {
                figures.people += part.amount as u64;
                figures.people_rows += 1;
            }
        }
    }
    figures
}

/// What was last read below an organisation: period, earliest and latest as-of day, who contributes, what it says.
pub type Read = (Period, Date, Date, BTreeSet<OrganisationId>, Sum);

pub fn latest(book: &Book, axis: Axis, top: OrganisationId, indicator: NodeId) -> Option<Read> {
    let below: Vec<_> = observations(book)
        .into_iter()
        .filter(|row| row.indicator == indicator)
        .filter(|row| {
            let way = way_up(book, axis, row.organisation, row.period.last_day());
            way.contains(&top)
        })
        .collect();
    let period = below
        .iter()
        .map(|row| row.period)
        .max_by_key(|period| (period.last_day(), period.quarter.is_none(), period.kind))?;
    let mut per_organisation: BTreeMap<OrganisationId, Observation> = BTreeMap::new();
    for row in below.into_iter().filter(|row| row.period == period) {
        let best = per_organisation.entry(row.organisation).or_insert(row);
        if (row.as_of, row.recorded_at) > (best.as_of, best.recorded_at) {
            *best = row;
        }
    }
    let speakers: BTreeSet<_> = per_organisation.keys().copied().collect();
    per_organisation.retain(|organisation, _| {
        let way = way_up(book, axis, *organisation, period.last_day());
        // Between the organisation asked for and this one, nobody else has spoken.
        let above = way.iter().skip(1).take_while(|_| *organisation != top);
        let mut up_to_top = Vec::new();
        for step in above {
            up_to_top.push(*step);
            if *step == top {
                break;
            }
        }
        !up_to_top.iter().any(|step| speakers.contains(step))
    });
    let readings: Vec<_> = per_organisation.values().map(|row| row.reading).collect();
    let as_of = || per_organisation.values().map(|row| row.as_of);
    Some((
        period,
        as_of().min()?,
        as_of().max()?,
        per_organisation.keys().copied().collect(),
        together(&readings, per_organisation.contains_key(&top)),
    ))
}

fn together(readings: &[Reading], own: bool) -> Sum {
    let (mut ratios, mut counts, mut printed) = (0, 0, 0);
    let (mut above, mut below, mut total) = (0, 0, 0);
    for reading in readings {
        match reading {
            Reading::Ratio {
                numerator,
                denominator,
            } => {
                ratios += 1;
                above += numerator.0;
                below += denominator.0;
            }
            Reading::Count { value } => {
                counts += 1;
                total += value.0;
            }
            Reading::Printed { value } => {
                printed += 1;
                total = value.0;
            }
        }
    }
    match (ratios > 0, counts > 0, printed > 0) {
        (true, false, false) => Sum::Ratio {
            numerator: Quantity(above),
            denominator: Quantity(below),
        },
        (false, true, false) => Sum::Count {
            value: Quantity(total),
        },
        (false, false, true) if own => Sum::Printed {
            value: Quantity(total),
        },
        (false, false, true) => Sum::NotSummable,
        _ => Sum::Mixed {
            ratios,
            counts,
            printed,
        },
    }
}

pub fn coverage(
    book: &Book,
    axis: Axis,
    top: OrganisationId,
    item: DutyItem,
    period: Period,
    today: Date,
) -> Coverage {
    let mut coverage = Coverage::default();
    for duty in duties(book) {
        let way = way_up(book, axis, duty.organisation, period.last_day());
        if duty.item == item && duty.period == period && way.contains(&top) {
            coverage.count(duty.state(today));
        }
    }
    coverage
}
