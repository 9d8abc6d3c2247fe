//! What pages read about people: who holds which role where, and which roles the reader may give.

use super::line::{Line, roles_of};
use crate::{Error, accounts::roles::may_be_given_by, ctx::Who};
use domain::{
    ids::{OrganisationId, PersonId},
    organisation::{Organisation, OrganisationText},
    people::{Grant, Person, Role},
    permission::{Act, Seat, may_be_held},
    register::ListPlace,
    time::Moment,
};
use std::collections::{BTreeMap, HashMap};
use store::{Kept, Store};

/// A role with its holder.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    /// The role.
    pub grant: Grant,
    /// Who holds it, with the version that was read.
    pub person: Kept<Person>,
}

/// An organisation with the people who hold roles on it.
#[derive(Debug, Clone, PartialEq)]
pub struct OfOrganisation {
    /// Which.
    pub organisation: OrganisationId,
    /// Its words.
    pub text: OrganisationText,
    /// Roles in force or still to come, by role, then by name.
    pub holders: Vec<Holder>,
}

/// The organisations whose people `who` looks after, with everybody who holds a role there; those without anybody are
/// left out. By code.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(store: &Store, who: Who, at: Moment) -> Result<Vec<OfOrganisation>, Error> {
    let today = at.thai_day();
    let line = Line::load(store, today).await?;
    let held = match who {
        Who::Person(person) => roles_of(store, person, at).await?,
        Who::Shell | Who::Nobody => Vec::new(),
    };
    let grants: Vec<Kept<Grant>> = store::all(store).await?;
    let mut on: BTreeMap<OrganisationId, Vec<Grant>> = BTreeMap::new();
    for grant in grants.into_iter().map(|kept| kept.row) {
        if super::common::ahead(&grant, today) {
            on.entry(grant.organisation).or_default().push(grant);
        }
    }
    on.retain(|organisation, _| match who {
        Who::Shell => true,
        Who::Person(_) => line.allows(&held, Act::ManagePeople, *organisation),
        Who::Nobody => false,
    });
    let ids: Vec<PersonId> = on.values().flatten().map(|grant| grant.person).collect();
    let people: HashMap<PersonId, Kept<Person>> = store::get_many::<Person>(store, &ids)
        .await?
        .into_iter()
        .map(|kept| (kept.row.id, kept))
        .collect();
    let ids: Vec<OrganisationId> = on.keys().copied().collect();
    let texts = store::get_many::<(Organisation, OrganisationText)>(store, &ids).await?;
    let mut all: Vec<OfOrganisation> = texts
        .into_iter()
        .map(|kept| {
            let (organisation, text) = kept.row;
            let grants = on.remove(&organisation.id).unwrap_or_default();
            let mut holders: Vec<Holder> = grants
                .into_iter()
                .filter_map(|grant| {
                    let person = people.get(&grant.person)?.clone();
                    Some(Holder { grant, person })
                })
                .collect();
            holders.sort_by(|a, b| {
                let key = |it: &Holder| (it.grant.role, it.person.row.name.clone());
                key(a).cmp(&key(b))
            });
            OfOrganisation {
                organisation: organisation.id,
                text,
                holders,
            }
        })
        .collect();
    all.sort_by(|a, b| a.text.code.cmp(&b.text.code));
    Ok(all)
}

/// Every organisation whose people `who` looks after, with or without people: where somebody may be invited to. In the order
/// of lists.
///
/// # Errors
/// When the database cannot be read.
pub async fn reached(
    store: &Store,
    who: Who,
    at: Moment,
) -> Result<Vec<(OrganisationId, OrganisationText)>, Error> {
    let today = at.thai_day();
    let line = Line::load(store, today).await?;
    let held = match who {
        Who::Person(person) => roles_of(store, person, at).await?,
        Who::Shell => Vec::new(),
        Who::Nobody => return Ok(Vec::new()),
    };
    let all: Vec<Kept<(Organisation, OrganisationText)>> = store::all(store).await?;
    let mut reached: Vec<_> = all
        .into_iter()
        .map(|kept| kept.row)
        .filter(|(organisation, _)| organisation.closed.is_none_or(|closed| today < closed))
        .filter(|(organisation, _)| {
            who == Who::Shell || line.allows(&held, Act::ManagePeople, organisation.id)
        })
        .map(|(organisation, text)| (organisation.id, text))
        .collect();
    let positions = store::register::positions(store).await?;
    reached
        .sort_by_cached_key(|(id, text)| ListPlace::of(positions.get(id).copied(), &text.name_th));
    Ok(reached)
}

/// The roles that `who` may give on an organisation and that can be held there.
///
/// # Errors
/// When the database cannot be read.
pub async fn roles_to_give(
    store: &Store,
    who: Who,
    organisation: OrganisationId,
    at: Moment,
) -> Result<Vec<Role>, Error> {
    let found = store::get::<(Organisation, OrganisationText)>(store, organisation).await?;
    let Some(kept) = found else {
        return Ok(Vec::new());
    };
    let seat = Seat::of(&kept.row.0, &kept.row.1);
    let may = may_be_given_by(store, who, organisation, at).await?;
    Ok(may
        .into_iter()
        .filter(|role| may_be_held(*role).contains(&seat))
        .collect())
}
