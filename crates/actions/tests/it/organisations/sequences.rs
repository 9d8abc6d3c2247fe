//! Random sequences of acts on organisations and on the board, on both engines: whatever happens, no record is without a
//! duty or a cell at which it is read, nothing is owed twice, and what is certified or past stays as it is.

use super::{LETTER, org, records::cell};
use actions::{
    Ctx, Error,
    organisations::{
        Close, Into, Merge, NewOrganisation, Part, Reopen, Split, Undo, close, earliest, merge,
        reopen, split, undo_merge,
    },
    steps::{NotApplicable, OpenYear, certify, not_applicable, open_year},
};
use domain::{
    duty::{Duty, DutyItem},
    ids::{OrganisationId, ReorganisationId},
    organisation::{Class, Membership, Organisation, OrganisationText},
    register::Succession,
    step::{KeptRecord, StepRecord, StepState},
    time::{FiscalYear, Moment},
};
use jiff::{Span, civil::Date};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use store::{Kept, Store, trail};
use testkit::{TestDatabase, clock::MORNING, on_both_engines};

const SEQUENCES: u64 = 4;
const ACTS: usize = 60;
/// Those who act; whatever is made joins them.
const OFFICES: [&str; 7] = [
    "DOLE-PNB",
    "PVEC-PNB",
    "VEC-POLY-PNB",
    "VEC-TECH-PNB",
    "DOLE-6701",
    "SESAO-PNB",
    "PAO-PNB",
];
const ITEMS: [DutyItem; 4] = [
    DutyItem::Step4,
    DutyItem::Step6,
    DutyItem::Step7_1,
    DutyItem::Step7_2,
];

/// Draws numbers from a seed, the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// What stands on the board.
struct Board {
    duties: Vec<Duty>,
    records: Vec<StepRecord>,
    kept: BTreeMap<domain::ids::StepRecordId, OrganisationId>,
}

impl Board {
    async fn read(store: &Store) -> Self {
        let duties: Vec<Kept<Duty>> = store::all(store).await.unwrap();
        let records: Vec<Kept<StepRecord>> = store::all(store).await.unwrap();
        let kept: Vec<Kept<KeptRecord>> = store::all(store).await.unwrap();
        let kept = kept.into_iter().map(|kept| kept.row);
        Self {
            duties: duties.into_iter().map(|kept| kept.row).collect(),
            records: records.into_iter().map(|kept| kept.row).collect(),
            kept: kept.map(|kept| (kept.record, kept.successor)).collect(),
        }
    }

    fn owed(&self, organisation: OrganisationId, record: &StepRecord) -> Option<&Duty> {
        let cell = (organisation, record.item, record.period);
        let here = |it: &&Duty| (it.organisation, it.item, it.period) == cell;
        self.duties.iter().find(here)
    }

    fn holds(&self, after: &str) {
        for record in &self.records {
            let own = self.owed(record.organisation, record);
            let elsewhere = self
                .kept
                .get(&record.id)
                .and_then(|id| self.owed(*id, record));
            assert!(
                own.or(elsewhere).is_some(),
                "{after}: nobody can answer for {record:?}"
            );
        }
        let mut cells: Vec<_> = self
            .duties
            .iter()
            .map(|it| (it.organisation, it.item as u8, it.period))
            .collect();
        cells.sort();
        assert!(
            cells.windows(2).all(|pair| pair[0] != pair[1]),
            "{after}: owed twice"
        );
    }

    /// What an act on organisations may not change: what is certified, and what belongs to quarters that are over.
    fn settled(&self, today: Date) -> Vec<(Option<StepRecord>, Option<Duty>)> {
        let certified = self
            .records
            .iter()
            .filter(|it| it.state == StepState::Certified);
        let mut settled: Vec<_> = certified
            .map(|it| (Some(it.clone()), self.owed(it.organisation, it).copied()))
            .collect();
        let edge = earliest(today);
        let over = self.duties.iter().filter(|it| it.period.last_day() < edge);
        settled.extend(over.map(|it| (None, Some(*it))));
        settled
    }
}

/// An office in which a year passes while its organisations change.
struct Year {
    store: Store,
    ctx: Ctx,
    clock: Arc<AtomicI64>,
    dice: Dice,
    all: Vec<OrganisationId>,
    undoable: Vec<ReorganisationId>,
    closed: Vec<OrganisationId>,
    made: usize,
}

impl Year {
    async fn begin(store: &Store, seed: u64) -> Self {
        let clock = Arc::new(AtomicI64::new(MORNING.0));
        let (ticks, mut drawn) = (clock.clone(), seed << 32);
        let mut ctx = Ctx::new(
            "ตัวอย่าง",
            move || Moment(ticks.fetch_add(1_000_000, Ordering::Relaxed)),
            move |bytes| {
                for chunk in bytes.chunks_mut(8) {
                    drawn += 1;
                    chunk.copy_from_slice(&drawn.to_le_bytes()[..chunk.len()]);
                }
            },
        );
        actions::catalogue::record(store, &mut ctx).await.unwrap();
        let mut all = Vec::new();
        for code in OFFICES {
            all.push(org(store, code).await);
        }
        let mut year = Self {
            store: store.clone(),
            ctx,
            clock,
            dice: Dice(seed),
            all,
            undoable: Vec::new(),
            closed: Vec::new(),
            made: 0,
        };
        year.open().await.unwrap();
        year
    }

    fn today(&self) -> Date {
        Moment(self.clock.load(Ordering::Relaxed)).thai_day()
    }

    async fn open(&mut self) -> Result<(), Error> {
        let year = OpenYear {
            province: "67".to_owned(),
            year: FiscalYear(2570),
        };
        open_year(&self.store, &mut self.ctx, year).await.map(drop)
    }

    fn made_up(&mut self) -> NewOrganisation {
        self.made += 1;
        let classes = [
            None,
            Some(Class::EducationAgency),
            Some(Class::AgencyWithSchools),
        ];
        NewOrganisation {
            text: OrganisationText {
                code: format!("X{}", self.made),
                province: Some("67".to_owned()),
                name_th: format!("ตัวอย่าง {}", self.made),
                ..OrganisationText::default()
            },
            class: self.dice.one(&classes),
            ..NewOrganisation::default()
        }
    }

    /// Those that stand open directly below one.
    async fn below(&self, id: OrganisationId) -> Vec<OrganisationId> {
        let places: Vec<Kept<Membership>> = store::all(&self.store).await.unwrap();
        let all: Vec<Kept<(Organisation, OrganisationText)>> =
            store::all(&self.store).await.unwrap();
        let closed = |id| {
            all.iter()
                .any(|it| it.row.0.id == id && it.row.0.closed.is_some())
        };
        let mut below: Vec<_> = places
            .iter()
            .filter(|it| it.row.parent == id && it.row.valid_to.is_none())
            .map(|it| it.row.organisation)
            .filter(|id| !closed(*id))
            .collect();
        below.sort();
        below.dedup();
        below
    }

    /// One random act, by its name; whether it belongs to those that must not touch what is settled.
    async fn act(&mut self) -> (String, bool, Result<(), Error>) {
        let all = self.all.clone();
        let (who, other) = (self.dice.one(&all), self.dice.one(&all));
        let (item, days) = (self.dice.one(&ITEMS), self.dice.below(150) as i32);
        let on = self.today().saturating_add(Span::new().days(days));
        let reason = LETTER.to_owned();
        let flip = self.dice.below(2) == 0;
        let (store, ctx) = (self.store.clone(), &mut self.ctx);
        match self.dice.below(13) {
            0..4 => {
                let new = NotApplicable {
                    cell: cell(&store, who, item).await,
                    reason,
                };
                let done = not_applicable(&store, ctx, new).await;
                (format!("record {who} {item}"), false, done.map(drop))
            }
            4 | 5 => {
                let done = certify(&store, ctx, cell(&store, who, item).await).await;
                (format!("certify {who} {item}"), false, done.map(drop))
            }
            6 | 7 => {
                let into = match flip {
                    true => Into::Standing(other),
                    false => Into::New(Box::new(self.made_up())),
                };
                let from = match flip {
                    true => vec![who],
                    false => vec![who, other],
                };
                let input = Merge {
                    from,
                    into,
                    on,
                    reason,
                };
                let done = merge(&store, &mut self.ctx, &input).await;
                (format!("{input:?}"), true, self.keep(done))
            }
            8 => {
                let duties_to = (self.dice.below(3) > 0).then_some(other);
                let input = Close {
                    organisation: who,
                    on,
                    duties_to,
                    give_up: flip,
                    reason,
                };
                let done = close(&store, &mut self.ctx, &input).await;
                self.closed.extend(done.is_ok().then_some(who));
                (format!("{input:?}"), true, done.map(drop))
            }
            9 => {
                let mut parts: Vec<Part> = (0..2)
                    .map(|_| Part {
                        new: self.made_up(),
                        members: Vec::new(),
                    })
                    .collect();
                for member in self.below(who).await {
                    parts[self.dice.below(2)].members.push(member);
                }
                let duties_to = (self.dice.below(3) > 0).then_some(1);
                let input = Split {
                    organisation: who,
                    parts,
                    continues: self.dice.below(3) == 0,
                    duties_to,
                    give_up: flip,
                    on,
                    reason,
                };
                let done = split(&store, &mut self.ctx, &input).await;
                (format!("{input:?}"), true, self.keep(done))
            }
            10 => {
                let (reports_to, coordinated_by) = (None, None);
                let organisation = self.closed.pop().unwrap_or(who);
                let on = on.saturating_add(Span::new().days(60));
                let input = Reopen {
                    organisation,
                    on,
                    reports_to,
                    coordinated_by,
                    reason,
                };
                let done = reopen(&store, ctx, &input).await;
                (format!("{input:?}"), true, done.map(drop))
            }
            11 => {
                let Some(last) = self.undoable.len().checked_sub(1) else {
                    return ("nothing to undo".to_owned(), false, Ok(()));
                };
                let reorganisation = self.undoable[last - self.dice.below(last.min(2) + 1)];
                let input = Undo {
                    reorganisation,
                    reason,
                };
                let done = undo_merge(&store, &mut self.ctx, &input).await;
                (format!("{input:?}"), true, done.map(drop))
            }
            _ if flip => ("open the year".to_owned(), true, self.open().await),
            _ => {
                let days = i64::from(days) / 4;
                self.clock
                    .fetch_add(days * 86_400_000_000, Ordering::Relaxed);
                ("time passes".to_owned(), false, Ok(()))
            }
        }
    }

    fn keep(
        &mut self,
        done: Result<actions::organisations::Consequences, Error>,
    ) -> Result<(), Error> {
        let done = done?;
        self.all.extend(&done.made);
        self.undoable.extend(done.reorganisation);
        Ok(())
    }
}

on_both_engines! {
    async fn no_sequence_of_acts_leaves_a_record_without_a_duty_or_asks_for_anything_twice(db: TestDatabase) {
        let seed: u64 = std::env::var("SAITHONG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(67);
        let mut done = BTreeMap::<&str, usize>::new();
        for seed in seed..seed + SEQUENCES {
            // Each sequence in a database of its own, beside the one of the test.
            let fresh = testkit::database(db.store.engine()).await;
            let mut year = Year::begin(&fresh.store, seed).await;
            for number in 0..ACTS {
                let before = Board::read(&fresh.store).await;
                let (what, of_organisations, outcome) = year.act().await;
                let told = format!("seed {seed}, act {number}: {what}");
                match outcome {
                    Ok(()) => {
                        let kind = what.split([' ', '{']).next().unwrap_or_default();
                        let kinds = ["record", "certify", "Merge", "Close", "Split", "Reopen", "Undo", "open"];
                        *done.entry(kinds.into_iter().find(|it| *it == kind).unwrap_or("other")).or_default() += 1;
                    }
                    Err(Error::Invalid(_) | Error::Stale(_) | Error::NotFound(_)) => {}
                    Err(error) => panic!("{told}: {error:?}"),
                }
                let after = Board::read(&fresh.store).await;
                after.holds(&told);
                if of_organisations {
                    let settled = after.settled(year.today());
                    for one in before.settled(year.today()) {
                        assert!(settled.contains(&one), "{told}: changed {one:?}");
                    }
                }
            }
            chain::Snapshot::build(&fresh.store.facts(None).await.unwrap()).unwrap();
            assert_eq!(trail::verify(&fresh.store, None).await.unwrap(), []);
            let rows: Vec<Kept<Succession>> = store::all(&fresh.store).await.unwrap();
            assert!(rows.iter().all(|it| it.row.predecessor != it.row.successor));
        }
        // A test of the test: sequences in which everything is refused would prove nothing.
        for kind in ["record", "certify", "Merge", "Close", "Split", "Reopen", "Undo", "open"] {
            assert!(done.get(kind).is_some_and(|n| *n > 0), "no {kind} was done: {done:?}");
        }
    }
}
