//! Who may do what to whom: one table of roles, acts and reaches, with a reason for every no.
//!
//! Rights follow the reporting line (สังกัด) downwards. The coordinating line lets the provincial office see, remind,
//! ask for more, check links and draft on behalf, and nothing else; what an agency certifies, only the agency certifies.
//! Roles on organisations above the provinces (region, department, ministry) read: they change nothing in a province.

use crate::{
    ids::OrganisationId,
    people::{Grant, Role},
};
use jiff::civil::Date;
use serde::Serialize;

mod giving;

pub use giving::{Seat, may_be_held, may_give};

coded! {
    /// What a person may be allowed to do. Pages for the public need none of them.
    pub enum Act {
        /// See drafts, records and tasks of an organisation (ดูงานภายใน).
        See = "see",
        /// Remind of what is due (แจ้งเตือน).
        Remind = "remind",
        /// Note that a report was received and ask for more; nothing is rejected by it (ขอข้อมูลเพิ่มเติม).
        AskForMore = "ask_for_more",
        /// Record what was done in a step, for one's own organisation (บันทึกผลขั้นตอน).
        RecordStep = "record_step",
        /// Draft such a record for an agency, with the letter it rests on (บันทึกแทนหน่วยงาน).
        DraftOnBehalf = "draft_on_behalf",
        /// Certify what the organisation, or a school below it, recorded (รับรองรายงาน).
        Certify = "certify",
        /// Propose and change links of a project (เสนอความเชื่อมโยง).
        ProposeLink = "propose_link",
        /// Check a link or an alignment: it counts from then on, or does not (ตรวจความเชื่อมโยง). The project itself is
        /// neither approved nor rejected by it.
        DecideLink = "decide_link",
        /// Set a finding aside, with a reason and an end (ยกเว้นรายการที่ควรตรวจทาน).
        WaiveFinding = "waive_finding",
        /// Edit the descriptive text of plans and projects (แก้ไขข้อความ).
        EditText = "edit_text",
        /// Import a plan (นำเข้าแผน).
        ImportPlan = "import_plan",
        /// Add organisations, their names, codes, class and order (จัดการทะเบียนหน่วยงาน).
        ManageOrganisations = "manage_organisations",
        /// Move, merge, split and close organisations: who stands above whom decides who may do what, so that this is kept
        /// apart (ปรับโครงสร้างสังกัด).
        Restructure = "restructure",
        /// Invite people, give roles and take them back (จัดการผู้ใช้งาน).
        ManagePeople = "manage_people",
        /// Hand the work of somebody who leaves to somebody else (ส่งมอบงาน).
        HandOver = "hand_over",
        /// Read and export the trail (ดูบันทึกการใช้งาน).
        ReadTrail = "read_trail",
        /// Change settings of the province (ตั้งค่าระบบ).
        Configure = "configure",
    }
}

coded! {
    /// How far a role reaches from the organisation on which it is given. Each reach holds the ones before it, but
    /// `OnlyCoordinated`, which leaves one's own line out.
    pub enum Reach {
        /// That organisation alone.
        Own = "own",
        /// And everything below it by สังกัด.
        Line = "line",
        /// And everything below it by coordination.
        Coordinated = "coordinated",
        /// What is below it by coordination and not in its own line: those for whom it may draft.
        OnlyCoordinated = "only_coordinated",
        /// Every organisation of its province.
        Province = "province",
    }
}

/// How far a role carries an act; `None` = it does not. This is the table, and there is no other.
pub const fn reach(role: Role, act: Act) -> Option<Reach> {
    use Reach::{Coordinated, Line, OnlyCoordinated, Own, Province};
    match role {
        Role::Administrator => match act {
            Act::See
            | Act::ManageOrganisations
            | Act::Restructure
            | Act::ManagePeople
            | Act::HandOver
            | Act::ReadTrail
            | Act::Configure => Some(Province),
            _ => None,
        },
        Role::Planner => match act {
            Act::See | Act::Remind | Act::AskForMore | Act::ProposeLink | Act::DecideLink => {
                Some(Coordinated)
            }
            Act::DraftOnBehalf => Some(OnlyCoordinated),
            // What is found at an agency's project the agency answers for: coordination sets nothing aside.
            Act::RecordStep | Act::EditText | Act::WaiveFinding | Act::HandOver => Some(Line),
            // A provincial plan names projects of every agency: its import reaches the whole province.
            Act::ImportPlan | Act::ManageOrganisations | Act::ReadTrail => Some(Province),
            _ => None,
        },
        Role::Coordinator => match act {
            Act::See
            | Act::Remind
            | Act::AskForMore
            | Act::RecordStep
            | Act::ProposeLink
            | Act::WaiveFinding
            | Act::EditText
            | Act::ManagePeople
            | Act::HandOver => Some(Line),
            _ => None,
        },
        Role::Approver => match act {
            Act::See
            | Act::Remind
            | Act::AskForMore
            | Act::Certify
            | Act::DecideLink
            | Act::WaiveFinding
            | Act::ManagePeople
            | Act::HandOver => Some(Line),
            _ => None,
        },
        Role::SchoolPlanner => match act {
            Act::See | Act::RecordStep | Act::ProposeLink | Act::EditText => Some(Own),
            _ => None,
        },
        Role::Auditor => match act {
            Act::See | Act::ReadTrail => Some(Province),
            _ => None,
        },
        Role::Executive | Role::Reader => match act {
            Act::See => Some(Coordinated),
            _ => None,
        },
    }
}

/// An organisation with what decides who reaches it, on the day of the act.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Object {
    /// Which one; `None` = the province as a whole (its settings, its trail).
    pub organisation: Option<OrganisationId>,
    /// Everything above it by สังกัด, the nearest first.
    pub reports_to: Vec<OrganisationId>,
    /// Everything above it by coordination, the nearest first.
    pub coordinated_by: Vec<OrganisationId>,
    /// The province in which it is registered; `None` = a national one.
    pub province: Option<String>,
}

/// A grant with the province of the organisation on which it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The grant.
    pub grant: Grant,
    /// The province of its organisation; `None` = a national one, whose administrators and auditors reach all.
    pub province: Option<String>,
}

/// Why somebody may not. The nearest miss is told, so that the reader knows what to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Refusal {
    /// They hold no role today.
    NoRole,
    /// None of their roles of today includes the act.
    NotInRole {
        /// Roles that do.
        needed: Vec<Role>,
    },
    /// A role includes it, but for other organisations.
    OutOfReach {
        /// The role.
        role: Role,
        /// How far it reaches.
        reach: Reach,
    },
    /// A role includes it, but is held above the provinces, where one only reads.
    OnlyReads {
        /// The role.
        role: Role,
    },
    /// A role that would allow it has ended, or has not begun.
    NotToday {
        /// The role.
        role: Role,
        /// First day.
        from: Option<Date>,
        /// First day after.
        to: Option<Date>,
    },
}

impl Refusal {
    /// The key of its sentence in `locales/`.
    pub const fn key(&self) -> &'static str {
        match self {
            Refusal::NoRole => "permission.no_role",
            Refusal::NotInRole { .. } => "permission.not_in_role",
            Refusal::OutOfReach { .. } => "permission.out_of_reach",
            Refusal::OnlyReads { .. } => "permission.only_reads",
            Refusal::NotToday { .. } => "permission.not_today",
        }
    }
}

impl Grant {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day < to)
    }
}

/// The grant by which somebody may do `act` to `object` on `today`, or why they may not: the nearest miss.
pub fn decide<'g>(
    held: &'g [Held],
    act: Act,
    object: &Object,
    today: Date,
) -> Result<&'g Grant, Refusal> {
    let mut other_day: Option<&Grant> = None;
    let mut only_reads = None;
    let mut elsewhere = None;
    let mut has_role = false;
    for one in held {
        let grant = &one.grant;
        let today = grant.holds_on(today);
        has_role |= today;
        let Some(reach) = reach(grant.role, act) else {
            continue;
        };
        let reached = reaches(one, reach, object);
        let from_above = reached && only_reads_from_above(one, act, object);
        match (today, reached && !from_above) {
            (true, true) => return Ok(grant),
            (true, false) if from_above => {
                only_reads.get_or_insert(Refusal::OnlyReads { role: grant.role });
            }
            (true, false) => {
                let role = grant.role;
                elsewhere.get_or_insert(Refusal::OutOfReach { role, reach });
            }
            // Of several that are over, the last one; one that is still to come is after them all.
            (false, true) => {
                let end = |grant: &Grant| grant.valid_to.unwrap_or(Date::MAX);
                if other_day.is_none_or(|before| end(before) < end(grant)) {
                    other_day = Some(grant);
                }
            }
            (false, false) => {}
        }
    }
    let other_day = other_day.map(|grant| Refusal::NotToday {
        role: grant.role,
        from: grant.valid_from,
        to: grant.valid_to,
    });
    Err(other_day
        .or(only_reads)
        .or(elsewhere)
        .unwrap_or_else(|| match has_role {
            false => Refusal::NoRole,
            true => {
                let can = |role: &Role| reach(*role, act).is_some();
                let needed = Role::ALL.iter().copied().filter(can).collect();
                Refusal::NotInRole { needed }
            }
        }))
}

/// Whether a role with this reach, held there, reaches the object.
fn reaches(held: &Held, reach: Reach, object: &Object) -> bool {
    let from = held.grant.organisation;
    let own = object.organisation == Some(from);
    let line = own || object.reports_to.contains(&from);
    let coordinated = object.coordinated_by.contains(&from);
    match reach {
        Reach::Own => own,
        Reach::Line => line,
        Reach::Coordinated => line || coordinated,
        Reach::OnlyCoordinated => coordinated && !line,
        Reach::Province => match (&held.province, &object.province) {
            (None, _) => true,
            (Some(mine), Some(its)) => mine == its,
            (Some(_), None) => false,
        },
    }
}

/// Whether a role is held above the provinces, the object is in one, and the act is more than looking: region,
/// departments and ministry inherit no right to change anything in a province. Administrators and auditors of the whole
/// installation are held there, too, and are what they are everywhere.
fn only_reads_from_above(held: &Held, act: Act, object: &Object) -> bool {
    let from_above = held.province.is_none() && object.province.is_some();
    from_above && act != Act::See && !matches!(held.grant.role, Role::Administrator | Role::Auditor)
}
