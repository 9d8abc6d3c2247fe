//! Step records (บันทึกผลขั้นตอน): what was done in one cell of the eight-step board, and how far it is certified.
//!
//! An organisation records, its own approver certifies; only what is certified counts in n. The provincial office may
//! draft for an agency on the strength of a letter, and that mark stays; the agency takes the draft over and certifies.

use crate::{
    duty::DutyItem,
    ids::{FileId, InquiryId, OrganisationId, StepRecordId},
    issue::{Issue, Issues, Place},
    organisation::Class,
    text::clean,
    time::Period,
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

coded! {
    /// How far a step record has come.
    pub enum StepState {
        /// ร่าง: drafted by the provincial office; the agency has not taken it over.
        Drafted = "drafted",
        /// บันทึกแล้ว รอการรับรอง.
        Recorded = "recorded",
        /// รับรองแล้ว: counts.
        Certified = "certified",
        /// ส่งกลับแก้ไข.
        Returned = "returned",
    }
}

/// The letter on which a record on behalf of an agency rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Its number as the registry office wrote it: `พช 0032/1234`.
    pub number: String,
    /// Its date.
    pub date: Date,
}

/// What an organisation says about the step: done, or not applicable to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Outcome {
    /// It was done.
    Done {
        /// On which day.
        on: Date,
        /// Number of the order, letter or resolution, as written on it.
        document: Option<String>,
        /// What is worth knowing.
        note: Option<String>,
        /// How many, where the item is counted; 0 is a report, `None` is none.
        count: Option<u32>,
    },
    /// ไม่เกี่ยวข้อง: takes the duty out of N once it is certified.
    NotApplicable {
        /// Why.
        reason: String,
    },
}

/// What was done in one cell, in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRecord {
    /// Its id.
    pub id: StepRecordId,
    /// Whose duty.
    pub organisation: OrganisationId,
    /// Which step.
    pub item: DutyItem,
    /// In which fiscal year or quarter.
    pub period: Period,
    /// How far it has come.
    pub state: StepState,
    /// What is said.
    pub outcome: Outcome,
    /// ศธจ. บันทึกแทนหน่วยงาน: the letter it rests on. The mark stays when the agency takes the record over.
    pub on_behalf: Option<Letter>,
    /// Why it was sent back, until it is recorded again.
    pub returned: Option<String>,
}

/// That a file is evidence of a record, or came with an answer about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepFile {
    /// The file.
    pub file: FileId,
    /// The record it proves, or about which more was asked.
    pub record: StepRecordId,
    /// The inquiry that it answers; `None` = it proves the record itself and is certified with it.
    pub inquiry: Option<InquiryId>,
}

/// That a record of an organisation which no longer answers for its cell is read at the cell of the one that does,
/// because that one has a record of its own. Nobody certifies it any more, and nothing of it is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRecord {
    /// The record. It stays that of who recorded it.
    pub record: StepRecordId,
    /// At whose cell it is read.
    pub successor: OrganisationId,
}

/// Why a record cannot go where somebody wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Blocked {
    /// Certified already: it is sent back first.
    #[error("the record is certified")]
    Certified,
    /// Only the agency's own record can be certified; a draft of the provincial office must be taken over first.
    #[error("the record is a draft on behalf of the agency")]
    OnlyDrafted,
    /// Sent back and not recorded again.
    #[error("the record was sent back")]
    Returned,
    /// The agency has recorded something itself; the provincial office no longer drafts.
    #[error("the agency has a record of its own")]
    OwnRecord,
}

impl Blocked {
    /// The code of the issue that says so.
    pub const fn code(self) -> &'static str {
        match self {
            Blocked::Certified => "step.is_certified",
            Blocked::OnlyDrafted => "step.is_only_drafted",
            Blocked::Returned => "step.is_returned",
            Blocked::OwnRecord => "step.own_record",
        }
    }
}

impl StepRecord {
    /// The record after the organisation itself said `outcome`; a draft on behalf is taken over with its mark.
    pub fn recorded(&self, outcome: Outcome) -> Result<Self, Blocked> {
        match self.state {
            StepState::Certified => Err(Blocked::Certified),
            _ => Ok(Self {
                state: StepState::Recorded,
                outcome,
                returned: None,
                ..self.clone()
            }),
        }
    }

    /// The record after the provincial office drafted again; what an agency recorded itself is not touched.
    pub fn drafted(&self, outcome: Outcome, letter: Letter) -> Result<Self, Blocked> {
        match self.state {
            StepState::Certified => Err(Blocked::Certified),
            StepState::Recorded | StepState::Returned => Err(Blocked::OwnRecord),
            StepState::Drafted => Ok(Self {
                outcome,
                on_behalf: Some(letter),
                ..self.clone()
            }),
        }
    }

    /// The record certified: only what the organisation itself recorded.
    pub fn certified(&self) -> Result<Self, Blocked> {
        match self.state {
            StepState::Recorded => Ok(Self {
                state: StepState::Certified,
                ..self.clone()
            }),
            StepState::Drafted => Err(Blocked::OnlyDrafted),
            StepState::Certified => Err(Blocked::Certified),
            StepState::Returned => Err(Blocked::Returned),
        }
    }

    /// The record sent back with a reason; sending back a certified one takes the certification away.
    pub fn returned(&self, reason: String) -> Result<Self, Blocked> {
        match self.state {
            StepState::Recorded | StepState::Certified => Ok(Self {
                state: StepState::Returned,
                returned: Some(reason),
                ..self.clone()
            }),
            StepState::Drafted => Err(Blocked::OnlyDrafted),
            StepState::Returned => Err(Blocked::Returned),
        }
    }

    /// Whether evidence may be added or taken away: not under a certification.
    pub fn open(&self) -> Result<(), Blocked> {
        match self.state {
            StepState::Certified => Err(Blocked::Certified),
            _ => Ok(()),
        }
    }

    /// Whether a certified record says that the step does not apply.
    pub const fn is_not_applicable(&self) -> bool {
        matches!(self.outcome, Outcome::NotApplicable { .. })
    }

    /// What was counted, where the item is counted.
    pub const fn count(&self) -> Option<u32> {
        match self.outcome {
            Outcome::Done { count, .. } => count,
            Outcome::NotApplicable { .. } => None,
        }
    }
}

coded! {
    /// As what an organisation stands in the duties of a step; decides in which N it counts.
    pub enum Holder {
        /// สำนักงานศึกษาธิการจังหวัด, with steps of its own.
        ProvincialOffice = "provincial_office",
        /// หน่วยงานทางการศึกษา.
        EducationAgency = "education_agency",
        /// หน่วยงานที่มีสถานศึกษาในสังกัดหรือที่กำกับดูแล.
        AgencyWithSchools = "agency_with_schools",
        /// สถานศึกษา below an agency of the province.
        School = "school",
        /// สถานศึกษา without an agency of the province above it by สังกัด: answers for itself.
        SchoolOnItsOwn = "school_on_its_own",
        /// หน่วยงานที่เกี่ยวข้อง.
        Related = "related",
    }
}

/// The kind by which catalogues know a provincial education office.
pub const PROVINCIAL_OFFICE: &str = "provincial_office";

impl Holder {
    /// As what an organisation stands: from its class, its kind, and whether an agency with a class stands above it by
    /// สังกัด. Ministries and departments have no class and no duty.
    pub fn of(class: Option<Class>, kind: Option<&str>, agency_above: bool) -> Option<Self> {
        if kind == Some(PROVINCIAL_OFFICE) {
            return Some(Holder::ProvincialOffice);
        }
        Some(match class? {
            Class::EducationAgency => Holder::EducationAgency,
            Class::AgencyWithSchools => Holder::AgencyWithSchools,
            Class::School if agency_above => Holder::School,
            Class::School => Holder::SchoolOnItsOwn,
            Class::Related => Holder::Related,
        })
    }
}

/// What the catalogue asks of a record of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// The step is a document: without its number nothing was done (step 6 is an order, not a tick).
    pub document: bool,
    /// The step is counted: how many, where 0 is an answer.
    pub count: bool,
}

/// Letters of a number of a document.
const MAX_DOCUMENT: usize = 200;
/// Letters of a note or a reason.
const MAX_NOTE: usize = 4_000;
/// Years before the end of its period in which something may have been done that still stands: this one and the five of
/// a plan.
const YEARS_BACK: i16 = 6;

fn field(name: &str) -> Place {
    Place::Field {
        field: name.to_owned(),
    }
}

/// The text without what does not print; `None` when nothing is left, an issue when it is too long.
fn text(found: Option<String>, name: &str, max: usize, issues: &mut Issues) -> Option<String> {
    let text = clean(&found?).text;
    let letters = text.chars().count();
    if letters > max {
        issues.push(
            Issue::error(field(name), "step.too_long")
                .with("letters", letters)
                .with("max", max),
        );
    }
    (!text.is_empty()).then_some(text)
}

/// A day that can be meant: not in the future, and recent enough to stand still.
fn day(day: Date, name: &str, period: Period, today: Date, issues: &mut Issues) {
    let earliest = period.last_day().saturating_sub(YEARS_BACK.years());
    if day > today {
        issues.push(Issue::error(field(name), "step.date_in_future").with("today", today));
    } else if day <= earliest {
        let earliest = earliest.tomorrow().unwrap_or(earliest);
        issues.push(Issue::error(field(name), "step.date_too_old").with("earliest", earliest));
    }
}

/// Cleans what somebody says and names everything that is wrong with it, at its field: `done_on`, `document`, `note`,
/// `count`, `reason`.
pub fn check(outcome: Outcome, asked: Asked, period: Period, today: Date) -> (Outcome, Issues) {
    let mut issues = Vec::new();
    let outcome = match outcome {
        Outcome::Done {
            on,
            document,
            note,
            count,
        } => {
            day(on, "done_on", period, today, &mut issues);
            let document = text(document, "document", MAX_DOCUMENT, &mut issues);
            if asked.document && document.is_none() {
                issues.push(Issue::error(field("document"), "step.document_needed"));
            }
            let note = text(note, "note", MAX_NOTE, &mut issues);
            match (asked.count, count) {
                (true, None) => issues.push(Issue::error(field("count"), "step.count_needed")),
                (false, Some(_)) => {
                    issues.push(Issue::error(field("count"), "step.count_not_asked"));
                }
                _ => {}
            }
            Outcome::Done {
                on,
                document,
                note,
                count,
            }
        }
        Outcome::NotApplicable { reason } => {
            let reason = self::reason(reason, &mut issues);
            Outcome::NotApplicable { reason }
        }
    };
    (outcome, issues)
}

/// A reason: there must be one.
pub fn reason(found: String, issues: &mut Issues) -> String {
    needed(found, "reason", "step.reason_needed", issues)
}

/// Words that must be there; without them `code` is said at the field `name`.
pub fn needed(found: String, name: &str, code: &'static str, issues: &mut Issues) -> String {
    let words = optional(found, name, issues);
    if words.is_none() {
        issues.push(Issue::error(field(name), code));
    }
    words.unwrap_or_default()
}

/// Words that may be missing.
pub fn optional(found: String, name: &str, issues: &mut Issues) -> Option<String> {
    text(Some(found), name, MAX_NOTE, issues)
}

/// Cleans a letter and names what is wrong with it, at `letter_number` and `letter_date`.
pub fn check_letter(letter: Letter, period: Period, today: Date, issues: &mut Issues) -> Letter {
    let number = text(Some(letter.number), "letter_number", MAX_DOCUMENT, issues);
    if number.is_none() {
        issues.push(Issue::error(field("letter_number"), "step.letter_needed"));
    }
    day(letter.date, "letter_date", period, today, issues);
    Letter {
        number: number.unwrap_or_default(),
        date: letter.date,
    }
}

#[cfg(test)]
#[path = "step_tests.rs"]
mod tests;
