//! Typed ids: a UUIDv7 in 16 bytes that cannot be mistaken for the id of another kind of thing.
//!
//! Ids are made by `actions::Ctx`; nothing here draws a random number or reads a clock.

use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// The id whose 128 bits are `n`: for tests and worked examples.
            pub const fn from_u128(n: u128) -> Self { Self(Uuid::from_u128(n)) }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
    )+};
}

ids! {
    /// An office, agency or school (หน่วยงาน, สถานศึกษา).
    OrganisationId,
    /// One dated membership of an organisation in one of the two forests.
    MembershipId,
    /// The lineage of a plan or framework (แผน) through all its editions.
    PlanId,
    /// One dated text of a plan (ฉบับ).
    EditionId,
    /// One element of an edition (องค์ประกอบของแผน): strategy, target, indicator …
    NodeId,
    /// What a node stays when the next edition prints it again.
    LineageId,
    /// A row that joins nodes of two editions or frameworks (ตารางเทียบความเชื่อมโยง).
    CrosswalkId,
    /// A reasoned link from a plan node to a node of a plan above it (ความเชื่อมโยง).
    AlignmentId,
    /// A project (โครงการ).
    ProjectId,
    /// That a project stands in an edition, under one of its nodes.
    ListingId,
    /// A project's link to a node of a framework or plan.
    LinkId,
    /// An activity (กิจกรรม) of a project.
    ActivityId,
    /// One line of a project's budget at one stage.
    BudgetLineId,
    /// A quarterly report of people reached by a project.
    PeopleReportId,
    /// A baseline of an indicator.
    BaselineId,
    /// A target value of an indicator for a year.
    IndicatorTargetId,
    /// One reported reading of an indicator.
    ObservationId,
    /// Something an organisation has to report (สิ่งที่ต้องรายงาน).
    DutyId,
    /// A waiver of a finding (การยกเว้น).
    WaiverId,
    /// A code that a file names and its framework does not have.
    MentionId,
    /// One event of the trail.
    EventId,
    /// Somebody who may sign in, or once could (ผู้ใช้งาน).
    PersonId,
    /// A role given to a person on an organisation.
    GrantId,
    /// What was done in one cell of the eight-step board.
    StepRecordId,
    /// A file kept as evidence.
    FileId,
    /// That somebody asked for more about a step record (คำขอข้อมูลเพิ่มเติม).
    InquiryId,
    /// That an organisation was reminded of what is due (การแจ้งเตือน).
    ReminderId,
    /// A public holiday (วันหยุดราชการ).
    HolidayId,
    /// What a province corrected in a duty of a step for a fiscal year.
    DutyRuleId,
    /// One sign-in of a person, from its first to its last moment.
    SessionId,
    /// A one-time link by which somebody becomes a user.
    InvitationId,
    /// A one-time link by which a user sets a new password.
    ResetId,
    /// A code by which a register of the state knows an organisation.
    OrganisationCodeId,
    /// That one organisation went on in another.
    SuccessionId,
    /// One merging or splitting, with all its successions.
    ReorganisationId,
}
