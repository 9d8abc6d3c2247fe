//! Random changes over a small world. Long because each kind is drawn beside the others it depends on.
//!
//! Random changes over a small world, drawn from dice so that a failing case shrinks to few and small throws.
//!
//! [`changes`] draws from everything the ledger knows; other tests add their own kinds and draw from the same dice.

use crate::book::{Book, key_of, moment};
use domain::{
    duty::{Duty, DutyItem},
    facts::{Change, Fact},
    ids::{
        DutyId, EditionId, LineageId, MembershipId, NodeId, ObservationId, OrganisationId, PlanId,
        ProjectId,
    },
    indicator::{Indicator, Observation, Quantity, Reading},
    money::Satang,
    organisation::{Axis, Membership, Organisation},
    plan::{Edition, EditionState, Level, Node, NodeKind},
    project::{Project, ProjectYear, Stage},
    time::{AcademicYear, FiscalPeriod, FiscalYear, Period, PeriodKind, Quarter},
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Numbers thrown in advance; when they run out, every throw is 0.
pub struct Dice<'a> {
    throws: std::slice::Iter<'a, u16>,
}

impl<'a> Dice<'a> {
    pub fn new(throws: &'a [u16]) -> Self {
        Self {
            throws: throws.iter(),
        }
    }

    /// A number below `sides`.
    pub fn throw(&mut self, sides: usize) -> usize {
        usize::from(self.throws.next().copied().unwrap_or(0)) % sides
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.throw(of.len())]
    }

    /// One of several, or nothing.
    pub fn maybe<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.throw(of.len() + 1).checked_sub(1)?).copied()
    }
}

/// The throws of up to `steps` steps.
pub fn throws(steps: usize) -> impl Strategy<Value = Vec<Vec<u16>>> {
    prop::collection::vec(prop::collection::vec(any::<u16>(), 14), 1..steps)
}

pub fn organisation_id(n: usize) -> OrganisationId {
    OrganisationId::from_u128(100 + n as u128)
}

pub fn project_id(n: usize) -> ProjectId {
    ProjectId::from_u128(200 + n as u128)
}

pub fn indicator_id(n: usize) -> NodeId {
    NodeId::from_u128(300 + n as u128)
}

pub const ORGANISATIONS: usize = 7;
pub const PROJECTS: usize = 5;
pub const INDICATORS: usize = 2;
pub const YEARS: [FiscalYear; 3] = [FiscalYear(2568), FiscalYear(2569), FiscalYear(2570)];

/// The edition in which the indicators stand, and the indicators: what every book of the generator starts with.
pub fn ground() -> Vec<Change> {
    let edition = EditionId::from_u128(1);
    let mut facts = vec![Fact::Edition(Edition {
        id: edition,
        plan: PlanId::from_u128(1),
        level: Level::ProvincialPlan,
        owner: None,
        period_kind: None,
        from_year: None,
        to_year: None,
        state: EditionState::Approved,
        supersedes: None,
    })];
    for n in 0..INDICATORS {
        facts.push(Fact::Node(Node {
            id: indicator_id(n),
            edition,
            parent: None,
            lineage: LineageId::from_u128(300 + n as u128),
            kind: NodeKind::Indicator,
            position: n as u32,
        }));
    }
    facts.into_iter().map(Change::Recorded).collect()
}

/// Days around the ends of quarters, where seats are decided.
pub const DAYS: [Date; 9] = [
    date(2024, 10, 1),
    date(2025, 9, 30),
    date(2025, 10, 1),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 2, 14),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 10, 1),
];

pub fn an_organisation(dice: &mut Dice) -> OrganisationId {
    organisation_id(dice.throw(ORGANISATIONS))
}

fn a_project(dice: &mut Dice) -> ProjectId {
    project_id(dice.throw(PROJECTS))
}

fn a_fiscal_period(dice: &mut Dice) -> FiscalPeriod {
    let year = dice.pick(&YEARS);
    match dice.maybe(Quarter::ALL) {
        None => FiscalPeriod::year(year),
        Some(quarter) => FiscalPeriod::quarter(year, quarter),
    }
}

pub fn a_period(dice: &mut Dice) -> Period {
    let kind = dice.pick(&[
        PeriodKind::Fiscal,
        PeriodKind::Fiscal,
        PeriodKind::Fiscal,
        PeriodKind::Academic,
        PeriodKind::Calendar,
    ]);
    Period {
        kind,
        year: dice.pick(&YEARS).0,
        // Now and then a quarter of a year that has none.
        quarter: match kind {
            PeriodKind::Fiscal => dice.maybe(Quarter::ALL),
            _ if dice.throw(10) == 9 => Some(Quarter::Q1),
            _ => None,
        },
    }
}

fn an_organisation_row(dice: &mut Dice) -> Fact {
    Fact::Organisation(Organisation {
        id: an_organisation(dice),
        class: None,
        opened: None,
        closed: dice.maybe(&DAYS),
    })
}

fn a_membership(dice: &mut Dice) -> Fact {
    Fact::Membership(Membership {
        id: MembershipId::from_u128(400 + dice.throw(14) as u128),
        axis: dice.pick(Axis::ALL),
        organisation: an_organisation(dice),
        parent: an_organisation(dice),
        valid_from: dice.maybe(&DAYS),
        valid_to: dice.maybe(&DAYS),
    })
}

fn a_project_row(dice: &mut Dice) -> Fact {
    let projects: Vec<_> = (0..PROJECTS + 1).map(project_id).collect();
    let year = dice.pick(&YEARS);
    Fact::Project(Project {
        id: a_project(dice),
        owner: an_organisation(dice),
        year: match dice.throw(3) {
            0 => ProjectYear::Academic(AcademicYear(year.0)),
            _ => ProjectYear::Fiscal(year),
        },
        budget_mode: None,
        approved_on: dice.maybe(&DAYS),
        stated_budget: (dice.throw(2) == 0).then_some(Satang(year.0.into())),
        part_of: if dice.throw(2) == 0 {
            None
        } else {
            dice.maybe(&projects)
        },
        continues: if dice.throw(4) == 0 {
            dice.maybe(&projects)
        } else {
            None
        },
    })
}

fn an_amount(dice: &mut Dice) -> Fact {
    let project = a_project(dice);
    let period = a_fiscal_period(dice);
    Fact::Amount {
        project,
        period,
        stage: dice.pick(Stage::ALL),
        satang: Satang(dice.pick(&[0, 1, 250, 10_000, -40, 7_777_777])),
    }
}

fn people(dice: &mut Dice) -> Fact {
    Fact::People {
        project: a_project(dice),
        period: a_fiscal_period(dice),
        people: dice.pick(&[0, 1, 30, 55]),
    }
}

fn an_indicator(dice: &mut Dice) -> Fact {
    let organisations: Vec<_> = (0..ORGANISATIONS).map(organisation_id).collect();
    // Now and then one whose node does not stand.
    let beyond = usize::from(dice.throw(20) == 1);
    Fact::Indicator(Indicator {
        node: indicator_id(dice.throw(INDICATORS + beyond)),
        direction: None,
        owner: dice.maybe(&organisations),
    })
}

fn an_observation(dice: &mut Dice, book: &Book) -> Fact {
    let quantity = |n: usize| Quantity::whole([0, 1, 3, 40, -2][n]);
    let indicator = dice.throw(INDICATORS);
    let mut key = (
        indicator_id(indicator),
        an_organisation(dice),
        a_period(dice),
    );
    // Every other time what was read before is read again, mostly as of another day.
    let before = book.all(|row| match row {
        Fact::Observation(row) => Some((row.indicator, row.organisation, row.period)),
        _ => None,
    });
    if dice.throw(2) == 1 && !before.is_empty() {
        key = dice.pick(&before);
    }
    Fact::Observation(Observation {
        id: ObservationId::from_u128(book.rows.len() as u128),
        indicator: key.0,
        organisation: key.1,
        period: key.2,
        as_of: dice.pick(&DAYS),
        recorded_at: moment(book.rows.len() as i64),
        // One indicator is mostly a ratio; readings of the other are of all kinds.
        reading: match dice.throw(12) {
            0 => Reading::Count {
                value: quantity(dice.throw(5)),
            },
            1 => Reading::Printed {
                value: quantity(dice.throw(5)),
            },
            2..6 if indicator > 0 => Reading::Count {
                value: quantity(dice.throw(5)),
            },
            6..10 if indicator > 0 => Reading::Printed {
                value: quantity(dice.throw(5)),
            },
            _ => Reading::Ratio {
                numerator: quantity(dice.throw(5)),
                denominator: quantity(dice.throw(5)),
            },
        },
    })
}

fn a_duty(dice: &mut Dice) -> Fact {
    Fact::Duty(Duty {
        id: DutyId::from_u128(500 + dice.throw(8) as u128),
        organisation: an_organisation(dice),
        item: dice.pick(&[DutyItem::Step6, DutyItem::Step7_5]),
        period: a_period(dice),
        due: dice.pick(&DAYS),
        applicable: dice.throw(4) > 0,
        reported_on: dice.maybe(&DAYS),
    })
}

/// An organisation leaves the place it has on a day and stands under another from that day on.
fn a_move(dice: &mut Dice, book: &Book, of: OrganisationId, to: OrganisationId) -> Vec<Change> {
    let (axis, day) = (dice.pick(Axis::ALL), dice.pick(&DAYS));
    let standing = book.all(|row| match row {
        Fact::Membership(m) if m.organisation == of && m.axis == axis => Some(*m),
        _ => None,
    });
    let now = standing.into_iter().find(|m| {
        m.valid_from.is_none_or(|from| from < day) && m.valid_to.is_none_or(|to| day < to)
    });
    let mut changes = Vec::new();
    if let Some(old) = now {
        changes.push(Change::Recorded(Fact::Membership(Membership {
            valid_to: Some(day),
            ..old
        })));
    }
    changes.push(Change::Recorded(Fact::Membership(Membership {
        id: MembershipId::from_u128(450 + dice.throw(4) as u128),
        organisation: of,
        axis,
        parent: to,
        valid_from: Some(day),
        valid_to: now.and_then(|old| old.valid_to),
    })));
    changes
}

/// What happens next: mostly one change, for a move or a merger several. Many are refused, and are meant to be.
pub fn changes(dice: &mut Dice, book: &Book) -> Vec<Change> {
    let fact = match dice.throw(22) {
        0 | 1 => an_organisation_row(dice),
        2 | 3 => a_membership(dice),
        4 | 5 => a_project_row(dice),
        6..10 => an_amount(dice),
        10 | 11 => people(dice),
        12 => an_indicator(dice),
        13..16 => an_observation(dice, book),
        16 => a_duty(dice),
        17 => {
            let (of, to) = (an_organisation(dice), an_organisation(dice));
            return a_move(dice, book, of, to);
        }
        18 => {
            // A merger: everything below one organisation moves under another, and it closes.
            let (from, into) = (an_organisation(dice), an_organisation(dice));
            let children = book.all(|row| match row {
                Fact::Membership(m) if m.parent == from => Some(m.organisation),
                _ => None,
            });
            let mut changes: Vec<_> = children
                .into_iter()
                .flat_map(|child| a_move(dice, book, child, into))
                .collect();
            changes.push(Change::Recorded(Fact::Organisation(Organisation {
                id: from,
                class: None,
                opened: None,
                closed: Some(dice.pick(&DAYS)),
            })));
            return changes;
        }
        _ if book.rows.is_empty() => an_organisation_row(dice),
        _ => {
            let row = &book.rows[dice.throw(book.rows.len())];
            return vec![Change::Ended(key_of(row))];
        }
    };
    vec![Change::Recorded(fact)]
}

/// A book in which everything of the small world stands: random changes then meet something to change.
pub fn settled() -> Book {
    let mut facts = Vec::new();
    for n in 0..ORGANISATIONS {
        facts.push(Fact::Organisation(Organisation {
            id: organisation_id(n),
            class: None,
            opened: None,
            closed: None,
        }));
    }
    for (n, axis) in Axis::ALL.iter().enumerate() {
        for child in 1..ORGANISATIONS {
            facts.push(Fact::Membership(Membership {
                id: MembershipId::from_u128((400 + n * 7 + child) as u128),
                axis: *axis,
                organisation: organisation_id(child),
                parent: organisation_id((child - 1) / (2 - n)),
                valid_from: (child % 3 == 0).then_some(DAYS[1]),
                valid_to: None,
            }));
        }
    }
    for n in 0..PROJECTS {
        facts.push(Fact::Project(Project {
            id: project_id(n),
            owner: organisation_id(n + 1),
            year: ProjectYear::Fiscal(YEARS[n % 3]),
            budget_mode: None,
            approved_on: None,
            continues: None,
            part_of: (n == 4).then_some(project_id(0)),
            stated_budget: None,
        }));
    }
    for n in 0..INDICATORS {
        facts.push(Fact::Indicator(Indicator {
            node: indicator_id(n),
            direction: None,
            owner: None,
        }));
    }
    // Everybody has read something and owes one report of the same quarter, and every project has spent.
    for (n, day) in DAYS.iter().copied().enumerate().take(ORGANISATIONS) {
        // The offices at the top are silent, or nobody below them would ever be heard.
        let indicator = indicator_id(usize::from(n < 3));
        facts.push(Fact::Observation(Observation {
            id: ObservationId::from_u128(n as u128),
            indicator,
            organisation: organisation_id(n),
            period: Period::fiscal(YEARS[1]),
            as_of: day,
            recorded_at: moment(n as i64),
            reading: Reading::Ratio {
                numerator: Quantity::whole(1 << n),
                denominator: Quantity::whole(1 << (n + 1)),
            },
        }));
        facts.push(Fact::Duty(Duty {
            id: DutyId::from_u128(500 + n as u128),
            organisation: organisation_id(n),
            item: DutyItem::Step7_5,
            period: Period {
                quarter: Some(Quarter::Q2),
                ..Period::fiscal(YEARS[1])
            },
            due: day,
            applicable: n != 3,
            reported_on: DAYS.get(n * 2).copied(),
        }));
    }
    for n in 0..PROJECTS {
        facts.push(Fact::Amount {
            project: project_id(n),
            period: FiscalPeriod::quarter(YEARS[n % 3], Quarter::ALL[n % 4]),
            stage: Stage::Disbursed,
            satang: Satang(1 << (2 * n)),
        });
    }
    Book::default()
        .with(ground())
        .with(facts.into_iter().map(Change::Recorded))
}
