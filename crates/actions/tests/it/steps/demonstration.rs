//! The demonstration plays two years by its people, each act on its day.

use actions::{
    Ctx,
    demo::{BEGIN, Clock, people, play},
    steps::periods,
};
use domain::{
    duty::{Duty, DutyItem, DutyState},
    inquiry::{Inquiry, InquiryState},
    people::Person,
    reminder::Reminder,
    step::{StepRecord, StepState},
    time::{FiscalYear, Moment},
};
use jiff::civil::date;
use std::collections::{BTreeSet, HashMap};
use store::{Kept, trail};
use testkit::{TestDatabase, on_both_engines};

/// 23 November 2026.
const NOW: Moment = Moment(1_795_401_900_000_000);
const PAST: FiscalYear = FiscalYear(2569);
const PRESENT: FiscalYear = FiscalYear(2570);

fn beginning() -> (Ctx, Clock) {
    let clock = Clock::at(BEGIN);
    let hands = clock.clone();
    let mut drawn = 0_u64;
    let mut ctx = Ctx::new(
        "ตัวอย่าง ผู้ดูแล",
        move || hands.now(),
        move |bytes| {
            for chunk in bytes.chunks_mut(8) {
                drawn = drawn.wrapping_add(0x9e37_79b9_7f4a_7c15);
                chunk.copy_from_slice(&drawn.to_be_bytes()[..chunk.len()]);
            }
        },
    );
    ctx.cost = actions::accounts::Cost::LEAST;
    (ctx, clock)
}

on_both_engines! {
    async fn a_whole_year_and_the_beginning_of_the_next_are_entered_by_people_on_their_days(db: TestDatabase) {
        let (mut ctx, clock) = beginning();
        actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        people(&db.store, &mut ctx).await.unwrap();
        let entered = play(&db.store, &mut ctx, &clock, NOW).await.unwrap();
        assert_eq!(play(&db.store, &mut ctx, &clock, NOW).await.unwrap(), 0);
        assert_eq!(ctx.actor, "ตัวอย่าง ผู้ดูแล");
        let all: Vec<Kept<StepRecord>> = store::all(&db.store).await.unwrap();
        assert_eq!(all.len(), entered);
        let people: Vec<Kept<Person>> = store::all(&db.store).await.unwrap();
        let names: HashMap<String, String> = people.into_iter().map(|kept| (kept.row.account, kept.row.name)).collect();
        for kept in &all {
            assert!(serde_json::to_string(&kept.row).unwrap().contains("ตัวอย่าง"), "{:?}", kept.row);
            let by = &kept.stamp.provenance.as_ref().unwrap().source;
            assert!(names[by].starts_with("ตัวอย่าง"), "{by}");
        }
        let of = |year: FiscalYear| all.iter().map(|kept| &kept.row).filter(move |row| row.period.year == year.0);
        // The year that is over: every step has been done by somebody, four times where it is asked four times.
        let done: BTreeSet<_> = of(PAST).filter(|row| row.state == StepState::Certified).map(|row| (row.item, row.period)).collect();
        assert_eq!(done.len(), DutyItem::ALL.len() - 1 + 4);
        let duties = store::steps::duties(&db.store, &periods(PAST)).await.unwrap();
        let duties: Vec<Duty> = duties.into_iter().map(|kept| kept.row).collect();
        let count = |state| duties.iter().filter(|duty| duty.state(date(2026, 11, 23)) == state).count();
        let late = duties.iter().filter(|duty| duty.reported_on.is_some_and(|on| on > duty.due)).count();
        let (reported, missing) = (count(DutyState::Reported), count(DutyState::Missing));
        assert!(reported > 300 && (2..10).contains(&missing) && (20..80).contains(&late), "{reported} {missing} {late}");
        assert!(of(PAST).any(|row| row.is_not_applicable() && row.state == StepState::Certified));
        assert!(of(PAST).any(|row| row.on_behalf.is_some() && row.state == StepState::Certified));
        assert!(of(PAST).any(|row| row.state == StepState::Returned));
        // A holiday that only its announcement tells moved what was due on it.
        let third = duties.iter().filter(|duty| duty.item == DutyItem::Step7_5 && duty.period == periods(PAST)[3]);
        assert!(third.map(|duty| duty.due).all(|due| due == date(2026, 7, 31)));
        // The year that has begun.
        let states: BTreeSet<StepState> = of(PRESENT).map(|row| row.state).collect();
        assert_eq!(states.len(), StepState::ALL.len());
        assert!(of(PRESENT).any(|row| row.count() == Some(0)));
        let inquiries: Vec<Kept<Inquiry>> = store::all(&db.store).await.unwrap();
        let how: BTreeSet<InquiryState> = inquiries.iter().map(|kept| kept.row.state).collect();
        assert_eq!(how, BTreeSet::from([InquiryState::Asked, InquiryState::Closed]));
        let reminders: Vec<Kept<Reminder>> = store::all(&db.store).await.unwrap();
        let years: BTreeSet<i16> = reminders.iter().map(|kept| kept.row.period.year).collect();
        assert_eq!(years, BTreeSet::from([PAST.0, PRESENT.0]));
        // The trail tells who did it and when, from the first day to the last.
        let steps = trail::Filter { act: Some("step.certify".to_owned()), ..trail::Filter::default() };
        let told = trail::events(&db.store, "67", 0, 10_000, &steps).await.unwrap();
        assert!(told.iter().all(|event| names.contains_key(&event.actor)));
        let days: Vec<_> = told.iter().map(|event| event.at.thai_day()).collect();
        assert!(days.is_sorted() && days[0] < date(2025, 11, 1) && days[days.len() - 1] > date(2026, 11, 1));
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
        crate::office::snapshot(&db.store).await;
    }

    async fn what_lies_after_today_has_not_happened_yet(db: TestDatabase) {
        let (mut ctx, clock) = beginning();
        actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        people(&db.store, &mut ctx).await.unwrap();
        // 3 December 2025.
        let until = Moment(BEGIN.0 + 63 * 86_400_000_000);
        let entered = play(&db.store, &mut ctx, &clock, until).await.unwrap();
        assert!((50..250).contains(&entered), "{entered}");
        let events = trail::events(&db.store, "67", 0, 10_000, &trail::Filter::default()).await.unwrap();
        assert!(events.iter().all(|event| event.at.thai_day() <= until.thai_day()));
    }
}
