//! Sessions: looking one up, listing them, ending them.

use super::{policy::asked_of, roles, token::Token};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::{Ctx, Who},
    permission::oneself,
};
use domain::{
    ids::{PersonId, SessionId},
    issue::{Issue, Place},
    people::Person,
    permission::{Act, Refusal},
    time::Moment,
};
use std::time::Duration;
use store::{Store, accounts};

/// How often the use of a session is written down, in microseconds: not at every request.
const SEEN_EVERY: i64 = 60 * 1_000_000;
/// How long a request waits for that; an import may be holding the pen.
const PATIENCE: Duration = Duration::from_millis(500);

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id: may be shown, opens nothing.
    pub id: SessionId,
    /// Who.
    pub person: Person,
    /// Whether they gave a second factor.
    pub second_factor: bool,
    /// They hold a role that asks for a second factor and have none yet: they may do nothing but set it up.
    pub must_enrol: bool,
    /// Since when.
    pub created_at: Moment,
    /// When it ends in any case.
    pub ends_at: Moment,
}

/// The session of a token at a moment, if it stands: not over, not revoked, the person still here, and the second
/// factor given where the person has one. A session that still waits for its code is none.
///
/// # Errors
/// When the database cannot be asked.
pub async fn session(store: &Store, token: &Token, now: Moment) -> Result<Option<Session>, Error> {
    let Some(found) = accounts::session(store, &token.digest(), now).await? else {
        return Ok(None);
    };
    let session = found.session;
    if found.enrolled && !session.second_factor {
        return Ok(None);
    }
    if now.0 - session.seen_at.0 >= SEEN_EVERY {
        touch(store, &session, now).await?;
    }
    let must_enrol = !session.second_factor && must_enrol(store, session.person, now).await?;
    Ok(Some(Session {
        id: session.id,
        person: found.person,
        second_factor: session.second_factor,
        must_enrol,
        created_at: session.created_at,
        ends_at: session.ends_at,
    }))
}

/// Whether somebody's roles of today ask for a second factor.
pub(super) async fn must_enrol(
    store: &Store,
    person: PersonId,
    now: Moment,
) -> Result<bool, Error> {
    Ok(asked_of(store, person, now).await?.second_factor)
}

/// Writes down that a session was used. Somebody else may be writing for long: then the next request does it.
async fn touch(store: &Store, session: &accounts::Session, now: Moment) -> Result<(), Error> {
    let write = async {
        let tx = store.begin().await?;
        accounts::touch_session(&tx, session, now).await?;
        tx.commit().await
    };
    match tokio::time::timeout(PATIENCE, write).await {
        Err(_) | Ok(Ok(())) => Ok(()),
        Ok(Err(error)) if error.is_passing() => Ok(()),
        Ok(Err(error)) => Err(error.into()),
    }
}

/// The sessions of a person that stand, the one used last first.
///
/// # Errors
/// [`Error::Forbidden`] unless it is the person themself or somebody who manages all of their roles.
pub async fn list_sessions(
    store: &Store,
    ctx: &mut Ctx,
    person: PersonId,
) -> Result<Vec<accounts::Session>, Error> {
    let now = ctx.now();
    super::manage::oneself_or_manager(store, ctx, person, now).await?;
    Ok(accounts::sessions_of(store, person, now).await?)
}

/// Ends one's own session.
///
/// # Errors
/// [`Error::Forbidden`] without a session.
pub async fn sign_out(store: &Store, ctx: &mut Ctx, session: SessionId) -> Result<(), Error> {
    let Who::Person(person) = ctx.who else {
        return Err(Error::Forbidden {
            act: Act::ManagePeople,
            refusal: Refusal::NoRole,
        });
    };
    let trail = roles::trail_of_person(store, person).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let by = oneself(ctx, person)?;
        let ended = accounts::revoke_session(tx, person, session, at).await?;
        let event = ended.then(|| Told {
            by,
            act: "account.sign_out",
            subject: ("person", person.to_string()),
            payload: serde_json::json!({ "session": session }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}

/// Ends a session of a person, at once in every process.
///
/// # Errors
/// [`Error::Forbidden`] unless it is the person themself or somebody who manages all of their roles;
/// [`Error::NotFound`] when they have no such session.
pub async fn revoke_session(
    store: &Store,
    ctx: &mut Ctx,
    person: PersonId,
    session: SessionId,
) -> Result<(), Error> {
    let trail = roles::trail_of_person(store, person).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let by = super::manage::oneself_or_manager(tx, ctx, person, at).await?;
        if !accounts::revoke_session(tx, person, session, at).await? {
            let issue = Issue::error(Place::Whole, "account.session_over");
            return Err(Error::not_found(issue));
        }
        let event = Some(Told {
            by,
            act: "account.revoke_session",
            subject: ("person", person.to_string()),
            payload: serde_json::json!({ "session": session }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}

/// Ends every session of a person but the one named; how many stood.
///
/// # Errors
/// [`Error::Forbidden`] unless it is the person themself or somebody who manages all of their roles.
pub async fn revoke_all(
    store: &Store,
    ctx: &mut Ctx,
    person: PersonId,
    but: Option<SessionId>,
) -> Result<u64, Error> {
    let trail = roles::trail_of_person(store, person).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let by = super::manage::oneself_or_manager(tx, ctx, person, at).await?;
        let answer = accounts::revoke_sessions(tx, person, but, at).await?;
        let event = (answer > 0).then(|| Told {
            by,
            act: "account.revoke_all",
            subject: ("person", person.to_string()),
            payload: serde_json::json!({ "sessions": answer }),
        });
        Ok(Done { answer, event })
    })
    .await
}
