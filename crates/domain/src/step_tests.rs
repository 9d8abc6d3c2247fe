//! The laws of step records.

use super::*;
use crate::time::{FiscalYear, Quarter};
use jiff::civil::date;

const TODAY: Date = date(2026, 11, 23);
const YEAR: Period = Period::fiscal(FiscalYear(2570));

fn done(on: Date) -> Outcome {
    Outcome::Done {
        on,
        document: Some("ตัวอย่าง 1/2570".to_owned()),
        note: None,
        count: None,
    }
}

fn letter() -> Letter {
    Letter {
        number: "พช ๐๐๓๒/๑๒๓".to_owned(),
        date: date(2026, 11, 2),
    }
}

fn record(state: StepState) -> StepRecord {
    StepRecord {
        id: StepRecordId::from_u128(1),
        organisation: OrganisationId::from_u128(2),
        item: DutyItem::Step6,
        period: YEAR,
        state,
        outcome: done(date(2026, 11, 2)),
        on_behalf: None,
        returned: None,
    }
}

fn codes(issues: &Issues) -> Vec<(String, &'static str)> {
    let name = |issue: &Issue| match &issue.at {
        Place::Field { field } => field.clone(),
        other => format!("{other:?}"),
    };
    issues.iter().map(|one| (name(one), one.code)).collect()
}

#[test]
fn only_what_the_organisation_recorded_can_be_certified() {
    use StepState::{Certified, Drafted, Recorded, Returned};
    let certify = |state| record(state).certified().map(|after| after.state);
    assert_eq!(certify(Recorded), Ok(Certified));
    assert_eq!(certify(Drafted), Err(Blocked::OnlyDrafted));
    assert_eq!(certify(Returned), Err(Blocked::Returned));
    assert_eq!(certify(Certified), Err(Blocked::Certified));
}

#[test]
fn the_mark_of_a_draft_on_behalf_stays_when_the_agency_takes_it_over() -> Result<(), Blocked> {
    let draft = StepRecord {
        on_behalf: Some(letter()),
        ..record(StepState::Drafted)
    };
    let taken = draft.recorded(done(date(2026, 11, 9)))?;
    assert_eq!(taken.on_behalf, Some(letter()));
    assert_eq!(taken.certified()?.on_behalf, Some(letter()));
    Ok(())
}

#[test]
fn a_draft_on_behalf_never_replaces_what_the_agency_itself_recorded() {
    let again = |state| record(state).drafted(done(TODAY), letter()).map(drop);
    assert_eq!(again(StepState::Drafted), Ok(()));
    assert_eq!(again(StepState::Recorded), Err(Blocked::OwnRecord));
    assert_eq!(again(StepState::Returned), Err(Blocked::OwnRecord));
    assert_eq!(again(StepState::Certified), Err(Blocked::Certified));
}

#[test]
fn what_was_sent_back_is_recorded_again_and_forgets_the_reason() -> Result<(), Blocked> {
    let back = record(StepState::Recorded).returned("แนบคำสั่งด้วย".to_owned())?;
    assert_eq!(back.returned.as_deref(), Some("แนบคำสั่งด้วย"));
    let again = back.recorded(done(TODAY))?;
    assert_eq!((again.state, again.returned), (StepState::Recorded, None));
    let withdrawn = record(StepState::Certified).returned("วันที่ไม่ตรงคำสั่ง".to_owned())?;
    assert_eq!(withdrawn.state, StepState::Returned);
    Ok(())
}

#[test]
fn a_certified_record_is_closed_until_it_is_sent_back() {
    let certified = record(StepState::Certified);
    assert_eq!(certified.recorded(done(TODAY)), Err(Blocked::Certified));
    assert_eq!(certified.open(), Err(Blocked::Certified));
    assert_eq!(record(StepState::Returned).open(), Ok(()));
}

#[test]
fn a_day_is_neither_in_the_future_nor_older_than_the_plan() {
    let quarter = Period {
        quarter: Some(Quarter::Q1),
        ..YEAR
    };
    let wrong = |on, period| codes(&check(done(on), Asked::default(), period, TODAY).1);
    assert_eq!(wrong(TODAY, YEAR), []);
    assert_eq!(wrong(date(2021, 10, 1), YEAR), []);
    assert_eq!(
        wrong(date(2021, 9, 30), YEAR),
        [("done_on".to_owned(), "step.date_too_old")]
    );
    assert_eq!(
        wrong(date(2026, 11, 24), YEAR),
        [("done_on".to_owned(), "step.date_in_future")]
    );
    assert_eq!(wrong(date(2026, 11, 20), quarter), []);
}

#[test]
fn everything_wrong_is_told_at_once_at_its_field() {
    let said = Outcome::Done {
        on: date(2027, 1, 1),
        document: Some(" \u{200b} ".to_owned()),
        note: Some("ก".repeat(4_001)),
        count: None,
    };
    let asked = Asked {
        document: true,
        count: true,
    };
    let (_, issues) = check(said, asked, YEAR, TODAY);
    let at: Vec<_> = codes(&issues).into_iter().map(|(_, code)| code).collect();
    assert_eq!(
        at,
        [
            "step.date_in_future",
            "step.document_needed",
            "step.too_long",
            "step.count_needed"
        ]
    );
    let none = Outcome::NotApplicable {
        reason: "  ".to_owned(),
    };
    let (_, issues) = check(none, asked, YEAR, TODAY);
    assert_eq!(
        codes(&issues),
        [("reason".to_owned(), "step.reason_needed")]
    );
    let mut issues = Vec::new();
    let empty = Letter {
        number: String::new(),
        date: TODAY,
    };
    check_letter(empty, YEAR, TODAY, &mut issues);
    assert_eq!(
        codes(&issues),
        [("letter_number".to_owned(), "step.letter_needed")]
    );
}

#[test]
fn a_count_of_zero_is_an_answer_and_no_count_is_none() {
    let said = |count| Outcome::Done {
        on: TODAY,
        document: None,
        note: None,
        count,
    };
    let asked = Asked {
        document: false,
        count: true,
    };
    assert!(check(said(Some(0)), asked, YEAR, TODAY).1.is_empty());
    assert_eq!(check(said(None), asked, YEAR, TODAY).1.len(), 1);
    assert_eq!(
        check(said(Some(3)), Asked::default(), YEAR, TODAY).1.len(),
        1
    );
}

#[test]
fn a_school_counts_as_an_agency_only_where_no_agency_stands_above_it() {
    let school = |above| Holder::of(Some(Class::School), Some("vocational_college"), above);
    assert_eq!(school(true), Some(Holder::School));
    assert_eq!(school(false), Some(Holder::SchoolOnItsOwn));
    assert_eq!(Holder::of(None, Some("ministry"), false), None);
    let office = Holder::of(Some(Class::EducationAgency), Some(PROVINCIAL_OFFICE), false);
    assert_eq!(office, Some(Holder::ProvincialOffice));
}
