//! People who work in the system, and the roles given to them on organisations.

use crate::ids::{GrantId, OrganisationId, PersonId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// What somebody is to an organisation. A role is given on one organisation and reaches as far as
    /// [`crate::permission`] says, never further.
    pub enum Role {
        /// ผู้ดูแลระบบ: people, organisations and settings of a province; no plan and no report.
        Administrator = "administrator",
        /// ผู้วางแผนของสำนักงานศึกษาธิการจังหวัด.
        Planner = "planner",
        /// ผู้บริหารระดับจังหวัด: reads.
        Executive = "executive",
        /// ผู้ประสานงานของหน่วยงาน.
        Coordinator = "coordinator",
        /// หัวหน้าหน่วยงานหรือผู้รับรองรายงาน.
        Approver = "approver",
        /// ครูผู้รับผิดชอบแผนของสถานศึกษา.
        SchoolPlanner = "school_planner",
        /// ผู้ตรวจสอบ: reads everything, the trail included.
        Auditor = "auditor",
        /// ผู้อ่านของภาคและกระทรวง: reads, changes nothing in a province.
        Reader = "reader",
    }
}

impl Role {
    /// The key of the sentence that says what it is for.
    pub const fn what(self) -> &'static str {
        match self {
            Role::Administrator => "role.administrator.what",
            Role::Planner => "role.planner.what",
            Role::Executive => "role.executive.what",
            Role::Coordinator => "role.coordinator.what",
            Role::Approver => "role.approver.what",
            Role::SchoolPlanner => "role.school_planner.what",
            Role::Auditor => "role.auditor.what",
            Role::Reader => "role.reader.what",
        }
    }

    /// The key of its word in `locales/`.
    pub const fn key(self) -> &'static str {
        match self {
            Role::Administrator => "role.administrator",
            Role::Planner => "role.planner",
            Role::Executive => "role.executive",
            Role::Coordinator => "role.coordinator",
            Role::Approver => "role.approver",
            Role::SchoolPlanner => "role.school_planner",
            Role::Auditor => "role.auditor",
            Role::Reader => "role.reader",
        }
    }
}

/// Somebody who may sign in. How they prove who they are is kept apart, in the store's credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id for life.
    pub id: PersonId,
    /// The name they sign in with: lower-case letters, digits, dots and hyphens; unique in the installation.
    pub account: String,
    /// Name with prefix or rank, as an order prints it.
    pub name: String,
    /// Position (ตำแหน่ง), where known.
    pub position: Option<String>,
    /// The first day on which they no longer sign in.
    pub left: Option<Date>,
}

/// A role that somebody holds on one organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// Who holds it.
    pub person: PersonId,
    /// Which role.
    pub role: Role,
    /// On which organisation.
    pub organisation: OrganisationId,
    /// First day; `None` = at once.
    pub valid_from: Option<Date>,
    /// First day after; `None` = until it is taken back.
    pub valid_to: Option<Date>,
}
