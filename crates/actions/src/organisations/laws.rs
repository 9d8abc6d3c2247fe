//! Laws of the acts on organisations over random sequences. Long because the world, the steps and the laws are one test.

use super::{
    add::NewOrganisation,
    check::earliest,
    close::Close,
    desk::{Change, Consequences},
    merge::{Into, Merge},
    move_to::MoveTo,
    register::Register,
    reopen::Reopen,
    split::{Part, Split},
};
use chain::Snapshot;
use domain::{
    duty::{Duty, DutyItem},
    facts::{self, Amount, Fact, Facts, Key},
    ids::{DutyId, MembershipId, OrganisationId, ProjectId, StepRecordId},
    issue::Issues,
    money::Satang,
    organisation::{Axis, Membership, Organisation, OrganisationText},
    project::{Project, ProjectYear, Stage},
    step::{Outcome, StepRecord, StepState},
    time::{FiscalPeriod, FiscalYear, Period, Quarter},
};
use jiff::{
    Span,
    civil::{Date, date},
};
use proptest::prelude::*;
use uuid::Uuid;

/// 15 November 2569: the first quarter of fiscal year 2570 is under way.
const START: Date = date(2026, 11, 15);
const FIRST: u128 = 1;

/// Ministry, provincial office, two agencies and six schools, as every story knows them.
fn world(parents: &[usize]) -> Register {
    let mut register = Register::default();
    for n in 0..10 {
        let id = org(n);
        let organisation = Organisation {
            id,
            class: None,
            opened: None,
            closed: None,
        };
        let text = OrganisationText {
            code: format!("O{n}"),
            province: Some("67".to_owned()),
            name_th: format!("ตัวอย่าง {n}"),
            ..OrganisationText::default()
        };
        register.organisations.load(id, (organisation, text), None);
        for (axis, shift) in [(Axis::ReportsTo, 0), (Axis::CoordinatedBy, 3)] {
            if n > 0 {
                let parent = org(parents[(n + shift) % parents.len()] % n);
                let id = MembershipId::from_u128(1_000 + n as u128 * 2 + axis as u128);
                let (valid_from, valid_to) = (None, None);
                let organisation = org(n);
                let place = Membership {
                    id,
                    organisation,
                    axis,
                    parent,
                    valid_from,
                    valid_to,
                };
                register.memberships.load(id, place, None);
            }
        }
        for (item, n_item) in [(DutyItem::Step1, 0), (DutyItem::Step7_5, 1)] {
            let id = DutyId::from_u128(5_000 + n as u128 * 2 + n_item);
            let period = Period::fiscal(FiscalYear(2570));
            let due = date(2027, 10, 30);
            let organisation = org(n);
            let (applicable, reported_on) = (true, None);
            let duty = Duty {
                id,
                organisation,
                item,
                period,
                due,
                applicable,
                reported_on,
            };
            register.duties.load(id, duty, None);
        }
    }
    register
}

fn org(n: usize) -> OrganisationId {
    OrganisationId::from_u128(FIRST + n as u128)
}

/// Everything there is: the register, and for each of the first ten organisations a project with money of past quarters,
/// of the year and of quarters to come.
fn facts(register: &Register, past_only: bool) -> Facts {
    let mut facts = register.facts();
    facts.duties = register.duties.all().copied().collect();
    for n in 0..10_u32 {
        facts.projects.push(Project {
            id: ProjectId::from_u128(9_000 + u128::from(n)),
            owner: org(n as usize),
            year: ProjectYear::Fiscal(FiscalYear(2570)),
            budget_mode: None,
            approved_on: Some(date(2026, 9, 1)),
            continues: None,
            part_of: None,
            stated_budget: None,
        });
        let mut amount = |period, baht: i64| {
            facts.amounts.push(Amount {
                project: n,
                period,
                stage: Stage::Disbursed,
                satang: Satang(baht * 100),
            });
        };
        amount(
            FiscalPeriod::quarter(FiscalYear(2569), Quarter::Q3),
            10 + i64::from(n),
        );
        amount(
            FiscalPeriod::quarter(FiscalYear(2569), Quarter::Q4),
            100 + i64::from(n),
        );
        amount(FiscalPeriod::year(FiscalYear(2570)), 1_000 + i64::from(n));
        if !past_only {
            amount(
                FiscalPeriod::quarter(FiscalYear(2570), Quarter::Q2),
                5_000 + i64::from(n),
            );
            amount(
                FiscalPeriod::quarter(FiscalYear(2570), Quarter::Q4),
                7_000 + i64::from(n),
            );
        }
    }
    facts
}

#[derive(Debug, Clone)]
enum Step {
    Move {
        who: usize,
        axis: bool,
        to: Option<usize>,
        days: i32,
    },
    Close {
        who: usize,
        to: Option<usize>,
        give_up: bool,
        days: i32,
    },
    Reopen {
        who: usize,
        days: i32,
    },
    Merge {
        from: Vec<usize>,
        into: Option<usize>,
        days: i32,
    },
    Split {
        who: usize,
        halves: u64,
        continues: bool,
        days: i32,
    },
    Record {
        who: usize,
        certified: bool,
    },
    Later {
        days: i32,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..14_usize;
    let days = -60..200_i32;
    prop_oneof![
        4 => (who.clone(), any::<bool>(), proptest::option::of(0..14_usize), days.clone())
            .prop_map(|(who, axis, to, days)| Step::Move { who, axis, to, days }),
        2 => (who.clone(), proptest::option::of(0..14_usize), any::<bool>(), days.clone())
            .prop_map(|(who, to, give_up, days)| Step::Close { who, to, give_up, days }),
        3 => (who.clone(), any::<bool>()).prop_map(|(who, certified)| Step::Record { who, certified }),
        1 => (who.clone(), days.clone()).prop_map(|(who, days)| Step::Reopen { who, days }),
        3 => (proptest::collection::vec(0..14_usize, 1..3), proptest::option::of(0..14_usize), days.clone())
            .prop_map(|(from, into, days)| Step::Merge { from, into, days }),
        2 => (who, any::<u64>(), any::<bool>(), days)
            .prop_map(|(who, halves, continues, days)| Step::Split { who, halves, continues, days }),
        1 => (1..80_i32).prop_map(|days| Step::Later { days }),
    ]
}

fn new(n: u128) -> NewOrganisation {
    NewOrganisation {
        text: OrganisationText {
            code: format!("N{n}"),
            province: Some("67".to_owned()),
            name_th: format!("ตัวอย่างใหม่ {n}"),
            ..OrganisationText::default()
        },
        ..NewOrganisation::default()
    }
}

/// Does a step on a copy; what is refused leaves the register as it was.
fn act(register: &Register, today: Date, step: &Step, drawn: &mut u128) -> Option<Register> {
    let mut after = register.clone();
    let all: Vec<OrganisationId> = after.organisations.all().map(|(it, _)| it.id).collect();
    let pick = |n: usize| all[n % all.len()];
    let day = |days: i32| today.checked_add(Span::new().days(days)).unwrap();
    let reason = "คำสั่งตัวอย่าง".to_owned();
    let number = *drawn;
    let mut ids = || {
        *drawn += 1;
        Uuid::from_u128(100_000 + *drawn)
    };
    let done: Result<Consequences, Issues> = match step {
        Step::Move {
            who,
            axis,
            to,
            days,
        } => {
            let axis = if *axis {
                Axis::ReportsTo
            } else {
                Axis::CoordinatedBy
            };
            let to = to.map(pick);
            MoveTo {
                organisation: pick(*who),
                axis,
                to,
                on: day(*days),
                reason,
            }
            .plan(&mut after, today, &mut ids)
        }
        Step::Close {
            who,
            to,
            give_up,
            days,
        } => {
            let duties_to = to.map(pick);
            Close {
                organisation: pick(*who),
                on: day(*days),
                duties_to,
                give_up: *give_up,
                reason,
            }
            .plan(&mut after, today, &mut ids)
        }
        Step::Reopen { who, days } => {
            let (reports_to, coordinated_by) = (None, None);
            Reopen {
                organisation: pick(*who),
                on: day(*days),
                reports_to,
                coordinated_by,
                reason,
            }
            .plan(&mut after, today, &mut ids)
        }
        Step::Merge { from, into, days } => {
            let into = match into {
                Some(into) => Into::Standing(pick(*into)),
                None => Into::New(Box::new(new(number))),
            };
            let from = from.iter().map(|n| pick(*n)).collect();
            Merge {
                from,
                into,
                on: day(*days),
                reason,
            }
            .plan(&mut after, today, &mut ids)
        }
        Step::Split {
            who,
            halves,
            continues,
            days,
        } => {
            let (organisation, on) = (pick(*who), day(*days));
            let mut parts = vec![
                Part {
                    new: new(number),
                    members: Vec::new()
                };
                2
            ];
            parts[1].new.text.code.push('b');
            for (n, member) in after.open_below(organisation, on).into_iter().enumerate() {
                parts[(halves >> n & 1) as usize].members.push(member);
            }
            let duties_to = Some(1);
            let continues = *continues;
            Split {
                organisation,
                parts,
                continues,
                duties_to,
                give_up: false,
                on,
                reason,
            }
            .plan(&mut after, today, &mut ids)
        }
        Step::Record { who, certified } => {
            say(&mut after, pick(*who), *certified, today, &mut ids)?;
            return Some(after.settled());
        }
        Step::Later { .. } => return None,
    };
    // The next act begins with what this one recorded.
    done.ok().map(|_| after.settled())
}

/// Somebody of an organisation records the first open duty that it has, or its approver certifies what is recorded.
fn say(
    register: &mut Register,
    who: OrganisationId,
    certified: bool,
    today: Date,
    ids: &mut dyn FnMut() -> Uuid,
) -> Option<()> {
    let record = |it: &Duty| register.record_at(who, it.item, it.period);
    let open = |it: &&Duty| {
        let begun = record(it).is_some();
        it.organisation == who && it.reported_on.is_none() && begun == certified
    };
    let duty = *register.duties.all().find(open)?;
    let state = match certified {
        true => StepState::Certified,
        false => StepState::Recorded,
    };
    let id = record(&duty).map_or_else(|| StepRecordId(ids()), |record| record.id);
    let reason = "ตัวอย่าง".to_owned();
    let record = StepRecord {
        id,
        organisation: who,
        item: duty.item,
        period: duty.period,
        state,
        outcome: Outcome::NotApplicable { reason },
        on_behalf: None,
        returned: None,
    };
    register.records.put(id, record);
    let reported_on = certified.then_some(today);
    register.duties.put(
        duty.id,
        Duty {
            reported_on,
            ..duty
        },
    );
    Some(())
}

/// Everything that is certified: no act on organisations may touch it.
fn certified(register: &Register) -> Vec<(StepRecord, Option<Duty>)> {
    let records = register.records.all();
    let certified = records.filter(|it| it.state == StepState::Certified);
    certified
        .map(|it| {
            let duty = register.duty_at(it.organisation, it.item, it.period);
            (it.clone(), duty.copied())
        })
        .collect()
}

/// The changes between two registers in an order in which each can be applied: first what goes, then what comes.
fn changes(before: &Register, after: &Register) -> Vec<facts::Change> {
    let mut changes = Vec::new();
    for row in before
        .memberships
        .all()
        .filter(|row| after.memberships.get(row.id) != Some(row))
    {
        changes.push(facts::Change::Ended(Key::Membership(row.id)));
    }
    for row in before
        .duties
        .all()
        .filter(|row| after.duties.get(row.id) != Some(row))
    {
        changes.push(facts::Change::Ended(Key::Duty(row.id)));
    }
    for row in after
        .organisations
        .all()
        .filter(|row| before.organisations.get(row.0.id) != Some(row))
    {
        changes.push(facts::Change::Recorded(Fact::Organisation(row.0)));
    }
    for row in after
        .memberships
        .all()
        .filter(|row| before.memberships.get(row.id) != Some(row))
    {
        changes.push(facts::Change::Recorded(Fact::Membership(*row)));
    }
    for row in after
        .duties
        .all()
        .filter(|row| before.duties.get(row.id) != Some(row))
    {
        changes.push(facts::Change::Recorded(Fact::Duty(*row)));
    }
    changes
}

/// Everything that anybody can ask of the forests and of the sums over them.
fn answers(snapshot: &Snapshot) -> Vec<String> {
    let mut ids: Vec<OrganisationId> = snapshot
        .organisations()
        .all()
        .map(|(_, it)| it.id)
        .collect();
    ids.sort();
    let mut answers = Vec::new();
    for id in ids {
        for axis in Axis::ALL {
            for year in [2569, 2570, 2571] {
                let figures = snapshot.figures(*axis, id, FiscalYear(year));
                answers.push(format!("{id} {axis} {year} {figures:?}"));
            }
            for item in [DutyItem::Step1, DutyItem::Step7_5] {
                let period = Period::fiscal(FiscalYear(2570));
                let coverage = snapshot.coverage(*axis, id, item, period, START);
                answers.push(format!("{id} {axis} {item} {coverage:?}"));
            }
        }
    }
    answers
}

/// Who stood above whom on a day.
fn order_on(snapshot: &Snapshot, day: Date, n: usize) -> Vec<Option<OrganisationId>> {
    let organisations = snapshot.organisations();
    let above = |axis, id| {
        let parent = organisations.parent_on(axis, organisations.number(id).unwrap(), day)?;
        Some(organisations.id(parent))
    };
    (0..n)
        .flat_map(|n| Axis::ALL.iter().map(move |axis| (*axis, org(n))))
        .map(|(axis, id)| above(axis, id))
        .collect()
}

/// Nobody who stands open stands below somebody who is closed, from today on.
fn hanging(register: &Register, today: Date) -> Vec<Membership> {
    let closed = |id| register.organisation(id).and_then(|it| it.closed);
    register
        .memberships
        .all()
        .filter(|place| {
            let Some(end) = closed(place.parent) else {
                return false;
            };
            let from = end.max(today).max(place.valid_from.unwrap_or(end));
            let lasts = place.valid_to.is_none_or(|to| to > from);
            lasts && closed(place.organisation).is_none_or(|closed| closed > from)
        })
        .copied()
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_acts_rewrites_the_past_or_leaves_anybody_hanging(
        parents in proptest::collection::vec(0..10_usize, 10),
        steps in proptest::collection::vec(step(), 1..14),
    ) {
        let mut register = world(&parents);
        let mut today = START;
        let mut drawn = 0;
        let before = Snapshot::build(&facts(&register, false)).unwrap();
        let whole: i64 = total(&before);
        let past_before = Snapshot::build(&facts(&register, true)).unwrap();
        let mut snapshot = before;
        for step in &steps {
            if let Step::Later { days } = step {
                today = today.checked_add(Span::new().days(*days)).unwrap();
                continue;
            }
            let Some(after) = act(&register, today, step, &mut drawn) else { continue };
            let built = Snapshot::build(&facts(&after, false));
            prop_assert!(built.is_ok(), "{step:?}: {:?}", built.err());
            let built = built.unwrap();
            for change in changes(&register, &after) {
                let applied = snapshot.apply(&change);
                prop_assert!(applied.is_ok(), "{change:?}: {applied:?}");
            }
            prop_assert_eq!(answers(&snapshot), answers(&built), "applied and built differ");
            prop_assert_eq!(total(&built), whole, "money was lost or doubled");
            prop_assert_eq!(hanging(&after, today), Vec::new(), "{:?}", step);
            prop_assert_eq!(after.orphans(), Vec::new(), "a record without a duty: {:?}", step);
            prop_assert_eq!(after.doubled(), Vec::new(), "{:?}", step);
            for (record, duty) in certified(&register) {
                prop_assert_eq!(after.records.get(record.id), Some(&record), "{:?}", step);
                let owed = after.duty_at(record.organisation, record.item, record.period);
                prop_assert_eq!(owed.copied(), duty, "{:?}", step);
            }

            // Every day before the quarter of today is as it was just before the act, and the first past as at the start.
            let previous = Snapshot::build(&facts(&register, false)).unwrap();
            let edge = earliest(today).yesterday().unwrap();
            for day in [edge, date(2026, 9, 30), date(2026, 6, 30), date(2020, 1, 1)] {
                prop_assert_eq!(order_on(&previous, day, 10), order_on(&built, day, 10), "{}", day);
            }
            let past = Snapshot::build(&facts(&after, true)).unwrap();
            for n in 0..10 {
                for axis in Axis::ALL {
                    for year in [2569, 2570] {
                        let year = FiscalYear(year);
                        prop_assert_eq!(
                            past.figures(*axis, org(n), year),
                            past_before.figures(*axis, org(n), year)
                        );
                    }
                }
            }
            register = after;
        }
    }
}

/// The money of all years over the tops of the forest of สังกัด.
fn total(snapshot: &Snapshot) -> i64 {
    [2569, 2570]
        .iter()
        .flat_map(|year| {
            let roots = snapshot.organisations().all();
            roots.map(move |(_, it)| snapshot.own_figures(it.id, FiscalYear(*year)))
        })
        .flatten()
        .filter_map(|figures| figures.money(Stage::Disbursed))
        .map(|money| money.0)
        .sum()
}

#[test]
fn most_random_steps_that_could_be_done_are_done() {
    // A test of the test: sequences in which everything is refused would prove nothing.
    let register = world(&[0, 1, 1, 2, 2, 2, 3, 3, 3, 3]);
    let mut drawn = 0;
    let steps = [
        Step::Move {
            who: 9,
            axis: true,
            to: Some(4),
            days: 0,
        },
        Step::Close {
            who: 9,
            to: Some(1),
            give_up: false,
            days: 10,
        },
        Step::Record {
            who: 9,
            certified: false,
        },
        Step::Merge {
            from: vec![3],
            into: Some(4),
            days: 30,
        },
        Step::Merge {
            from: vec![3, 4],
            into: None,
            days: 30,
        },
        Step::Split {
            who: 1,
            halves: 5,
            continues: false,
            days: 40,
        },
        Step::Split {
            who: 1,
            halves: 5,
            continues: true,
            days: 0,
        },
    ];
    for step in steps {
        assert!(
            act(&register, START, &step, &mut drawn).is_some(),
            "{step:?}"
        );
    }
    let past = Step::Move {
        who: 9,
        axis: true,
        to: Some(4),
        days: -50,
    };
    assert!(act(&register, START, &past, &mut drawn).is_none());
}
