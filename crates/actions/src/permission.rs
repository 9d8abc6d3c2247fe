//! The question that every act asks first, inside its transaction: may this person do this to that organisation?

use crate::{
    Error,
    ctx::{Ctx, Who},
};
use domain::{
    ids::{OrganisationId, PersonId},
    organisation::{Organisation, OrganisationText},
    people::{Grant, Person, Role},
    permission::{Act, Held, Object, Refusal, decide},
    time::Moment,
};
use store::{Read, permission};

/// What an act is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On<'a> {
    /// An organisation, or something that it owns.
    Organisation(OrganisationId),
    /// A province as a whole: its trail, its settings, a plan that is taken in.
    Province(&'a str),
    /// What is of a province and owned by no organisation, such as a plan that names no owner: the province's education
    /// office answers for it.
    Unowned(&'a str),
    /// What no single province owns.
    Nation,
}

impl<'a> On<'a> {
    /// What a thing is asked about: its owner, else the office of the province it belongs to, else the nation.
    pub fn owned(owner: Option<OrganisationId>, province: Option<&'a str>) -> Self {
        match (owner, province) {
            (Some(owner), _) => On::Organisation(owner),
            (None, Some(province)) => On::Unowned(province),
            (None, None) => On::Nation,
        }
    }
}

/// That the question was asked and answered with yes. No event can be told without it, so that no act can forget it.
/// Holds the grant by which it was yes, where it was a role, and the person who proved themself by a secret, where it was
/// that; the event names both.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowed {
    grant: Option<Grant>,
    proven: Option<PersonId>,
}

impl Allowed {
    const fn without_role() -> Self {
        Self {
            grant: None,
            proven: None,
        }
    }

    pub(crate) fn role(self) -> Option<Role> {
        self.grant.map(|grant| grant.role)
    }

    /// The organisation in whose name it is done: the one on which the role is held; `None` at the computer's shell.
    pub(crate) fn from(self) -> Option<OrganisationId> {
        self.grant.map(|grant| grant.organisation)
    }

    pub(crate) fn proven(self) -> Option<PersonId> {
        self.proven
    }
}

/// The act concerns only the person who does it: their own password, their own sessions.
pub(crate) fn oneself(ctx: &Ctx, person: PersonId) -> Result<Allowed, Error> {
    match ctx.who {
        Who::Shell => Ok(Allowed::without_role()),
        Who::Person(actor) if actor == person => Ok(Allowed::without_role()),
        _ => Err(Error::Forbidden {
            act: Act::ManagePeople,
            refusal: Refusal::NoRole,
        }),
    }
}

/// The act rests on a secret, a password or a one-time link, and on nothing else: of whom it is where it was right, of
/// nobody where it was wrong.
pub(crate) fn by_secret(proven: Option<PersonId>) -> Allowed {
    Allowed {
        grant: None,
        proven,
    }
}

/// Lets the act go on, or says why not. Whoever works at the computer's shell may do everything.
///
/// # Errors
/// [`Error::Forbidden`]; an organisation that does not exist is answered as one out of reach, so that guessing ids
/// tells nothing.
pub(crate) async fn authorise(
    read: &impl Read,
    ctx: &Ctx,
    act: Act,
    on: On<'_>,
    at: Moment,
) -> Result<Allowed, Error> {
    authorise_who(read, ctx.who, act, on, at).await
}

/// The same for somebody who is not acting now: whoever made a link that is used later.
pub(crate) async fn authorise_who(
    read: &impl Read,
    who: Who,
    act: Act,
    on: On<'_>,
    at: Moment,
) -> Result<Allowed, Error> {
    let person = match who {
        Who::Shell => return Ok(Allowed::without_role()),
        Who::Person(person) => person,
        Who::Nobody => {
            let refusal = Refusal::NoRole;
            return Err(Error::Forbidden { act, refusal });
        }
    };
    match may(read, person, act, on, at).await? {
        Ok(grant) => Ok(Allowed {
            grant: Some(grant),
            proven: None,
        }),
        Err(refusal) => Err(Error::Forbidden { act, refusal }),
    }
}

/// The grant by which a person may do an act, or why they may not: for acts, and for pages that show or hide what leads to them.
pub async fn may(
    read: &impl Read,
    person: PersonId,
    act: Act,
    on: On<'_>,
    at: Moment,
) -> Result<Result<Grant, Refusal>, Error> {
    let day = at.thai_day();
    let held = in_force(read, person, at).await?;
    let object = match on {
        On::Organisation(id) => permission::object(read, id, day).await?,
        On::Province(code) => Some(whole(code)),
        On::Unowned(code) => {
            let offices = permission::offices(read).await?;
            let office = offices.into_iter().find(|(province, _)| province == code);
            match office {
                Some((_, id)) => permission::object(read, id, day).await?,
                None => Some(whole(code)),
            }
        }
        On::Nation => Some(Object::default()),
    };
    // Nobody reaches what is not there; without a province and without anything above it, it is out of every reach but
    // that of national roles, whose holders are told as much.
    let object = object.unwrap_or_else(|| Object {
        province: Some(String::new()),
        ..Object::default()
    });
    Ok(decide(&held, act, &object, day).copied())
}

fn whole(province: &str) -> Object {
    Object {
        province: Some(province.to_owned()),
        ..Object::default()
    }
}

/// Whether a role held on that one organisation carries the act: for what an office began and nobody else finishes. Whoever
/// works at the computer's shell may do everything; what was begun there, or by an office that is closed, everybody may
/// finish who may do the act.
pub async fn may_in_its_name(
    read: &impl Read,
    who: Who,
    act: Act,
    on: OrganisationId,
    from: Option<OrganisationId>,
    at: Moment,
) -> Result<bool, Error> {
    let person = match who {
        Who::Shell => return Ok(true),
        Who::Nobody => return Ok(false),
        Who::Person(person) => person,
    };
    let day = at.thai_day();
    let Some(object) = permission::object(read, on, day).await? else {
        return Ok(false);
    };
    let office = match from {
        Some(from) => store::get::<(Organisation, OrganisationText)>(read, from).await?,
        None => None,
    };
    let office = office
        .map(|kept| kept.row.0)
        .filter(|office| office.closed.is_none_or(|closed| day < closed));
    let mut held = in_force(read, person, at).await?;
    held.retain(|held| {
        office
            .as_ref()
            .is_none_or(|office| held.grant.organisation == office.id)
    });
    Ok(decide(&held, act, &object, day).is_ok())
}

/// The roles of somebody who still works here; of somebody who left, none.
pub(crate) async fn in_force(
    read: &impl Read,
    person: PersonId,
    at: Moment,
) -> Result<Vec<Held>, Error> {
    let stands = store::get::<Person>(read, person).await?;
    let left = stands.is_none_or(|kept| kept.row.left.is_some_and(|day| day <= at.thai_day()));
    if left {
        return Ok(Vec::new());
    }
    Ok(permission::held_by(read, person).await?)
}
