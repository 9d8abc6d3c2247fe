//! What pages read about people: who holds or held which role where, one person, and which roles the reader may give.

use super::{
    common::ahead,
    line::{Line, roles_of},
};
use crate::{
    Error,
    accounts::{manage::manager, roles::may_be_given_by},
    ctx::Who,
    permission::{On, authorise_who},
};
use domain::{
    ids::{OrganisationId, PersonId},
    organisation::{Organisation, OrganisationText},
    people::{Grant, Person, Role},
    permission::{Act, may_give, reach},
    register::ListPlace,
    time::Moment,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use store::{Kept, Store, permission};

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
    /// The roles that were asked for, by role, then by name.
    pub holders: Vec<Holder>,
}

/// The organisations whose people `who` sees, with everybody who holds a role there today or later; those without
/// anybody are left out. By code.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(store: &Store, who: Who, at: Moment) -> Result<Vec<OfOrganisation>, Error> {
    let on = seen_roles(store, who, at).await?;
    let today = at.thai_day();
    with_people(store, on, |grant| ahead(grant, today)).await
}

/// The same of everybody who held a role there and holds none any more, here or anywhere else that `who` sees: they
/// can be given one again, get a new password, or have handed over what they left behind.
///
/// # Errors
/// When the database cannot be read.
pub async fn former(store: &Store, who: Who, at: Moment) -> Result<Vec<OfOrganisation>, Error> {
    let on = seen_roles(store, who, at).await?;
    let today = at.thai_day();
    let all = on.values().flatten();
    let here: HashSet<PersonId> = all
        .filter(|grant| ahead(grant, today))
        .map(|grant| grant.person)
        .collect();
    with_people(store, on, |grant| !here.contains(&grant.person)).await
}

/// Every role on an organisation whose people `who` sees.
async fn seen_roles(
    store: &Store,
    who: Who,
    at: Moment,
) -> Result<BTreeMap<OrganisationId, Vec<Grant>>, Error> {
    let line = Line::load(store, at.thai_day()).await?;
    let held = match who {
        Who::Person(person) => roles_of(store, person, at).await?,
        Who::Shell | Who::Nobody => Vec::new(),
    };
    let grants: Vec<Kept<Grant>> = store::all(store).await?;
    let mut on: BTreeMap<OrganisationId, Vec<Grant>> = BTreeMap::new();
    for grant in grants.into_iter().map(|kept| kept.row) {
        on.entry(grant.organisation).or_default().push(grant);
    }
    on.retain(|organisation, _| match who {
        Who::Shell => true,
        Who::Person(_) => line.allows(&held, Act::SeePeople, *organisation),
        Who::Nobody => false,
    });
    Ok(on)
}

/// These roles by organisation, as far as they are asked for, with their holders.
async fn with_people(
    store: &Store,
    mut on: BTreeMap<OrganisationId, Vec<Grant>>,
    asked: impl Fn(&Grant) -> bool,
) -> Result<Vec<OfOrganisation>, Error> {
    for grants in on.values_mut() {
        grants.retain(&asked);
    }
    on.retain(|_, grants| !grants.is_empty());
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

/// A role of somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct OneRole {
    /// The role.
    pub grant: Grant,
    /// The words of its organisation.
    pub text: OrganisationText,
    /// Whether it is in force or to come.
    pub ahead: bool,
    /// Whether the reader may take it back.
    pub may_be_taken: bool,
}

/// Somebody as those see them who look after them, or who only read.
#[derive(Debug, Clone, PartialEq)]
pub struct Somebody {
    /// Who, with the version that was read.
    pub person: Kept<Person>,
    /// Their roles on organisations whose people the reader sees: those in force or to come first, then those that are
    /// over, the latest first.
    pub roles: Vec<OneRole>,
    /// Whether the reader may act on their account: they may give every role that the person holds.
    pub managed: bool,
    /// Whether the reader may give them a role.
    pub may_be_given: bool,
}

impl Somebody {
    /// Whether a role of theirs is in force or still to come.
    pub fn works(&self) -> bool {
        self.roles.iter().any(|role| role.ahead)
    }

    /// Whether they have left by a day.
    pub fn has_left(&self, day: Date) -> bool {
        self.person.row.left.is_some_and(|left| left <= day)
    }
}

/// Somebody by account name, where `who` sees any role that they hold or held; everybody else is as unknown as somebody
/// who does not exist.
///
/// # Errors
/// When the database cannot be read.
pub async fn somebody(
    store: &Store,
    who: Who,
    account: &str,
    at: Moment,
) -> Result<Option<Somebody>, Error> {
    let Some(person) = permission::person(store, account).await? else {
        return Ok(None);
    };
    let allowed = async |act, organisation| {
        let on = On::Organisation(organisation);
        match authorise_who(store, who, act, on, at).await {
            Ok(_) => Ok(true),
            Err(Error::Forbidden { .. }) => Ok(false),
            Err(other) => Err(other),
        }
    };
    let today = at.thai_day();
    let grants: Vec<Kept<Grant>> = store::of(store, &[person.row.id]).await?;
    let on: Vec<OrganisationId> = grants.iter().map(|kept| kept.row.organisation).collect();
    let texts = store::get_many::<(Organisation, OrganisationText)>(store, &on).await?;
    let (mut roles, mut may_be_given) = (Vec::new(), false);
    for grant in grants.into_iter().map(|kept| kept.row) {
        let of =
            |kept: &&Kept<(Organisation, OrganisationText)>| kept.row.0.id == grant.organisation;
        let Some(kept) = texts.iter().find(of) else {
            continue;
        };
        if allowed(Act::SeePeople, grant.organisation).await? {
            let gives = may_be_given_by(store, who, grant.organisation, at).await?;
            let ahead = ahead(&grant, today);
            roles.push(OneRole {
                grant,
                text: kept.row.1.clone(),
                ahead,
                may_be_taken: ahead && gives.contains(&grant.role),
            });
        }
        may_be_given |= allowed(Act::ManagePeople, grant.organisation).await?;
    }
    if roles.is_empty() {
        return Ok(None);
    }
    roles.sort_by_key(|role| {
        let end = role.grant.valid_to.unwrap_or(Date::MAX);
        (!role.ahead, std::cmp::Reverse(end), role.grant.role)
    });
    let managed = match manager(store, who, person.row.id, at).await {
        Ok(_) => true,
        Err(Error::Forbidden { .. }) => false,
        Err(other) => return Err(other),
    };
    Ok(Some(Somebody {
        person,
        roles,
        managed,
        may_be_given,
    }))
}

/// The roles that `who` may give anywhere; whether one can be held on an organisation, and they reach it, the act asks.
///
/// # Errors
/// When the database cannot be read.
pub async fn roles_to_give(store: &Store, who: Who, at: Moment) -> Result<BTreeSet<Role>, Error> {
    let held = match who {
        Who::Shell => return Ok(Role::ALL.iter().copied().collect()),
        Who::Nobody => return Ok(BTreeSet::new()),
        Who::Person(person) => roles_of(store, person, at).await?,
    };
    let day = at.thai_day();
    let grants = held.iter().map(|held| held.grant);
    let manages =
        |grant: &Grant| grant.holds_on(day) && reach(grant.role, Act::ManagePeople).is_some();
    let gives = grants.filter(manages);
    Ok(gives
        .flat_map(|grant| may_give(grant.role))
        .copied()
        .collect())
}
