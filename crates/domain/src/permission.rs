//! Who may do what to whom: one table of roles, acts and reaches, with a reason for every no.
//!
//! Rights follow the reporting line (สังกัด) downwards. The coordinating line lets the provincial office see, remind,
//! ask for more, check links and draft on behalf, and nothing else; what an agency certifies, only the agency certifies.
//! Roles on organisations above the provinces (region, department, ministry) read: they change nothing in a province.

use crate::{
    ids::OrganisationId,
    issue::{Arg, Issue, Place},
    people::{Grant, Role},
};
use jiff::civil::Date;
use serde::Serialize;
use std::cmp::Reverse;

mod giving;
mod why;

pub use giving::{Seat, may_be_held, may_give};
pub use why::why_not;

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
        /// See who has an account and which roles they hold (ดูผู้ใช้งานและบทบาท).
        SeePeople = "see_people",
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
            | Act::SeePeople
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
            Act::RecordStep | Act::EditText | Act::WaiveFinding => Some(Line),
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
            | Act::SeePeople
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
            | Act::SeePeople
            | Act::ManagePeople
            | Act::HandOver => Some(Line),
            _ => None,
        },
        Role::SchoolPlanner => match act {
            Act::See | Act::RecordStep | Act::ProposeLink | Act::EditText => Some(Own),
            _ => None,
        },
        Role::Auditor => match act {
            Act::See | Act::SeePeople | Act::ReadTrail => Some(Province),
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
    /// A role that would allow it has not begun.
    NotYet {
        /// The role.
        role: Role,
        /// Its first day.
        from: Date,
    },
    /// A role that would allow it has ended.
    Ended {
        /// The role.
        role: Role,
        /// The first day after it.
        to: Date,
    },
}

impl Refusal {
    /// Its code, and the key of its sentence in `locales/` after `issue.`.
    pub const fn key(&self) -> &'static str {
        match self {
            Refusal::NoRole => "permission.no_role",
            Refusal::NotInRole { .. } => "permission.not_in_role",
            Refusal::OutOfReach { .. } => "permission.out_of_reach",
            Refusal::OnlyReads { .. } => "permission.only_reads",
            Refusal::NotYet { .. } => "permission.not_yet",
            Refusal::Ended { .. } => "permission.ended",
        }
    }

    /// What the person reads: that they may not, why, and whom to ask.
    pub fn issue(&self, act: Act) -> Issue {
        let issue = Issue::error(Place::Whole, self.key()).with("act", Arg::Key(act.key()));
        let role = |role: &Role| Arg::Key(role.key());
        match self {
            Refusal::NoRole => issue,
            Refusal::NotInRole { needed } => issue.with(
                "roles",
                Arg::Keys(needed.iter().map(|it| it.key()).collect()),
            ),
            Refusal::OutOfReach { role: held, reach } => issue
                .with("role", role(held))
                .with("reach", Arg::Key(reach.key())),
            Refusal::OnlyReads { role: held } => issue.with("role", role(held)),
            Refusal::NotYet { role: held, from } => {
                issue.with("role", role(held)).with("from", *from)
            }
            Refusal::Ended { role: held, to } => issue.with("role", role(held)).with("to", *to),
        }
    }

    /// Which of several reasons helps the reader most: the lower, the nearer. Of roles to come the first one, of roles
    /// that are over the last.
    const fn nearness(&self) -> (u8, Date, Reverse<Date>) {
        let rank = match self {
            Refusal::NotYet { from, .. } => return (0, *from, Reverse(Date::MIN)),
            Refusal::Ended { to, .. } => return (1, Date::MIN, Reverse(*to)),
            Refusal::OnlyReads { .. } => 2,
            Refusal::OutOfReach { .. } => 3,
            Refusal::NotInRole { .. } => 4,
            Refusal::NoRole => 5,
        };
        (rank, Date::MIN, Reverse(Date::MIN))
    }
}

impl Act {
    /// The key of its word in `locales/`.
    pub const fn key(self) -> &'static str {
        match self {
            Act::See => "act.see",
            Act::Remind => "act.remind",
            Act::AskForMore => "act.ask_for_more",
            Act::RecordStep => "act.record_step",
            Act::DraftOnBehalf => "act.draft_on_behalf",
            Act::Certify => "act.certify",
            Act::ProposeLink => "act.propose_link",
            Act::DecideLink => "act.decide_link",
            Act::WaiveFinding => "act.waive_finding",
            Act::EditText => "act.edit_text",
            Act::ImportPlan => "act.import_plan",
            Act::ManageOrganisations => "act.manage_organisations",
            Act::Restructure => "act.restructure",
            Act::SeePeople => "act.see_people",
            Act::ManagePeople => "act.manage_people",
            Act::HandOver => "act.hand_over",
            Act::ReadTrail => "act.read_trail",
            Act::Configure => "act.configure",
        }
    }
}

impl Reach {
    /// The key of its words in `locales/`.
    pub const fn key(self) -> &'static str {
        match self {
            Reach::Own => "reach.own",
            Reach::Line => "reach.line",
            Reach::Coordinated => "reach.coordinated",
            Reach::OnlyCoordinated => "reach.only_coordinated",
            Reach::Province => "reach.province",
        }
    }
}

impl Grant {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day < to)
    }

    /// Why it is not in force on a day; of one that was taken back before it began, nothing.
    fn other_day(&self, day: Date) -> Option<Refusal> {
        let role = self.role;
        match (self.valid_from, self.valid_to) {
            (Some(from), Some(to)) if to <= from => None,
            (Some(from), _) if day < from => Some(Refusal::NotYet { role, from }),
            (_, Some(to)) if to <= day => Some(Refusal::Ended { role, to }),
            _ => None,
        }
    }
}

/// The grant by which somebody may do `act` to `object` on `today`, or why they may not: the nearest miss.
pub fn decide<'g>(
    held: &'g [Held],
    act: Act,
    object: &Object,
    today: Date,
) -> Result<&'g Grant, Refusal> {
    let mut misses = Vec::new();
    for one in held {
        match carries(one, act, object, today) {
            Ok(grant) => return Ok(grant),
            Err(miss) => misses.extend(miss),
        }
    }
    let nearest = misses.into_iter().min_by_key(Refusal::nearness);
    Err(nearest.unwrap_or(Refusal::NoRole))
}

/// The grant, where this one role carries the act; else why not, unless it is a role of another day that would not.
fn carries<'g>(
    held: &'g Held,
    act: Act,
    object: &Object,
    today: Date,
) -> Result<&'g Grant, Option<Refusal>> {
    let grant = &held.grant;
    let role = grant.role;
    let holds = grant.holds_on(today);
    let Some(reach) = reach(role, act) else {
        return Err(holds.then(|| Refusal::NotInRole {
            needed: able(act).collect(),
        }));
    };
    let reached = reaches(held, reach, object);
    let reads = reached && only_reads_from_above(held, act, object);
    match (holds, reached && !reads) {
        (true, true) => Ok(grant),
        (true, false) if reads => Err(Some(Refusal::OnlyReads { role })),
        (true, false) => Err(Some(Refusal::OutOfReach { role, reach })),
        (false, true) => Err(grant.other_day(today)),
        (false, false) => Err(None),
    }
}

/// The roles that include an act.
pub fn able(act: Act) -> impl Iterator<Item = Role> {
    let can = move |role: &Role| reach(*role, act).is_some();
    Role::ALL.iter().copied().filter(can)
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
