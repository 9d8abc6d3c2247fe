//! The question that every act asks first, inside its transaction: may this person do this to that organisation?

use crate::{
    Error,
    ctx::{Ctx, Who},
};
use domain::{
    ids::{OrganisationId, PersonId},
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
    /// A province as a whole: its plan, its trail, its settings.
    Province(&'a str),
    /// What no single province owns.
    Nation,
}

/// That the question was asked and answered with yes. No event can be told without it, so that no act can forget it.
/// Holds the role by which it was yes, where it was a role, and the person who proved themself by a secret, where it was
/// that; the event names both.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowed {
    role: Option<Role>,
    proven: Option<PersonId>,
}

impl Allowed {
    const fn without_role() -> Self {
        Self {
            role: None,
            proven: None,
        }
    }

    pub(crate) fn role(self) -> Option<Role> {
        self.role
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
    Allowed { role: None, proven }
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
            role: Some(grant.role),
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
        On::Province(code) => Some(Object {
            province: Some(code.to_owned()),
            ..Object::default()
        }),
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
