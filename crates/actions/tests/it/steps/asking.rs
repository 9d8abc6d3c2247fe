//! More is asked about what is recorded: it rejects nothing, is answered in one of three ways, and closed by who asked.

use super::{
    PDF, cell, codes, duty, opened, organisation, recorded, said, somebody, stale, standing,
};
use actions::{
    Ctx, Error,
    live::Live,
    people::{AtHand, Kind, Task},
    steps::{
        Answer, AskForMore, Cell, NewFile, Record, answer, ask_for_more, certify, close_inquiry,
        record, return_,
    },
};
use domain::{
    duty::DutyItem,
    ids::{InquiryId, StepRecordId},
    inquiry::{Inquiry, InquiryState},
    people::Role,
    step::{StepFile, StepState},
};
use jiff::civil::date;
use store::{Kept, Store, trail};
use testkit::{TestDatabase, on_both_engines};
use uuid::Uuid;

const STEP: DutyItem = DutyItem::Step6;
const WANTED: &str = "โปรดระบุจำนวนกรรมการ (ตัวอย่าง)";

fn ask(cell: Cell, due: &str) -> AskForMore {
    AskForMore {
        cell,
        wanted: WANTED.to_owned(),
        due: due.to_owned(),
    }
}

async fn inquiry(store: &Store, id: InquiryId) -> Kept<Inquiry> {
    store::get::<Inquiry>(store, id).await.unwrap().unwrap()
}

async fn in_words(store: &Store, ctx: &mut Ctx, id: InquiryId, words: &str) -> Result<(), Error> {
    let seen = inquiry(store, id).await.stamp.version;
    let new = Answer {
        inquiry: id,
        seen,
        words: words.to_owned(),
        files: Vec::new(),
    };
    answer(store, ctx, new).await
}

async fn close(store: &Store, ctx: &mut Ctx, id: InquiryId) -> Result<(), Error> {
    let seen = inquiry(store, id).await.stamp.version;
    close_inquiry(store, ctx, id, seen).await
}

/// The tasks of somebody about the step, but for what is merely due.
async fn tasks(store: &Store, ctx: &mut Ctx) -> Vec<Task> {
    let live = Live::load(store.clone()).await.unwrap();
    let at_hand = AtHand::load(store, ctx.now().thai_day()).await.unwrap();
    let person = ctx.who.person().unwrap();
    let mut work = live.read(|now| at_hand.work(&now.snapshot, person, &[]));
    let about = |task: &Task| matches!(task.kind, Kind::AskedForMore(_) | Kind::Answered);
    work.tasks.retain(about);
    work.tasks
}

on_both_engines! {
    async fn more_is_asked_answered_in_words_asked_again_and_closed_and_the_record_counts_all_the_while(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, "ESAO-PNB1").await;
        let at = recorded(&db.store, "ESAO-PNB1", STEP, &mut coordinator, Some(&mut approver)).await;
        let wrong = AskForMore { wanted: " \u{200b}".to_owned(), ..ask(at, "30/9/2569") };
        let wrong = ask_for_more(&db.store, &mut planner, wrong).await.unwrap_err();
        assert_eq!(codes(wrong), [
            ("wanted".to_owned(), "step.wanted_needed"), ("due".to_owned(), "step.due_past"),
        ]);
        // 10 October 2026 is a Saturday.
        let id = ask_for_more(&db.store, &mut planner, ask(at, "๑๐ ต.ค. ๒๕๖๙")).await.unwrap();
        let asked = inquiry(&db.store, id).await.row;
        assert_eq!((asked.state, asked.due), (InquiryState::Asked, Some(date(2026, 10, 12))));
        assert_eq!(asked.from, Some(organisation(&db.store, "PNBPEO").await));
        let mine = tasks(&db.store, &mut coordinator).await;
        assert_eq!(mine.len(), 1);
        assert_eq!((&mine[0].kind, mine[0].due), (&Kind::AskedForMore(WANTED.to_owned()), asked.due));
        assert_eq!(tasks(&db.store, &mut planner).await, []);
        let twice = ask_for_more(&db.store, &mut planner, ask(at, "")).await.unwrap_err();
        assert_eq!(stale(twice), "step.asked_already");
        let own = ask_for_more(&db.store, &mut approver, ask(at, "")).await.unwrap_err();
        assert_eq!(stale(own), "step.ask_own", "inside one's own office a record is sent back");
        // Only the organisation answers, and not with nothing.
        let refused = in_words(&db.store, &mut planner, id, "30 คน").await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
        let empty = in_words(&db.store, &mut coordinator, id, " ").await.unwrap_err();
        assert_eq!(codes(empty), [("answer".to_owned(), "step.answer_needed")]);
        in_words(&db.store, &mut coordinator, id, "30 คน").await.unwrap();
        let again = in_words(&db.store, &mut coordinator, id, "31 คน").await.unwrap_err();
        assert_eq!(stale(again), "step.answered_already");
        assert_eq!(tasks(&db.store, &mut coordinator).await, []);
        assert_eq!(tasks(&db.store, &mut planner).await[0].kind, Kind::Answered);
        assert_eq!(ask_for_more(&db.store, &mut planner, ask(at, "")).await.unwrap(), id);
        in_words(&db.store, &mut coordinator, id, "ชาย 10 หญิง 20").await.unwrap();
        close(&db.store, &mut planner, id).await.unwrap();
        assert_eq!(tasks(&db.store, &mut planner).await, []);
        let states: Vec<InquiryState> = store::history::<Inquiry>(&db.store, id).await.unwrap()
            .into_iter().map(|kept| kept.row.state).collect();
        use InquiryState::{Answered, Asked, Closed};
        assert_eq!(states, [Asked, Answered, Asked, Answered, Closed]);
        // Nothing of it touched the record or what counts.
        assert_eq!(standing(&db.store, at).await.unwrap().state, StepState::Certified);
        assert_eq!(cell(&db.store, "ESAO-PNB1", STEP).await, at);
        assert!(duty(&db.store, at).await.reported_on.is_some());
        let told = |act: &str| trail::Filter { act: Some(act.to_owned()), ..trail::Filter::default() };
        for (act, times) in [("step.ask_for_more", 2), ("step.answer", 2), ("step.close_inquiry", 1)] {
            assert_eq!(trail::events(&db.store, "67", 0, 10, &told(act)).await.unwrap().len(), times, "{act}");
        }
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
        // A new inquiry begins once the old one is closed.
        assert_ne!(ask_for_more(&db.store, &mut planner, ask(at, "")).await.unwrap(), id);
    }

    async fn an_answer_by_files_is_no_part_of_what_was_certified(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, "ESAO-PNB1").await;
        let at = recorded(&db.store, "ESAO-PNB1", STEP, &mut coordinator, Some(&mut approver)).await;
        let id = ask_for_more(&db.store, &mut planner, ask(at, "")).await.unwrap();
        let seen = inquiry(&db.store, id).await.stamp.version;
        let file = |name: &str, content: &[u8]| NewFile { name: name.to_owned(), content: content.to_vec() };
        let with = |files| Answer { inquiry: id, seen, words: String::new(), files };
        let unsafe_ = with(vec![file("หน้า.png", b"<html>"), file("ว่าง.pdf", b"")]);
        let unsafe_ = answer(&db.store, &mut coordinator, unsafe_).await.unwrap_err();
        assert_eq!(codes(unsafe_), [
            ("file".to_owned(), "step.file_unsafe"), ("file".to_owned(), "step.file_empty"),
        ]);
        answer(&db.store, &mut coordinator, with(vec![file("คำสั่ง.pdf", PDF)])).await.unwrap();
        let record = standing(&db.store, at).await.unwrap();
        let files = store::of::<StepFile, StepRecordId>(&db.store, &[record.id]).await.unwrap();
        assert_eq!(files.iter().map(|kept| kept.row.inquiry).collect::<Vec<_>>(), [Some(id)]);
        assert_eq!(cell(&db.store, "ESAO-PNB1", STEP).await, at, "the record is the version that was certified");
        let late = answer(&db.store, &mut coordinator, with(vec![])).await.unwrap_err();
        assert_eq!(stale(late), "step.inquiry_changed");
    }

    async fn recording_again_answers_what_was_asked(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, "ESAO-PNB1").await;
        let at = recorded(&db.store, "ESAO-PNB1", STEP, &mut coordinator, Some(&mut approver)).await;
        let id = ask_for_more(&db.store, &mut planner, ask(at, "")).await.unwrap();
        return_(&db.store, &mut approver, at, "แก้ตามที่ ศธจ. ขอ").await.unwrap();
        let at = cell(&db.store, "ESAO-PNB1", STEP).await;
        let back = ask_for_more(&db.store, &mut planner, ask(at, "")).await.unwrap_err();
        assert_eq!(stale(back), "step.not_to_ask");
        record(&db.store, &mut coordinator, Record::new(at, said())).await.unwrap();
        let answered = inquiry(&db.store, id).await.row;
        assert_eq!((answered.state, answered.answer), (InquiryState::Answered, None));
        let at = cell(&db.store, "ESAO-PNB1", STEP).await;
        certify(&db.store, &mut approver, at).await.unwrap();
        close(&db.store, &mut planner, id).await.unwrap();
    }

    async fn an_agency_asks_its_school_and_no_other_office_closes_what_it_asked(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let mut agency = somebody(&db.store, &mut ctx, Role::Approver, "DOLE-PNB").await;
        let mut other = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut school = somebody(&db.store, &mut ctx, Role::SchoolPlanner, "DOLE-6701").await;
        let at = recorded(&db.store, "DOLE-6701", DutyItem::Step7_1, &mut school, None).await;
        for ctx in [&mut other, &mut school] {
            let refused = ask_for_more(&db.store, ctx, ask(at, "")).await;
            assert!(matches!(refused, Err(Error::Forbidden { .. })));
        }
        let id = ask_for_more(&db.store, &mut agency, ask(at, "")).await.unwrap();
        let beside = ask_for_more(&db.store, &mut planner, ask(at, "")).await.unwrap_err();
        assert_eq!(stale(beside), "step.asked_already");
        assert_eq!(tasks(&db.store, &mut school).await.len(), 1);
        in_words(&db.store, &mut school, id, "เรียบร้อยแล้ว").await.unwrap();
        assert_eq!(tasks(&db.store, &mut planner).await, []);
        assert_eq!(tasks(&db.store, &mut agency).await[0].kind, Kind::Answered);
        let beside = ask_for_more(&db.store, &mut planner, ask(at, "")).await.unwrap_err();
        assert_eq!(stale(beside), "step.asked_already");
        let others = close(&db.store, &mut planner, id).await.unwrap_err();
        assert_eq!(stale(others), "step.others_inquiry");
        close(&db.store, &mut agency, id).await.unwrap();
        ask_for_more(&db.store, &mut planner, ask(at, "")).await.unwrap();
    }

    async fn whoever_guesses_an_inquiry_learns_nothing(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut other = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB2").await;
        let at = recorded(&db.store, "ESAO-PNB1", STEP, &mut coordinator, None).await;
        let id = ask_for_more(&db.store, &mut planner, ask(at, "")).await.unwrap();
        let mut answers = Vec::new();
        for id in [id, InquiryId::from_u128(99)] {
            let new = Answer { inquiry: id, seen: Uuid::nil(), words: "ก".to_owned(), files: Vec::new() };
            answers.push(answer(&db.store, &mut other, new).await.unwrap_err().to_string());
            answers.push(close_inquiry(&db.store, &mut other, id, Uuid::nil()).await.unwrap_err().to_string());
        }
        assert_eq!(answers[..2], answers[2..]);
        assert!(answers.iter().all(|answer| answer.starts_with("not allowed")), "{answers:?}");
        let draft = cell(&db.store, "ESAO-PNB2", STEP).await;
        let nothing = ask_for_more(&db.store, &mut planner, ask(draft, "")).await.unwrap_err();
        assert_eq!(stale(nothing), "step.nothing_recorded");
    }
}
