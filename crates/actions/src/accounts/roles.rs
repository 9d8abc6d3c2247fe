//! Roles that come with an account: who may give them, where they can be held, and their recording.

use super::fields;
use crate::{
    Error,
    act::NATIONAL,
    ctx::{Ctx, Who},
};
use domain::{
    ids::{OrganisationId, PersonId},
    issue::{Arg, Issues},
    organisation::{Organisation, OrganisationText},
    people::{Grant, Role},
    permission::{Act, Seat, decide, may_be_held, may_give},
    provenance::{Certainty, Provenance},
    time::Moment,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::{New, Read, Tx, permission};

/// A role to be given on an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Given {
    /// Which role.
    pub role: Role,
    /// On which organisation.
    pub organisation: OrganisationId,
}

/// The trail that tells of an account: that of the province of its first role, else the national one.
pub(crate) async fn trail_of(read: &impl Read, roles: &[Given]) -> Result<String, Error> {
    for given in roles {
        let found =
            store::get::<(Organisation, OrganisationText)>(read, given.organisation).await?;
        if let Some(province) = found.and_then(|kept| kept.row.1.province) {
            return Ok(province);
        }
    }
    Ok(NATIONAL.to_owned())
}

/// The same for a person who has an account.
pub(crate) async fn trail_of_person(read: &impl Read, person: PersonId) -> Result<String, Error> {
    let held = permission::held_by(read, person).await?;
    let province = held.into_iter().find_map(|held| held.province);
    Ok(province.unwrap_or_else(|| NATIONAL.to_owned()))
}

/// What is wrong with roles that are to be given from a day on, at the field `roles`.
pub(crate) async fn problems(
    read: &impl Read,
    roles: &[Given],
    from: Date,
) -> Result<Issues, Error> {
    let mut issues = Vec::new();
    if roles.is_empty() {
        issues.push(fields::at("roles", "account.role_needed"));
    }
    for given in roles {
        let found =
            store::get::<(Organisation, OrganisationText)>(read, given.organisation).await?;
        let Some((organisation, text)) = found.map(|kept| kept.row) else {
            issues.push(fields::at("roles", "account.unknown_organisation"));
            continue;
        };
        if organisation.closed.is_some_and(|closed| closed <= from) {
            let issue = fields::at("roles", "account.closed_organisation");
            issues.push(issue.with("organisation", text.name_th.as_str()));
        }
        if !may_be_held(given.role).contains(&Seat::of(&organisation, &text)) {
            let issue = fields::at("roles", "account.role_not_held_there")
                .with("role", Arg::Key(given.role.key()))
                .with("organisation", text.name_th);
            issues.push(issue);
        }
    }
    Ok(issues)
}

/// The name of the first organisation among the roles that is closed on a day.
pub(crate) async fn closed(
    read: &impl Read,
    roles: &[Given],
    day: Date,
) -> Result<Option<String>, Error> {
    let on: Vec<OrganisationId> = roles.iter().map(|given| given.organisation).collect();
    let found = store::get_many::<(Organisation, OrganisationText)>(read, &on).await?;
    let mut found = found.into_iter().map(|kept| kept.row);
    let closed = found.find(|(row, _)| row.closed.is_some_and(|closed| closed <= day));
    Ok(closed.map(|(_, text)| text.name_th))
}

/// The roles that whoever acts may give on an organisation at a moment.
pub(crate) async fn may_be_given_by(
    read: &impl Read,
    who: Who,
    organisation: OrganisationId,
    at: Moment,
) -> Result<BTreeSet<Role>, Error> {
    let person = match who {
        Who::Shell => return Ok(Role::ALL.iter().copied().collect()),
        Who::Nobody => return Ok(BTreeSet::new()),
        Who::Person(person) => person,
    };
    let day = at.thai_day();
    let Some(object) = permission::object(read, organisation, day).await? else {
        return Ok(BTreeSet::new());
    };
    let held = crate::permission::in_force(read, person, at).await?;
    // One role at a time, because each lets other roles be given.
    let by = held
        .iter()
        .filter_map(|one| decide(std::slice::from_ref(one), Act::ManagePeople, &object, day).ok());
    Ok(by.flat_map(|grant| may_give(grant.role)).copied().collect())
}

/// Records the roles of a person, from now on.
pub(super) async fn give(
    tx: &Tx,
    ctx: &mut Ctx,
    person: PersonId,
    roles: &[Given],
    at: Moment,
) -> Result<(), Error> {
    let source = ctx.actor.clone();
    let rows: Vec<New<Grant>> = roles
        .iter()
        .map(|given| New {
            version: ctx.id(),
            provenance: Some(Provenance {
                source: source.clone(),
                certainty: Certainty::Entered,
            }),
            row: Grant {
                id: ctx.id(),
                person,
                role: given.role,
                organisation: given.organisation,
                valid_from: Some(at.thai_day()),
                valid_to: None,
            },
        })
        .collect();
    store::record(tx, at, rows).await?;
    Ok(())
}
