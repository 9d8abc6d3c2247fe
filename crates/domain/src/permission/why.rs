//! Why a role does not include an act: a reason for every empty cell of the table.

use super::{Act, reach};
use crate::people::Role;

/// The key in `locales/` of the reason why a role does not include an act; `None` where it does.
pub const fn why_not(role: Role, act: Act) -> Option<&'static str> {
    if reach(role, act).is_some() {
        return None;
    }
    Some(match (role, act) {
        (_, Act::SeePeople) => "permission.why.personal",
        (
            Role::Executive
            | Role::Reader
            | Role::Coordinator
            | Role::Approver
            | Role::SchoolPlanner,
            Act::ReadTrail,
        ) => "permission.why.trail",
        (Role::Executive | Role::Reader | Role::Auditor, _) => "permission.why.reads",
        (Role::Administrator, _) => "permission.why.apart",
        (_, Act::Certify) => "permission.why.head",
        (_, Act::DraftOnBehalf) => "permission.why.own_records",
        (_, Act::DecideLink) => "permission.why.proposes",
        (Role::Approver, Act::RecordStep | Act::ProposeLink | Act::EditText) => {
            "permission.why.checks"
        }
        (_, Act::ImportPlan) => "permission.why.plan_of_all",
        (_, Act::Restructure) => "permission.why.structure",
        (_, Act::ManageOrganisations | Act::Configure) => "permission.why.province",
        (Role::Planner, Act::ManagePeople | Act::HandOver) => "permission.why.own_people",
        (_, Act::ManagePeople | Act::HandOver) => "permission.why.people",
        // What is left is what a school would ask of others.
        _ => "permission.why.through_agency",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    #[test]
    fn every_no_of_the_table_has_a_reason_in_both_languages_and_no_yes_has_one() {
        for role in Role::ALL {
            for act in Act::ALL {
                let why = why_not(*role, *act);
                assert_eq!(why.is_none(), reach(*role, *act).is_some(), "{role} {act}");
                for locale in Locale::ALL {
                    assert!(why.is_none_or(|key| locale.find(key).is_some()), "{why:?}");
                }
            }
        }
    }

    #[test]
    fn a_reason_is_told_to_whom_it_fits() {
        let of_agencies = [Role::Coordinator, Role::Approver, Role::SchoolPlanner];
        for (role, act) in Role::ALL
            .iter()
            .flat_map(|role| Act::ALL.iter().map(move |act| (*role, *act)))
        {
            let fits = match why_not(role, act) {
                Some("permission.why.through_agency") => role == Role::SchoolPlanner,
                Some("permission.why.own_people") => role == Role::Planner,
                Some("permission.why.own_records" | "permission.why.plan_of_all") => {
                    of_agencies.contains(&role)
                }
                Some("permission.why.structure") => {
                    role == Role::Planner || of_agencies.contains(&role)
                }
                _ => true,
            };
            assert!(fits, "{role} {act}");
        }
    }
}
