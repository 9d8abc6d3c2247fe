//! What is owed and recorded on the board while organisations merge, split, close and open again.

use super::{LETTER, org, register, row, structure::give, wrong};
use actions::{
    Ctx, Error,
    organisations::{
        Close, Into, Merge, NewOrganisation, Part, Reopen, Split, Undo, close, merge, preview,
        reopen, split, undo_merge,
    },
    steps::{
        Cell, NewFile, NotApplicable, OpenYear, Opened, Record, Recorded, Said, certify,
        not_applicable, open_year, record,
    },
};
use domain::{
    duty::{Duty, DutyItem},
    ids::{DutyId, OrganisationId, ReorganisationId},
    organisation::{Class, OrganisationText},
    step::{KeptRecord, StepFile, StepRecord, StepState},
    time::{FiscalYear, Period},
};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use store::{Kept, Store, trail};
use testkit::{TestDatabase, on_both_engines};

const YEAR: FiscalYear = FiscalYear(2570);
const ON: Date = date(2027, 1, 1);

pub async fn open(store: &Store, ctx: &mut Ctx) -> Opened {
    let year = OpenYear {
        province: "67".to_owned(),
        year: YEAR,
    };
    open_year(store, ctx, year).await.unwrap()
}

/// The register with an opened year.
async fn opened(store: &Store) -> Ctx {
    let mut ctx = register(store).await;
    open(store, &mut ctx).await;
    ctx
}

pub async fn cell(store: &Store, organisation: OrganisationId, item: DutyItem) -> Cell {
    let period = Period::fiscal(YEAR);
    let seen = store::steps::record(store, organisation, item, period)
        .await
        .unwrap();
    Cell {
        organisation,
        item,
        period,
        seen: seen.map(|kept| kept.stamp.version),
    }
}

pub async fn recorded(
    store: &Store,
    ctx: &mut Ctx,
    organisation: OrganisationId,
    item: DutyItem,
) -> Result<(), Error> {
    let done = proven(store, ctx, organisation, item, Vec::new()).await;
    done.map(drop)
}

async fn proven(
    store: &Store,
    ctx: &mut Ctx,
    organisation: OrganisationId,
    item: DutyItem,
    files: Vec<NewFile>,
) -> Result<Recorded, Error> {
    let said = Said {
        done_on: "1 ต.ค. 2569".to_owned(),
        document: "ตัวอย่าง 1/2570".to_owned(),
        ..Said::default()
    };
    let cell = cell(store, organisation, item).await;
    let new = Record {
        files,
        ..Record::new(cell, said)
    };
    record(store, ctx, new).await
}

async fn certified(store: &Store, ctx: &mut Ctx, organisation: OrganisationId, item: DutyItem) {
    let cell = cell(store, organisation, item).await;
    certify(store, ctx, cell).await.unwrap();
}

/// Every duty that stands and applies, by organisation: N.
async fn owed(store: &Store) -> BTreeMap<OrganisationId, Vec<(DutyItem, Period)>> {
    let all: Vec<Kept<Duty>> = store::all(store).await.unwrap();
    let mut owed: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for duty in all
        .into_iter()
        .map(|kept| kept.row)
        .filter(|it| it.applicable)
    {
        let of = owed.entry(duty.organisation).or_default();
        of.push((duty.item, duty.period));
        of.sort_by_key(|(item, period)| (*item as u8, *period));
    }
    owed
}

async fn standing(
    store: &Store,
    organisation: OrganisationId,
    item: DutyItem,
) -> Option<StepRecord> {
    let kept = store::steps::record(store, organisation, item, Period::fiscal(YEAR)).await;
    kept.unwrap().map(|kept| kept.row)
}

async fn merging(store: &Store, from: &str, into: &str) -> Merge {
    Merge {
        from: vec![org(store, from).await],
        into: Into::Standing(org(store, into).await),
        on: ON,
        reason: LETTER.to_owned(),
    }
}

fn closing(organisation: OrganisationId) -> Close {
    Close {
        organisation,
        on: ON,
        duties_to: None,
        give_up: false,
        reason: LETTER.to_owned(),
    }
}

fn undoing(reorganisation: Option<ReorganisationId>) -> Undo {
    Undo {
        reorganisation: reorganisation.unwrap(),
        reason: LETTER.to_owned(),
    }
}

fn new(code: &str, class: Option<Class>) -> NewOrganisation {
    NewOrganisation {
        text: OrganisationText {
            code: code.to_owned(),
            province: Some("67".to_owned()),
            name_th: format!("หน่วยงานตัวอย่าง {code}"),
            ..OrganisationText::default()
        },
        class,
        ..NewOrganisation::default()
    }
}

on_both_engines! {
    async fn opening_the_year_again_gave_a_merged_office_its_duties_back(db: TestDatabase) {
        let mut ctx = opened(&db.store).await;
        let before = owed(&db.store).await;
        let done = merge(&db.store, &mut ctx, &merging(&db.store, "DOLE-PNB", "PVEC-PNB").await).await.unwrap();
        let merged = owed(&db.store).await;
        assert_eq!(open(&db.store, &mut ctx).await.made, 0);
        assert_eq!(owed(&db.store).await, merged, "N counts what is owed once");
        let office = org(&db.store, "DOLE-PNB").await;
        let left = &merged[&office];
        assert!(left.iter().all(|(_, period)| period.last_day() < ON), "only the quarter that is over: {left:?}");
        undo_merge(&db.store, &mut ctx, &undoing(done.reorganisation)).await.unwrap();
        assert_eq!(owed(&db.store).await, before);
        assert_eq!(open(&db.store, &mut ctx).await.made, 0);
    }

    async fn opening_the_year_again_gave_a_closed_school_its_duties_back(db: TestDatabase) {
        let mut ctx = opened(&db.store).await;
        let before = owed(&db.store).await;
        let school = org(&db.store, "VEC-POLY-PNB").await;
        close(&db.store, &mut ctx, &closing(school)).await.unwrap();
        assert_eq!(open(&db.store, &mut ctx).await.made, 0);
        let again = Reopen {
            organisation: school,
            on: date(2027, 2, 1),
            reports_to: None,
            coordinated_by: None,
            reason: LETTER.to_owned(),
        };
        reopen(&db.store, &mut ctx, &again).await.unwrap();
        open(&db.store, &mut ctx).await;
        assert_eq!(owed(&db.store).await, before, "it owes what it owed, once");
    }

    async fn opening_the_year_after_a_split_left_an_undo_that_ended_in_status_500(db: TestDatabase) {
        let mut ctx = opened(&db.store).await;
        let before = owed(&db.store).await;
        let office = org(&db.store, "PVEC-PNB").await;
        let facts = db.store.facts(None).await.unwrap();
        let mut members: Vec<OrganisationId> =
            facts.memberships.iter().filter(|it| it.parent == office).map(|it| it.organisation).collect();
        members.sort();
        members.dedup();
        let class = Some(Class::AgencyWithSchools);
        let input = Split {
            organisation: office,
            parts: vec![Part { new: new("A1", class), members }, Part { new: new("A2", class), members: Vec::new() }],
            continues: false,
            duties_to: Some(0),
            give_up: false,
            on: ON,
            reason: LETTER.to_owned(),
        };
        let done = split(&db.store, &mut ctx, &input).await.unwrap();
        let opened = open(&db.store, &mut ctx).await;
        assert!(opened.made > 0, "the second part owes by its class");
        let owes = owed(&db.store).await;
        assert!(owes[&office].iter().all(|(_, period)| period.last_day() < ON), "the whole owes nothing again");
        undo_merge(&db.store, &mut ctx, &undoing(done.reorganisation)).await.unwrap();
        assert_eq!(owed(&db.store).await, before);
    }

    async fn an_undo_over_a_duty_that_came_back_ended_in_status_500(db: TestDatabase) {
        let mut ctx = opened(&db.store).await;
        let done = merge(&db.store, &mut ctx, &merging(&db.store, "DOLE-PNB", "PVEC-PNB").await).await.unwrap();
        // As databases have it in which the year was opened again after a merger.
        let organisation = org(&db.store, "DOLE-PNB").await;
        let (id, item, period) = (DutyId::from_u128(1), DutyItem::Step6, Period::fiscal(YEAR));
        let (due, applicable, reported_on) = (date(2027, 1, 31), true, None);
        let back = Duty { id, organisation, item, period, due, applicable, reported_on };
        give(&db.store, 1, back).await;
        let refused = wrong(undo_merge(&db.store, &mut ctx, &undoing(done.reorganisation)).await);
        assert_eq!(refused, [("Whole".to_owned(), "organisation.changed_since")]);
    }

    async fn the_record_of_a_merged_office_stayed_behind_without_a_duty(db: TestDatabase) {
        let mut ctx = opened(&db.store).await;
        let store = &db.store;
        let (from, into) = (org(store, "DOLE-PNB").await, org(store, "PVEC-PNB").await);
        let proof = NewFile { name: "คำสั่ง.pdf".to_owned(), content: b"%PDF-1.7 \xe0\xb8\x95".to_vec() };
        let file = proven(store, &mut ctx, from, DutyItem::Step6, vec![proof]).await.unwrap().files[0];
        recorded(store, &mut ctx, from, DutyItem::Step4).await.unwrap();
        certified(store, &mut ctx, from, DutyItem::Step4).await;

        let input = merging(store, "DOLE-PNB", "PVEC-PNB").await;
        let seen = preview(store, &mut ctx, &input).await.unwrap();
        let done = merge(store, &mut ctx, &input).await.unwrap();
        assert_eq!(seen.records_moved, done.records_moved, "told before and afterwards");
        let told: Vec<_> = done.records_moved.iter().map(|it| (it.organisation, it.item, it.state)).collect();
        assert_eq!(told, [(from, DutyItem::Step6, StepState::Recorded)]);
        let here = standing(store, into, DutyItem::Step6).await.unwrap();
        let files = store::of::<StepFile, _>(store, &[here.id]).await.unwrap();
        assert_eq!(files.iter().map(|kept| kept.row.file).collect::<Vec<_>>(), [file]);
        let history = store::history::<StepRecord>(store, here.id).await.unwrap();
        assert_eq!(history[0].row.organisation, from, "whose it was stays in its history");
        assert_eq!(standing(store, from, DutyItem::Step4).await.unwrap().state, StepState::Certified);
        let office = store::steps::duty(store, from, DutyItem::Step4, Period::fiscal(YEAR)).await.unwrap();
        assert!(office.unwrap().row.reported_on.is_some(), "what is certified is never touched");

        certified(store, &mut ctx, into, DutyItem::Step6).await;
        let late = wrong(undo_merge(store, &mut ctx, &undoing(done.reorganisation)).await);
        assert_eq!(late, [("Whole".to_owned(), "organisation.changed_since")]);
        assert_eq!(trail::verify(store, None).await.unwrap(), []);
    }

    async fn an_undo_brings_a_record_back_to_whose_it_was(db: TestDatabase) {
        let mut ctx = opened(&db.store).await;
        let store = &db.store;
        let (from, into) = (org(store, "DOLE-PNB").await, org(store, "PVEC-PNB").await);
        recorded(store, &mut ctx, from, DutyItem::Step6).await.unwrap();
        let done = merge(store, &mut ctx, &merging(store, "DOLE-PNB", "PVEC-PNB").await).await.unwrap();
        let undone = undo_merge(store, &mut ctx, &undoing(done.reorganisation)).await.unwrap();
        assert_eq!(undone.records_moved.len(), 1);
        assert!(standing(store, into, DutyItem::Step6).await.is_none());
        certified(store, &mut ctx, from, DutyItem::Step6).await;
    }

    async fn two_records_of_one_step_are_both_kept_and_the_one_is_read_beside_the_other(db: TestDatabase) {
        let mut ctx = opened(&db.store).await;
        let store = &db.store;
        let (from, into) = (org(store, "DOLE-PNB").await, org(store, "PVEC-PNB").await);
        for office in [from, into] {
            recorded(store, &mut ctx, office, DutyItem::Step4).await.unwrap();
        }
        let theirs = standing(store, from, DutyItem::Step4).await.unwrap();
        let done = merge(store, &mut ctx, &merging(store, "DOLE-PNB", "PVEC-PNB").await).await.unwrap();
        assert_eq!(done.records_kept.iter().map(|it| it.record).collect::<Vec<_>>(), [theirs.id]);
        assert_eq!(standing(store, from, DutyItem::Step4).await, Some(theirs.clone()));
        let kept = store::of::<KeptRecord, _>(store, &[into]).await.unwrap();
        assert_eq!(kept.iter().map(|kept| kept.row.record).collect::<Vec<_>>(), [theirs.id]);
        // What the successor did with its own record since is no hindrance: the merger left it alone.
        certified(store, &mut ctx, into, DutyItem::Step4).await;
        undo_merge(store, &mut ctx, &undoing(done.reorganisation)).await.unwrap();
        assert!(store::of::<KeptRecord, _>(store, &[into]).await.unwrap().is_empty());
        certified(store, &mut ctx, from, DutyItem::Step4).await;
    }

    async fn an_undo_took_the_duty_from_under_a_record_of_the_successor(db: TestDatabase) {
        let mut ctx = opened(&db.store).await;
        let store = &db.store;
        let from = vec![org(store, "DOLE-PNB").await, org(store, "PVEC-PNB").await];
        let into = Into::New(Box::new(new("N1", None)));
        let input = Merge { from, into, on: ON, reason: LETTER.to_owned() };
        let done = merge(store, &mut ctx, &input).await.unwrap();
        recorded(store, &mut ctx, done.made[0], DutyItem::Step6).await.unwrap();
        let refused = undo_merge(store, &mut ctx, &undoing(done.reorganisation)).await;
        let Err(Error::Stale(issue)) = refused else { panic!("{refused:?}") };
        assert_eq!(issue.code, "organisation.changed_since");
        assert!(format!("{:?}", issue.args).contains("N1"), "{:?}", issue.args);
        assert!(standing(store, done.made[0], DutyItem::Step6).await.is_some());
    }

    async fn closing_without_a_successor_is_held_back_by_what_was_begun(db: TestDatabase) {
        let mut ctx = opened(&db.store).await;
        let store = &db.store;
        let school = org(store, "VEC-POLY-PNB").await;
        recorded(store, &mut ctx, school, DutyItem::Step7_1).await.unwrap();
        recorded(store, &mut ctx, school, DutyItem::Step7_2).await.unwrap();
        certified(store, &mut ctx, school, DutyItem::Step7_2).await;
        let no = NotApplicable { cell: cell(store, school, DutyItem::Step7_3).await, reason: "ตัวอย่าง".to_owned() };
        not_applicable(store, &mut ctx, no).await.unwrap();
        certified(store, &mut ctx, school, DutyItem::Step7_3).await;

        let refused = close(store, &mut ctx, &closing(school)).await;
        let Err(Error::Invalid(issues)) = &refused else { panic!("{refused:?}") };
        assert!(format!("{:?}", issues[0].args).contains("7.1 (2570)"), "{issues:?}");
        assert_eq!(wrong(refused), [("give_up".to_owned(), "organisation.open_records")]);
        let given_up = Close { give_up: true, ..closing(school) };
        let seen = preview(store, &mut ctx, &given_up).await.unwrap();
        assert_eq!(seen.records_given_up.iter().map(|it| it.item).collect::<Vec<_>>(), [DutyItem::Step7_1]);
        let office = org(store, "PVEC-PNB").await;
        let handed = preview(store, &mut ctx, &Close { duties_to: Some(office), ..closing(school) }).await.unwrap();
        assert_eq!((handed.records_moved.len(), handed.records_given_up.len()), (1, 0));

        let id = standing(store, school, DutyItem::Step7_1).await.unwrap().id;
        close(store, &mut ctx, &given_up).await.unwrap();
        assert!(standing(store, school, DutyItem::Step7_1).await.is_none());
        assert_eq!(store::history::<StepRecord>(store, id).await.unwrap().len(), 1, "it stays in the history");
        for item in [DutyItem::Step7_2, DutyItem::Step7_3] {
            assert_eq!(standing(store, school, item).await.unwrap().state, StepState::Certified);
            let duty = store::steps::duty(store, school, item, Period::fiscal(YEAR)).await.unwrap();
            assert!(duty.is_some(), "{item}: what is certified, also that it does not apply, keeps its duty");
        }
        assert_eq!(row(store, "VEC-POLY-PNB").await.0.closed, Some(ON));
    }

    async fn of_two_who_undo_one_merger_at_once_one_does_it_and_the_other_is_told(db: TestDatabase) {
        let mut ctx = opened(&db.store).await;
        let done = merge(&db.store, &mut ctx, &merging(&db.store, "DOLE-PNB", "PVEC-PNB").await).await.unwrap();
        let before = trail::heads(&db.store).await.unwrap();
        let undo = undoing(done.reorganisation);
        let stores = [db.open_again().await, db.open_again().await];
        let now = ctx.now();
        let tasks = [0, 1].map(|n| {
            let (store, undo) = (stores[n].clone(), undo.clone());
            // Each with a clock and random numbers of its own, as two processes have.
            let mut drawn = 1_000_000_000 * (n as u64 + 1);
            let (mut at, name) = (now.0, format!("ตัวอย่าง {n}"));
            let clock = move || {
                at += 1_000_000;
                domain::time::Moment(at)
            };
            let mut ctx = Ctx::new(name, clock, move |bytes| {
                for chunk in bytes.chunks_mut(8) {
                    drawn += 1;
                    chunk.copy_from_slice(&drawn.to_le_bytes()[..chunk.len()]);
                }
            });
            let runtime = tokio::runtime::Handle::current();
            tokio::task::spawn_blocking(move || runtime.block_on(undo_merge(&store, &mut ctx, &undo)))
        });
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.unwrap());
        }
        let (done, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!((done.len(), refused.len()), (1, 1));
        let Some(Err(Error::Stale(issue))) = refused.into_iter().next() else { panic!("not a conflict") };
        assert_eq!(issue.code, "organisation.undone_already");
        let after = trail::heads(&db.store).await.unwrap();
        let events: i64 = after.iter().map(|it| it.number).sum::<i64>() - before.iter().map(|it| it.number).sum::<i64>();
        assert_eq!(events, 1, "one event and no more");
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }
}
