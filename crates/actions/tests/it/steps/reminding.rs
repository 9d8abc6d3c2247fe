//! Organisations are reminded of what is due: schools through their agency, nobody twice on one day.

use super::{YEAR, codes, opened, organisation, recorded, somebody, stale};
use actions::{
    Ctx, Error,
    live::Live,
    people::{AtHand, Kind},
    steps::{Addressed, Remind, Reminded, Whom, preview_remind, remind},
};
use domain::{duty::DutyItem, ids::OrganisationId, people::Role, reminder::Reminder, time::Moment};
use store::{Kept, Store, trail};
use testkit::{TestDatabase, on_both_engines};

/// One day, in the unit of moments.
const DAY: i64 = 86_400_000_000;
const TEXT: &str = "โปรดรายงานภายในสัปดาห์นี้ (ตัวอย่าง)";

fn of(whom: Whom) -> Remind {
    Remind {
        province: "67".to_owned(),
        year: YEAR,
        item: DutyItem::Step7_1,
        whom,
        text: TEXT.to_owned(),
    }
}

/// The same person so many days later.
fn later(ctx: Ctx, days: i64) -> Ctx {
    let Ctx { actor, who, .. } = ctx;
    let mut now = testkit::clock::MORNING.0 + days * DAY;
    // Two people never draw the same random bytes.
    let mut drawn = who.person().unwrap().0.as_u64_pair().1;
    let clock = move || {
        now += 1_000_000;
        Moment(now)
    };
    let mut later = Ctx::new(actor, clock, move |bytes| {
        for chunk in bytes.chunks_mut(8) {
            drawn += 1;
            chunk.copy_from_slice(&drawn.to_be_bytes()[..chunk.len()]);
        }
    });
    later.who = who;
    later
}

fn to(reminded: &Reminded, organisation: OrganisationId) -> Option<&Addressed> {
    reminded
        .to
        .iter()
        .find(|to| to.organisation == organisation)
}

async fn received(store: &Store, organisation: OrganisationId) -> Vec<Reminder> {
    let all = store::of::<Reminder, _>(store, &[organisation])
        .await
        .unwrap();
    all.into_iter()
        .map(|kept: Kept<Reminder>| kept.row)
        .collect()
}

async fn tasks(store: &Store, ctx: &mut Ctx) -> Vec<(OrganisationId, Kind, bool)> {
    let live = Live::load(store.clone()).await.unwrap();
    let at_hand = AtHand::load(store, ctx.now().thai_day()).await.unwrap();
    let person = ctx.who.person().unwrap();
    let work = live.read(|now| at_hand.work(&now.snapshot, person, &[]));
    let about = |item| item == Some(DutyItem::Step7_1);
    let tasks = work
        .tasks
        .into_iter()
        .filter(|task| about(task.cell.map(|cell| cell.0)));
    tasks
        .map(|task| (task.organisation, task.kind, task.reminded.is_some()))
        .collect()
}

on_both_engines! {
    async fn the_office_reminds_everybody_who_is_late_and_schools_through_their_agency(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "DOLE-PNB").await;
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, "DOLE-PNB").await;
        let school = somebody(&db.store, &mut ctx, Role::SchoolPlanner, "DOLE-6701").await;
        recorded(&db.store, "DOLE-PNB", DutyItem::Step7_1, &mut coordinator, Some(&mut approver)).await;
        // Due on 16 November 2026: on that day nobody is late yet.
        let mut planner = later(planner, 46);
        let early = remind(&db.store, &mut planner, of(Whom::AllLate)).await.unwrap_err();
        assert_eq!(stale(early), "step.nothing_to_remind");
        let mut planner = later(planner, 47);
        let empty = Remind { text: " ".to_owned(), ..of(Whom::AllLate) };
        let empty = remind(&db.store, &mut planner, empty).await.unwrap_err();
        assert_eq!(codes(empty), [("text".to_owned(), "step.text_needed")]);
        let before = preview_remind(&db.store, &mut planner, &of(Whom::AllLate)).await.unwrap();
        let reminded = remind(&db.store, &mut planner, of(Whom::AllLate)).await.unwrap();
        assert_eq!(before, reminded);
        let dole = organisation(&db.store, "DOLE-PNB").await;
        let agency = to(&reminded, dole).unwrap();
        assert_eq!((agency.own, agency.schools.len()), (false, 11), "its own is certified");
        let pupil = organisation(&db.store, "DOLE-6701").await;
        assert_eq!(to(&reminded, pupil), None, "never the school itself");
        assert!(to(&reminded, organisation(&db.store, "ESAO-PNB1").await).unwrap().own);
        // A school without an agency of the province above it answers for itself.
        assert!(to(&reminded, organisation(&db.store, "RPK57").await).unwrap().own);
        let row = received(&db.store, dole).await.pop().unwrap();
        assert_eq!((row.own, row.schools, row.text.as_str()), (false, 11, TEXT));
        assert_eq!(row.from, Some(organisation(&db.store, "PNBPEO").await));
        assert_eq!(received(&db.store, pupil).await, []);
        let mut coordinator = later(coordinator, 47);
        let mine = tasks(&db.store, &mut coordinator).await;
        assert!(mine.contains(&(dole, Kind::Coordinate(11), true)), "{mine:?}");
        let mut school = later(school, 47);
        assert_eq!(tasks(&db.store, &mut school).await, [(pupil, Kind::Record, false)]);
        let told = trail::Filter { act: Some("step.remind".to_owned()), ..trail::Filter::default() };
        assert_eq!(trail::events(&db.store, "67", 0, 10, &told).await.unwrap().len(), 1, "one act, one event");
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn nobody_is_reminded_of_a_step_twice_on_one_day(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let esao = organisation(&db.store, "ESAO-PNB1").await;
        let mut planner = later(planner, 30);
        // One organisation may be reminded before its day, too: the step is open.
        let one = remind(&db.store, &mut planner, of(Whom::One(esao))).await.unwrap();
        assert_eq!(one.to, [Addressed { organisation: esao, own: true, schools: Vec::new() }]);
        let again = remind(&db.store, &mut planner, of(Whom::One(esao))).await.unwrap_err();
        assert_eq!(stale(again), "step.reminded_today");
        let mut coordinator = later(coordinator, 30);
        assert_eq!(tasks(&db.store, &mut coordinator).await, [(esao, Kind::Record, true)]);
        let mut planner = later(planner, 47);
        remind(&db.store, &mut planner, of(Whom::One(esao))).await.unwrap();
        let all = remind(&db.store, &mut planner, of(Whom::AllLate)).await.unwrap();
        assert_eq!((to(&all, esao), all.already.as_slice()), (None, [esao].as_slice()));
        assert_eq!(received(&db.store, esao).await.len(), 2);
        let rest = remind(&db.store, &mut planner, of(Whom::AllLate)).await.unwrap_err();
        assert_eq!(stale(rest), "step.reminded_today");
    }

    async fn a_school_is_reminded_by_its_agency_itself_and_by_nobody_of_another_line(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let agency = somebody(&db.store, &mut ctx, Role::Coordinator, "DOLE-PNB").await;
        let other = somebody(&db.store, &mut ctx, Role::Approver, "ESAO-PNB1").await;
        let reader = somebody(&db.store, &mut ctx, Role::Executive, "PNBPEO").await;
        let school = organisation(&db.store, "DOLE-6701").await;
        let dole = organisation(&db.store, "DOLE-PNB").await;
        for ctx in [other, reader] {
            for whom in [Whom::One(school), Whom::One(OrganisationId::from_u128(99))] {
                let refused = remind(&db.store, &mut later_of(&ctx), of(whom)).await;
                assert!(matches!(refused, Err(Error::Forbidden { .. })));
            }
        }
        let mut agency = later(agency, 47);
        let own = remind(&db.store, &mut agency, of(Whom::One(school))).await.unwrap();
        assert_eq!(own.to, [Addressed { organisation: school, own: true, schools: Vec::new() }]);
        let mut planner = later(planner, 47);
        let through = remind(&db.store, &mut planner, of(Whom::One(school))).await.unwrap();
        assert_eq!(through.to, [Addressed { organisation: dole, own: false, schools: vec![school] }]);
        // The line of the agency: what is late below it, and nothing of others.
        let mut agency = later(agency, 48);
        let all = remind(&db.store, &mut agency, of(Whom::AllLate)).await.unwrap();
        assert_eq!(all.to.len(), 12);
        assert!(all.to.iter().all(|to| to.own && to.schools.is_empty()));
    }
}

/// A second context of the same person, some days later.
fn later_of(ctx: &Ctx) -> Ctx {
    let mut again = Ctx::new(ctx.actor.clone(), || Moment(0), |bytes| bytes.fill(7));
    again.who = ctx.who;
    later(again, 47)
}
