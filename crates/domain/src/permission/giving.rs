//! Who may give which role, and on which organisations a role can stand.

use crate::{
    organisation::{Class, Organisation, OrganisationText},
    people::Role,
    step::PROVINCIAL_OFFICE,
};

/// The code of the Ministry of Education in the register of organisations.
pub const MINISTRY: &str = "MOE";

/// Which roles somebody who manages people may give and take back. Nobody changes a role of their own.
pub const fn may_give(giver: Role) -> &'static [Role] {
    match giver {
        Role::Administrator => Role::ALL,
        Role::Approver => &[Role::Approver, Role::Coordinator, Role::SchoolPlanner],
        Role::Coordinator => &[Role::Coordinator, Role::SchoolPlanner],
        _ => &[],
    }
}

coded! {
    /// What an organisation is to the giving of roles.
    pub enum Seat {
        /// กระทรวงศึกษาธิการ, whose the whole installation is.
        Ministry = "ministry",
        /// Above the provinces otherwise: region, department, another ministry.
        Above = "above",
        /// สำนักงานศึกษาธิการจังหวัด.
        ProvincialOffice = "provincial_office",
        /// Any other agency of a province.
        Agency = "agency",
        /// สถานศึกษา.
        School = "school",
    }
}

impl Seat {
    /// The key of its word in `locales/`.
    pub const fn key(self) -> &'static str {
        match self {
            Seat::Ministry => "seat.ministry",
            Seat::Above => "seat.above",
            Seat::ProvincialOffice => "seat.provincial_office",
            Seat::Agency => "seat.agency",
            Seat::School => "seat.school",
        }
    }

    /// What an organisation is.
    pub fn of(organisation: &Organisation, text: &OrganisationText) -> Self {
        match (&text.province, text.kind.as_deref(), organisation.class) {
            (None, _, _) if text.code == MINISTRY => Seat::Ministry,
            (None, _, _) => Seat::Above,
            (Some(_), Some(PROVINCIAL_OFFICE), _) => Seat::ProvincialOffice,
            (Some(_), _, Some(Class::School)) => Seat::School,
            (Some(_), _, _) => Seat::Agency,
        }
    }
}

/// Where a role can be held. Roles that reach the whole province are held on its office and nowhere else: given on a
/// school by mistake they would open every agency to it. Those that reach every province are held at the ministry alone: a
/// region or department reads what is below it.
pub const fn may_be_held(role: Role) -> &'static [Seat] {
    use Seat::{Above, Agency, Ministry, ProvincialOffice, School};
    match role {
        Role::Administrator | Role::Auditor => &[Ministry, ProvincialOffice],
        Role::Planner | Role::Executive => &[ProvincialOffice],
        Role::Coordinator | Role::Approver => &[ProvincialOffice, Agency, School],
        Role::SchoolPlanner => &[School],
        Role::Reader => &[Ministry, Above],
    }
}
