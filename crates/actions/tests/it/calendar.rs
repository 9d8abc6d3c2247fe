//! The calendar: holidays move what falls due on them, a province corrects its duties, and what was reported keeps its day.

use crate::steps::{YEAR, cell, codes, duty, opened, organisation, recorded, somebody, stale};
use actions::{
    Error, NATIONAL,
    calendar::{
        AddHoliday, CorrectDuty, Corrected, RemoveHoliday, add_holiday, correct_duty, holidays_of,
        remove_holiday,
    },
    steps::{NotApplicable, OpenYear, certify, not_applicable, open_year},
};
use domain::{
    duty::{Duty, DutyItem},
    holiday::Holiday,
    people::Role,
    provenance::Certainty,
    step::Holder,
    time::FiscalYear,
};
use jiff::civil::{Date, date};
use store::{Kept, Store, trail};
use testkit::{TestDatabase, on_both_engines};

fn holiday(province: Option<&str>, day: &str) -> AddHoliday {
    AddHoliday {
        province: province.map(str::to_owned),
        day: day.to_owned(),
        yearly: false,
        works: false,
        name: "วันหยุด (ตัวอย่าง)".to_owned(),
        source: "มติ ครม. (ตัวอย่าง)".to_owned(),
    }
}

fn correct(item: DutyItem, day: &str, month: &str, holders: &[Holder]) -> CorrectDuty {
    CorrectDuty {
        province: "67".to_owned(),
        year: YEAR,
        item,
        day: day.to_owned(),
        month: month.to_owned(),
        days_after: String::new(),
        holders: holders.to_vec(),
        source: "มติคณะทำงาน (ตัวอย่าง)".to_owned(),
    }
}

async fn due(store: &Store, code: &str, item: DutyItem) -> Date {
    duty(store, cell(store, code, item).await).await.due
}

async fn applicable(store: &Store, item: DutyItem) -> usize {
    let all: Vec<Kept<Duty>> = store::all(store).await.unwrap();
    let all = all.iter().map(|kept| &kept.row);
    all.filter(|duty| duty.item == item && duty.applicable)
        .count()
}

async fn told(store: &Store, province: &str, act: &str) -> usize {
    let filter = trail::Filter {
        act: Some(act.to_owned()),
        ..trail::Filter::default()
    };
    trail::events(store, province, 0, 100, &filter)
        .await
        .unwrap()
        .len()
}

on_both_engines! {
    async fn a_holiday_moves_what_is_still_to_be_reported_and_taking_it_out_moves_it_back(db: TestDatabase) {
        let (mut ctx, first) = opened(&db.store).await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, "ESAO-PNB1").await;
        recorded(&db.store, "ESAO-PNB1", DutyItem::Step4, &mut coordinator, Some(&mut approver)).await;
        let friday = date(2026, 11, 20);
        assert_eq!(due(&db.store, "ESAO-PNB2", DutyItem::Step4).await, friday);
        let refused = add_holiday(&db.store, &mut coordinator, holiday(Some("67"), "20/11/2569")).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
        let added = add_holiday(&db.store, &mut ctx, holiday(Some("67"), "๒๐ พ.ย. ๒๕๖๙")).await.unwrap();
        // Every organisation has the duty, also those to whom it does not apply; one has reported.
        assert_eq!(added.moved, first.organisations - 1);
        assert_eq!(due(&db.store, "ESAO-PNB2", DutyItem::Step4).await, date(2026, 11, 23));
        assert_eq!(due(&db.store, "ESAO-PNB1", DutyItem::Step4).await, friday, "it was reported");
        assert_eq!((told(&db.store, "67", "calendar.add_holiday").await, told(&db.store, NATIONAL, "calendar.add_holiday").await), (1, 0));
        let twice = add_holiday(&db.store, &mut ctx, holiday(Some("67"), "20/11/2569")).await.unwrap_err();
        assert_eq!(codes(twice), [("day".to_owned(), "calendar.day_known")]);
        let away = |reason: &str| RemoveHoliday { holiday: added.id, reason: reason.to_owned() };
        let why = remove_holiday(&db.store, &mut ctx, away(" ")).await.unwrap_err();
        assert_eq!(codes(why), [("reason".to_owned(), "step.reason_needed")]);
        assert_eq!(remove_holiday(&db.store, &mut ctx, away("ประกาศยกเลิก")).await.unwrap(), added.moved);
        assert_eq!(due(&db.store, "ESAO-PNB2", DutyItem::Step4).await, friday);
        let gone = remove_holiday(&db.store, &mut ctx, away("อีกครั้ง")).await.unwrap_err();
        assert_eq!(stale(gone), "calendar.holiday_gone");
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
        crate::office::snapshot(&db.store).await;
    }

    async fn everything_wrong_with_a_holiday_is_told_at_once(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let nothing = AddHoliday { day: "30/7/2026".to_owned(), ..AddHoliday::default() };
        let nothing = add_holiday(&db.store, &mut ctx, nothing).await.unwrap_err();
        assert_eq!(codes(nothing), [
            ("day".to_owned(), "step.date_buddhist"),
            ("name".to_owned(), "calendar.name_needed"),
            ("source".to_owned(), "calendar.source_needed"),
        ]);
        let far = add_holiday(&db.store, &mut ctx, holiday(None, "1/1/2700")).await.unwrap_err();
        assert_eq!(codes(far), [("day".to_owned(), "calendar.day_out_of_range")]);
    }

    async fn the_nation_adds_for_all_and_a_province_says_where_it_works_all_the_same(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut administrator = somebody(&db.store, &mut ctx, Role::Administrator, "PNBPEO").await;
        let refused = add_holiday(&db.store, &mut administrator, holiday(None, "20/11/2569")).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "not theirs to say for all");
        add_holiday(&db.store, &mut ctx, holiday(None, "20/11/2569")).await.unwrap();
        assert_eq!(due(&db.store, "ESAO-PNB2", DutyItem::Step4).await, date(2026, 11, 23));
        for trail in [NATIONAL, "67"] {
            assert_eq!(told(&db.store, trail, "calendar.add_holiday").await, 1, "{trail}");
        }
        let works = AddHoliday { works: true, ..holiday(Some("67"), "20/11/2569") };
        add_holiday(&db.store, &mut administrator, works).await.unwrap();
        assert_eq!(due(&db.store, "ESAO-PNB2", DutyItem::Step4).await, date(2026, 11, 20));
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }

    async fn holidays_of_fixed_date_ship_to_be_confirmed_and_what_was_taken_out_stays_out(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let all: Vec<Kept<Holiday>> = store::all(&db.store).await.unwrap();
        assert_eq!(all.len(), 14);
        let certain = |kept: &Kept<Holiday>| kept.stamp.provenance.as_ref().map(|known| known.certainty);
        assert!(all.iter().all(|kept| certain(kept) == Some(Certainty::Recalled)));
        let day = date(2027, 4, 6);
        assert!(holidays_of(&db.store, "67").await.unwrap().contains(day));
        let chakri = all.iter().find(|kept| kept.row.day.is(day)).unwrap().row.id;
        let away = RemoveHoliday { holiday: chakri, reason: "ตัวอย่าง".to_owned() };
        remove_holiday(&db.store, &mut ctx, away).await.unwrap();
        let again = actions::catalogue::record(&db.store, &mut ctx).await.unwrap();
        assert_eq!((again["holiday"].added, again["holiday"].unchanged), (0, 14));
        assert!(!holidays_of(&db.store, "67").await.unwrap().contains(day));
    }

    async fn a_year_that_is_opened_knows_the_holidays_and_what_was_corrected_before(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        // 15 November 2027 is a Monday.
        add_holiday(&db.store, &mut ctx, holiday(Some("67"), "15/11/2570")).await.unwrap();
        let next = CorrectDuty { year: FiscalYear(2571), ..correct(DutyItem::Step4, "1", "12", &[Holder::ProvincialOffice]) };
        let none = correct_duty(&db.store, &mut ctx, next).await.unwrap();
        assert_eq!(none, Corrected::default(), "nothing of that year stands yet");
        let open = OpenYear { province: "67".to_owned(), year: FiscalYear(2571) };
        open_year(&db.store, &mut ctx, open).await.unwrap();
        let office = organisation(&db.store, "PNBPEO").await;
        let period = domain::time::Period::fiscal(FiscalYear(2571));
        let of = async |item| store::steps::duty(&db.store, office, item, period).await.unwrap().unwrap().row;
        assert_eq!(of(DutyItem::Step7_1).await.due, date(2027, 11, 16));
        assert_eq!(of(DutyItem::Step4).await.due, date(2027, 12, 1));
        let agency = organisation(&db.store, "ESAO-PNB1").await;
        let theirs = store::steps::duty(&db.store, agency, DutyItem::Step4, period).await.unwrap().unwrap();
        assert!(!theirs.row.applicable);
    }

    async fn a_province_corrects_who_owes_a_step_and_when_for_what_is_still_to_be_reported(db: TestDatabase) {
        let (mut ctx, _) = opened(&db.store).await;
        let mut administrator = somebody(&db.store, &mut ctx, Role::Administrator, "PNBPEO").await;
        let mut planner = somebody(&db.store, &mut ctx, Role::Planner, "PNBPEO").await;
        let mut coordinator = somebody(&db.store, &mut ctx, Role::Coordinator, "ESAO-PNB1").await;
        let mut approver = somebody(&db.store, &mut ctx, Role::Approver, "ESAO-PNB1").await;
        let mut alone = somebody(&db.store, &mut ctx, Role::SchoolPlanner, "PANYA-PNB").await;
        let mut head = somebody(&db.store, &mut ctx, Role::Approver, "PANYA-PNB").await;
        use Holder::{AgencyWithSchools, EducationAgency, ProvincialOffice, SchoolOnItsOwn};
        let step = DutyItem::Step6;
        recorded(&db.store, "ESAO-PNB1", step, &mut coordinator, Some(&mut approver)).await;
        let at = cell(&db.store, "PANYA-PNB", step).await;
        not_applicable(&db.store, &mut alone, NotApplicable { cell: at, reason: "ตัวอย่าง".to_owned() }).await.unwrap();
        let at = cell(&db.store, "PANYA-PNB", step).await;
        certify(&db.store, &mut head, at).await.unwrap();
        let before = applicable(&db.store, step).await;
        let ours = [ProvincialOffice, EducationAgency];
        let refused = correct_duty(&db.store, &mut planner, correct(step, "15", "12", &ours)).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })));
        let wrong = CorrectDuty { source: " ".to_owned(), ..correct(step, "31", "11", &[]) };
        let wrong = correct_duty(&db.store, &mut administrator, wrong).await.unwrap_err();
        assert_eq!(codes(wrong), [
            ("due".to_owned(), "calendar.no_such_day"),
            ("holders".to_owned(), "calendar.holders_needed"),
            ("source".to_owned(), "calendar.source_needed"),
        ]);
        // Agencies with schools and schools on their own owe it no longer, but for the one that has reported.
        let less = correct_duty(&db.store, &mut administrator, correct(step, "๑๕", "12", &ours)).await.unwrap();
        let after = applicable(&db.store, step).await;
        assert_eq!((before - after, less.apply), (less.no_longer, 0));
        assert_eq!(after, less.moved + 1, "what applies moved; what was reported did not");
        assert_eq!(due(&db.store, "PNBPEO", step).await, date(2026, 12, 15));
        assert_eq!(due(&db.store, "ESAO-PNB1", step).await, date(2026, 11, 30));
        assert!(duty(&db.store, cell(&db.store, "ESAO-PNB1", step).await).await.applicable);
        // Back again: all but the school whose approver certified that it does not apply.
        let all = [ProvincialOffice, EducationAgency, AgencyWithSchools, SchoolOnItsOwn];
        let more = correct_duty(&db.store, &mut administrator, correct(step, "15", "12", &all)).await.unwrap();
        assert_eq!((more.apply, applicable(&db.store, step).await), (less.no_longer, before));
        assert!(!duty(&db.store, at).await.applicable);
        let same = correct_duty(&db.store, &mut administrator, correct(step, "15", "12", &all)).await.unwrap();
        assert_eq!(same, Corrected::default());
        assert_eq!(told(&db.store, "67", "calendar.correct_duty").await, 2, "nothing changed, nothing told");
        // A quarter is corrected in days after its end; 29 January 2027 is a Friday.
        let late = CorrectDuty { days_after: "29".to_owned(), ..correct(DutyItem::Step7_5, "", "", &all) };
        correct_duty(&db.store, &mut administrator, late).await.unwrap();
        let office = organisation(&db.store, "PNBPEO").await;
        let period = actions::steps::periods(YEAR)[1];
        let quarter = store::steps::duty(&db.store, office, DutyItem::Step7_5, period).await.unwrap().unwrap();
        assert_eq!(quarter.row.due, date(2027, 1, 29));
        assert_eq!(trail::verify(&db.store, None).await.unwrap(), []);
    }
}
