//! Who may do what to whom: one table of roles, acts and reaches, with a reason for every no.
//!
//! Rights follow the reporting line (สังกัด) downwards. The coordinating line lets the provincial office see, remind,
//! check links and draft on behalf, and nothing else; what an agency certifies, only the agency certifies.

use crate::{
    ids::OrganisationId,
    people::{Grant, Role},
};
use jiff::civil::Date;
use serde::Serialize;

coded! {
    /// What a person may be allowed to do. Pages for the public need none of them.
    pub enum Act {
        /// See drafts, records and tasks of an organisation (ดูงานภายใน).
        See = "see",
        /// Remind of what is due (แจ้งเตือน).
        Remind = "remind",
        /// Record what was done in a step, for one's own organisation (บันทึกผลขั้นตอน).
        RecordStep = "record_step",
        /// Draft such a record for an agency, with the letter it rests on (บันทึกแทนหน่วยงาน).
        DraftOnBehalf = "draft_on_behalf",
        /// Certify what the organisation recorded (รับรองรายงาน).
        Certify = "certify",
        /// Propose and change links of a project (เสนอความเชื่อมโยง).
        ProposeLink = "propose_link",
        /// Approve or reject a link or an alignment (ตรวจและรับรองความเชื่อมโยง).
        DecideLink = "decide_link",
        /// Set a finding aside, with a reason and an end (ยกเว้นรายการที่ควรตรวจทาน).
        WaiveFinding = "waive_finding",
        /// Edit the descriptive text of plans and projects (แก้ไขข้อความ).
        EditText = "edit_text",
        /// Import a plan (นำเข้าแผน).
        ImportPlan = "import_plan",
        /// Add, rename, move, merge and split organisations (จัดการทะเบียนหน่วยงาน).
        ManageOrganisations = "manage_organisations",
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
            | Act::ImportPlan
            | Act::ManageOrganisations
            | Act::ManagePeople
            | Act::HandOver
            | Act::ReadTrail
            | Act::Configure => Some(Province),
            _ => None,
        },
        Role::Planner => match act {
            Act::See | Act::Remind | Act::ProposeLink | Act::DecideLink | Act::WaiveFinding => {
                Some(Coordinated)
            }
            Act::DraftOnBehalf => Some(OnlyCoordinated),
            Act::RecordStep | Act::EditText | Act::HandOver => Some(Line),
            // A provincial plan names projects of every agency: its import reaches the whole province.
            Act::ImportPlan | Act::ManageOrganisations | Act::ReadTrail => Some(Province),
            _ => None,
        },
        Role::Coordinator => match act {
            Act::See
            | Act::Remind
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
            | Act::DecideLink
            | Act::WaiveFinding
            | Act::ManagePeople
            | Act::HandOver => Some(Line),
            Act::Certify => Some(Own),
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

/// Which roles somebody who manages people may give and take back. Nobody changes a role of their own.
pub const fn may_give(giver: Role) -> &'static [Role] {
    match giver {
        Role::Administrator => Role::ALL,
        Role::Approver => &[Role::Approver, Role::Coordinator, Role::SchoolPlanner],
        Role::Coordinator => &[Role::Coordinator, Role::SchoolPlanner],
        _ => &[],
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
    /// They hold no role at all.
    NoRole,
    /// None of their roles includes the act.
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

/// The grant by which somebody may do `act` to `object` on `today`, or why they may not.
pub fn decide<'g>(
    held: &'g [Held],
    act: Act,
    object: &Object,
    today: Date,
) -> Result<&'g Grant, Refusal> {
    let mut refusal = if held.is_empty() {
        Refusal::NoRole
    } else {
        let can = |role: &Role| reach(*role, act).is_some();
        let needed = Role::ALL.iter().copied().filter(can).collect();
        Refusal::NotInRole { needed }
    };
    for one in held {
        let grant = &one.grant;
        let Some(reach) = reach(grant.role, act) else {
            continue;
        };
        let reached = reaches(one, reach, object);
        match (reached, grant.holds_on(today)) {
            (true, true) => return Ok(grant),
            (true, false) => {
                refusal = Refusal::NotToday {
                    role: grant.role,
                    from: grant.valid_from,
                    to: grant.valid_to,
                };
            }
            (false, _) if !matches!(refusal, Refusal::NotToday { .. }) => {
                refusal = Refusal::OutOfReach {
                    role: grant.role,
                    reach,
                };
            }
            (false, _) => {}
        }
    }
    Err(refusal)
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
