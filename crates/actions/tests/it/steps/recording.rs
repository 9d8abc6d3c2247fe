//! A year is opened, an agency records and certifies, the province drafts on behalf, and nobody does what is not theirs.

use super::{YEAR, cell, codes, duty, open, opened, organisation, said, somebody, stale, standing};
use actions::{
    Ctx, Error,
    steps::{
        Cell, Draft, NotApplicable, OpenYear, Record, Said, certify, draft_on_behalf,
        not_applicable, open_year, record, return_,
    },
};
use domain::{
    duty::{DutyItem, DutyState},
    ids::OrganisationId,
    people::Role,
    permission::Refusal,
    step::{StepRecord, StepState},
    time::{FiscalYear, Period, Quarter},
};
use jiff::civil::date;
use store::trail;
use testkit::{TestDatabase, on_both_engines};

on_both_engines! {
    async fn a_year_is_opened_by_class_and_opening_it_again_changes_nothing(db: TestDatabase) {
        let (mut ctx, first) = opened(&db.store).await;
        // 40 of the 55 organisations that ship have a class; 11 yearly steps and 4 quarters each.
        assert_eq!((first.organisations, first.made, first.stood), (40, 40 * 15, 0));
        let again = open_year(&db.store, &mut ctx, open()).await.unwrap();
        assert_eq!((again.made, again.stood), (0, first.made));
        let state = async |code: &str, item| {
            duty(&db.store, cell(&db.store, code, item).await).await.state(date(2026, 10, 1))
        };
        use DutyItem::{Step1, Step4, Step6, Step7_1, Step7_5};
        use DutyState::{NotApplicable, NotYetDue};
        assert_eq!(state("PNBPEO", Step1).await, NotYetDue);
        assert_eq!(state("PNBPEO", Step7_1).await, NotYetDue);
        assert_eq!(state("ESAO-PNB1", Step1).await, NotApplicable);
        assert_eq!(state("ESAO-PNB1", Step6).await, NotYetDue);
        // A college below its provincial office, a school that answers for itself, and a related office.
        assert_eq!(state("VEC-TECH-PNB", Step6).await, NotApplicable);
        assert_eq!(state("VEC-TECH-PNB", Step7_1).await, NotYetDue);
        assert_eq!(state("PANYA-PNB", Step6).await, NotYetDue);
        assert_eq!(state("PHO-PNB", Step4).await, NotYetDue);
        assert_eq!(state("PHO-PNB", Step7_1).await, NotApplicable);
        let office = organisation(&db.store, "PNBPEO").await;
        let quarter = Period { quarter: Some(Quarter::Q1), ..Period::fiscal(YEAR) };
        let due = store::steps::duty(&db.store, office, Step7_5, quarter).await.unwrap().unwrap();
        assert_eq!(due.row.due, date(2027, 2, 1));
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
        crate::office::snapshot(&db.store).await;
    }

    async fn a_quarter_that_had_not_ended_was_recorded_and_drafted(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let quarter = Period { quarter: Some(Quarter::Q4), ..Period::fiscal(YEAR) };
        let at = Cell { period: quarter, ..cell(&db.store, "ESAO-PNB1", DutyItem::Step7_5).await };
        let early = record(&db.store, &mut coordinator, Record::new(at, said())).await.unwrap_err();
        assert_eq!(codes(early), [("Whole".to_owned(), "step.not_open")]);
        let draft = Draft {
            cell: at,
            said: said(),
            letter_number: "พช 1/2570".to_owned(),
            letter_date: "1/10/2569".to_owned(),
            files: Vec::new(),
        };
        let early = draft_on_behalf(&db.store, &mut planner, draft).await.unwrap_err();
        assert_eq!(codes(early), [("Whole".to_owned(), "step.not_open")]);
    }

    async fn an_agency_records_and_its_approver_makes_it_count(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, "ESAO-PNB1").await;
        let at = cell(&db.store, "ESAO-PNB1", DutyItem::Step6).await;
        record(&db.store, &mut coordinator, Record::new(at, said())).await.unwrap();
        assert_eq!(duty(&db.store, at).await.reported_on, None);
        let at = cell(&db.store, "ESAO-PNB1", DutyItem::Step6).await;
        let own = certify(&db.store, &mut coordinator, at).await.unwrap_err();
        assert!(matches!(own, Error::Forbidden { refusal: Refusal::NotInRole { .. }, .. }));
        certify(&db.store, &mut approver, at).await.unwrap();
        assert_eq!(duty(&db.store, at).await.reported_on, Some(date(2026, 10, 1)));
        let at = cell(&db.store, "ESAO-PNB1", DutyItem::Step6).await;
        let closed = record(&db.store, &mut coordinator, Record::new(at, said())).await;
        assert_eq!(stale(closed.unwrap_err()), "step.is_certified");
        // Withdrawn with a reason: it counts no longer, and the history keeps both.
        let why = return_(&db.store, &mut approver, at, " \u{200b}").await.unwrap_err();
        assert_eq!(codes(why), [("reason".to_owned(), "step.reason_needed")]);
        let id = return_(&db.store, &mut approver, at, "วันที่ไม่ตรงกับคำสั่ง").await.unwrap();
        assert_eq!(duty(&db.store, at).await.reported_on, None);
        let states: Vec<StepState> = store::history::<StepRecord>(&db.store, id).await.unwrap()
            .into_iter().map(|kept| kept.row.state).collect();
        assert_eq!(states, [StepState::Recorded, StepState::Certified, StepState::Returned]);
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn a_draft_on_behalf_rests_on_a_letter_and_only_the_agency_makes_it_count(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "PAO-PNB").await;
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, "PAO-PNB").await;
        let mut provincial = somebody(&db.store, &mut ctx, Role::Approver, "PNBPEO").await;
        let at = cell(&db.store, "PAO-PNB", DutyItem::Step6).await;
        let refused = record(&db.store, &mut planner, Record::new(at, said())).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
        let draft = |cell, number: &str, day: &str| Draft {
            cell, said: said(), letter_number: number.to_owned(), letter_date: day.to_owned(), files: Vec::new(),
        };
        let without = draft_on_behalf(&db.store, &mut planner, draft(at, " ", "")).await.unwrap_err();
        assert_eq!(codes(without), [
            ("letter_date".to_owned(), "step.date_needed"), ("letter_number".to_owned(), "step.letter_needed"),
        ]);
        draft_on_behalf(&db.store, &mut planner, draft(at, "พช ๕๑๐๐๑/ตัวอย่าง", "๑ ต.ค. ๒๕๖๙")).await.unwrap();
        assert_eq!(planner.on_behalf_of, None);
        let only = trail::Filter { act: Some("step.draft_on_behalf".to_owned()), ..trail::Filter::default() };
        let event = trail::events(&db.store, "67", 0, 10, &only).await.unwrap().pop().unwrap();
        let behalf = event.on_behalf_of.unwrap();
        assert!(behalf.contains("PAO-PNB") && behalf.contains("ตัวอย่าง"), "{behalf}");
        let at = cell(&db.store, "PAO-PNB", DutyItem::Step6).await;
        let early = certify(&db.store, &mut approver, at).await.unwrap_err();
        assert_eq!(stale(early), "step.is_only_drafted");
        record(&db.store, &mut coordinator, Record::new(at, said())).await.unwrap();
        let at = cell(&db.store, "PAO-PNB", DutyItem::Step6).await;
        let other = certify(&db.store, &mut provincial, at).await.unwrap_err();
        assert!(matches!(other, Error::Forbidden { refusal: Refusal::OutOfReach { .. }, .. }));
        let late = draft_on_behalf(&db.store, &mut planner, draft(at, "พช 1/1", "1/10/2569")).await.unwrap_err();
        assert_eq!(stale(late), "step.own_record");
        certify(&db.store, &mut approver, at).await.unwrap();
        let certified = standing(&db.store, at).await.unwrap();
        assert_eq!(certified.on_behalf.unwrap().number, "พช ๕๑๐๐๑/ตัวอย่าง");
    }

    async fn not_applicable_leaves_n_only_with_a_reason_and_a_certification(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut planner = somebody(&db.store, &mut ctx, Role::SchoolPlanner, "PANYA-PNB").await;
        let mut head = somebody(&db.store, &mut ctx, Role::Approver, "PANYA-PNB").await;
        let at = cell(&db.store, "PANYA-PNB", DutyItem::Step6).await;
        let none = NotApplicable { cell: at, reason: " ".to_owned() };
        let none = not_applicable(&db.store, &mut planner, none).await.unwrap_err();
        assert_eq!(codes(none), [("reason".to_owned(), "step.reason_needed")]);
        let reason = "ใช้คณะกรรมการของ สศศ. (ตัวอย่าง)".to_owned();
        not_applicable(&db.store, &mut planner, NotApplicable { cell: at, reason }).await.unwrap();
        assert!(duty(&db.store, at).await.applicable);
        let at = cell(&db.store, "PANYA-PNB", DutyItem::Step6).await;
        certify(&db.store, &mut head, at).await.unwrap();
        assert!(!duty(&db.store, at).await.applicable);
        let at = cell(&db.store, "PANYA-PNB", DutyItem::Step6).await;
        return_(&db.store, &mut head, at, "มีคำสั่งแล้ว").await.unwrap();
        assert!(duty(&db.store, at).await.applicable);
    }

    async fn two_people_recording_the_same_cell_both_learn_of_it(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut one = somebody(&db.store, &mut ctx, Role::Coordinator, "DOLE-PNB").await;
        let mut other = somebody(&db.store, &mut ctx, Role::Coordinator, "DOLE-PNB").await;
        let at = cell(&db.store, "DOLE-PNB", DutyItem::Step7_1).await;
        record(&db.store, &mut one, Record::new(at, said())).await.unwrap();
        let second = record(&db.store, &mut other, Record::new(at, said())).await;
        assert_eq!(stale(second.unwrap_err()), "step.changed");
        let again = cell(&db.store, "DOLE-PNB", DutyItem::Step7_1).await;
        record(&db.store, &mut other, Record::new(again, said())).await.unwrap();
    }

    async fn a_coordinator_who_guesses_another_agency_learns_nothing(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let refusals = async |coordinator: &mut Ctx, at: Cell| {
            let tried = record(&db.store, coordinator, Record::new(at, said())).await;
            match tried { Err(Error::Forbidden { refusal, .. }) => Some(refusal), _ => None }
        };
        let real = cell(&db.store, "ESAO-PNB2", DutyItem::Step6).await;
        let not_owed = cell(&db.store, "ESAO-PNB2", DutyItem::Step1).await;
        let made_up = Cell { organisation: OrganisationId::from_u128(99), ..real };
        let known = refusals(&mut coordinator, real).await;
        assert!(matches!(known, Some(Refusal::OutOfReach { .. })), "{known:?}");
        assert_eq!(known, refusals(&mut coordinator, not_owed).await);
        assert_eq!(known, refusals(&mut coordinator, made_up).await);
    }

    async fn everything_wrong_with_a_record_is_told_at_once_and_nothing_is_kept(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let at = cell(&db.store, "ESAO-PNB1", DutyItem::Step6).await;
        let wrong = Said { done_on: "1/10/2026".to_owned(), count: "สามสิบ".to_owned(), ..Said::default() };
        let error = record(&db.store, &mut coordinator, Record::new(at, wrong)).await.unwrap_err();
        let codes = codes(error);
        assert_eq!(codes.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["done_on", "count", "document"]);
        assert_eq!(standing(&db.store, at).await, None);
        // The office's own step 1 does not apply to an agency, and its form cannot be forced.
        let own = cell(&db.store, "ESAO-PNB1", DutyItem::Step1).await;
        let forced = record(&db.store, &mut coordinator, Record::new(own, said())).await.unwrap_err();
        assert_eq!(stale(forced), "step.not_owed");
    }

    async fn a_year_is_opened_only_by_who_may_and_only_where_it_can_be(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let refused = open_year(&db.store, &mut coordinator, open()).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
        let nowhere = OpenYear { province: "99".to_owned(), year: FiscalYear(2026) };
        let wrong = open_year(&db.store, &mut ctx, nowhere).await.unwrap_err();
        assert_eq!(codes(wrong).len(), 2);
    }

}
