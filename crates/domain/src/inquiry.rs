//! Asking for more (ขอข้อมูลเพิ่มเติม): what somebody who coordinates wants to know about a step record. It rejects nothing:
//! the record keeps its state and still counts. The organisation answers, and whoever asked closes the inquiry.

use crate::{
    ids::{InquiryId, OrganisationId, StepRecordId},
    issue::{Issue, Issues, Place},
    step::StepState,
    time::{Holidays, next_working_day},
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

coded! {
    /// How far an inquiry has come.
    pub enum InquiryState {
        /// ขอข้อมูลเพิ่มเติม: waits for the organisation.
        Asked = "asked",
        /// ตอบแล้ว: waits for whoever asked.
        Answered = "answered",
        /// ปิดคำขอแล้ว.
        Closed = "closed",
    }
}

/// One inquiry about a step record. What was asked and answered before is in its earlier versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inquiry {
    /// Its id.
    pub id: InquiryId,
    /// About which record.
    pub record: StepRecordId,
    /// The organisation in whose name it is asked; `None` = asked at the computer's shell.
    pub from: Option<OrganisationId>,
    /// How far it has come.
    pub state: InquiryState,
    /// What is wanted.
    pub wanted: String,
    /// Until when, where a day was named: a working day.
    pub due: Option<Date>,
    /// What was answered in words; nothing where files or a new record are the answer.
    pub answer: Option<String>,
}

/// Why an inquiry cannot go where somebody wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Blocked {
    /// One is open about this record.
    #[error("an inquiry about the record is open")]
    Open,
    /// It is answered, and waits for whoever asked.
    #[error("the inquiry is answered")]
    Answered,
    /// It is closed.
    #[error("the inquiry is closed")]
    Closed,
    /// Nothing that the organisation itself stands for is recorded: there is nothing to ask about.
    #[error("the organisation has not recorded anything")]
    NotRecorded,
    /// Whoever asks works there: inside an organisation a record is sent back.
    #[error("the record is their own organisation's")]
    Own,
}

impl Blocked {
    /// The code of the issue that says so.
    pub const fn code(self) -> &'static str {
        match self {
            Blocked::Open => "step.asked_already",
            Blocked::Answered => "step.answered_already",
            Blocked::Closed => "step.inquiry_closed",
            Blocked::NotRecorded => "step.not_to_ask",
            Blocked::Own => "step.ask_own",
        }
    }
}

impl Inquiry {
    /// Whether more may be asked about a record in a state: about what the organisation itself recorded. A draft of the
    /// provincial office is not its word, and what was sent back it is correcting already.
    pub const fn may_ask(state: StepState) -> Result<(), Blocked> {
        match state {
            StepState::Recorded | StepState::Certified => Ok(()),
            StepState::Drafted | StepState::Returned => Err(Blocked::NotRecorded),
        }
    }

    /// The inquiry asked again after an answer.
    pub fn again(&self, wanted: String, due: Option<Date>) -> Result<Self, Blocked> {
        match self.state {
            InquiryState::Asked => Err(Blocked::Open),
            InquiryState::Closed => Err(Blocked::Closed),
            InquiryState::Answered => Ok(Self {
                state: InquiryState::Asked,
                wanted,
                due,
                answer: None,
                ..self.clone()
            }),
        }
    }

    /// The inquiry answered by the organisation.
    pub fn answered(&self, answer: Option<String>) -> Result<Self, Blocked> {
        match self.state {
            InquiryState::Asked => Ok(Self {
                state: InquiryState::Answered,
                answer,
                ..self.clone()
            }),
            InquiryState::Answered => Err(Blocked::Answered),
            InquiryState::Closed => Err(Blocked::Closed),
        }
    }

    /// The inquiry closed by whoever asked, answered or not.
    pub fn closed(&self) -> Result<Self, Blocked> {
        match self.state {
            InquiryState::Closed => Err(Blocked::Closed),
            _ => Ok(Self {
                state: InquiryState::Closed,
                ..self.clone()
            }),
        }
    }

    /// Whether it waits for somebody.
    pub fn is_open(&self) -> bool {
        self.state != InquiryState::Closed
    }
}

/// The day until which an answer is wanted, moved to a working day; problems stand at the field `due`.
pub fn check_due(due: Date, today: Date, holidays: &Holidays, issues: &mut Issues) -> Date {
    let at = || Place::Field {
        field: "due".to_owned(),
    };
    let latest = today.saturating_add(1.years());
    if due < today {
        issues.push(Issue::error(at(), "step.due_past").with("today", today));
    } else if due > latest {
        issues.push(Issue::error(at(), "step.due_too_far").with("latest", latest));
    }
    next_working_day(due, holidays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn asked() -> Inquiry {
        Inquiry {
            id: InquiryId::from_u128(1),
            record: StepRecordId::from_u128(2),
            from: Some(OrganisationId::from_u128(3)),
            state: InquiryState::Asked,
            wanted: "โปรดระบุจำนวนครู".to_owned(),
            due: None,
            answer: None,
        }
    }

    #[test]
    fn an_inquiry_is_asked_answered_asked_again_and_closed() -> Result<(), Blocked> {
        let answered = asked().answered(Some("30 คน".to_owned()))?;
        assert_eq!(answered.state, InquiryState::Answered);
        let again = answered.again("แยกรายอำเภอ".to_owned(), None)?;
        assert_eq!((again.state, &again.answer), (InquiryState::Asked, &None));
        assert!(again.is_open());
        let closed = again.answered(None)?.closed()?;
        assert!(!closed.is_open());
        Ok(())
    }

    #[test]
    fn no_step_of_it_is_left_out_or_done_twice() -> Result<(), Blocked> {
        let again = |one: &Inquiry| one.again("x".to_owned(), None).map(drop);
        assert_eq!(again(&asked()), Err(Blocked::Open));
        let answered = asked().answered(None)?;
        assert_eq!(answered.answered(None), Err(Blocked::Answered));
        let closed = asked().closed()?;
        assert_eq!(again(&closed), Err(Blocked::Closed));
        assert_eq!(closed.answered(None), Err(Blocked::Closed));
        assert_eq!(closed.closed(), Err(Blocked::Closed));
        Ok(())
    }

    #[test]
    fn more_is_asked_only_about_what_the_organisation_itself_recorded() {
        let may: Vec<StepState> = StepState::ALL
            .iter()
            .copied()
            .filter(|state| Inquiry::may_ask(*state).is_ok())
            .collect();
        assert_eq!(may, [StepState::Recorded, StepState::Certified]);
    }

    #[test]
    fn the_day_of_an_answer_is_a_working_day_from_today_on() {
        let today = date(2026, 11, 30);
        let read = |due| {
            let mut issues = Issues::new();
            let day = check_due(due, today, &Holidays::default(), &mut issues);
            (day, issues.iter().map(|one| one.code).collect::<Vec<_>>())
        };
        // 5 December 2026 is a Saturday.
        assert_eq!(read(date(2026, 12, 5)), (date(2026, 12, 7), vec![]));
        assert_eq!(read(date(2026, 11, 29)).1, ["step.due_past"]);
        assert_eq!(read(date(2036, 11, 29)).1, ["step.due_too_far"]);
    }
}
