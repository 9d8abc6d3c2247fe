//! A new password by a one-time link that somebody who manages the person makes and hands over.

use super::{
    links::{self, Link},
    manage::manager,
    password,
    policy::Policy,
    roles::trail_of_person,
    sign_in::told,
    token::Token,
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::{Ctx, Who},
};
use domain::{
    ids::PersonId,
    issue::{Issue, Place},
    people::Person,
    time::Moment,
};
use store::{
    Read, Store,
    accounts::{self, Reset},
};

const HOUR: i64 = 3_600 * 1_000_000;

/// Makes a link by which a person sets a new password; with `second_factor` it also takes their second factor away, for
/// whoever lost both device and recovery codes. Links made for them before are of no use from then on. Until the link
/// is used nothing else changes, so that nobody is locked out by it.
///
/// # Errors
/// [`Error::Forbidden`] unless whoever acts may give every role that the person holds; nobody resets themself.
pub async fn reset_by_administrator(
    store: &Store,
    ctx: &mut Ctx,
    person: PersonId,
    second_factor: bool,
) -> Result<Link, Error> {
    let token = Token::draw(ctx);
    let trail = trail_of_person(store, person).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let by = manager(tx, ctx.who, person, at).await?;
        if store::get::<Person>(tx, person).await?.is_none() {
            return Err(links::unknown());
        }
        let hours = Policy::read(tx).await?.reset_hours;
        let reset = Reset {
            id: ctx.id(),
            person,
            second_factor,
            made_by: ctx.who.person(),
            made_at: at,
            expires_at: Moment(at.0 + hours * HOUR),
            used_at: None,
            revoked_at: None,
        };
        accounts::revoke_resets(tx, person, at).await?;
        accounts::record_reset(tx, &reset, &token.digest()).await?;
        let event = Some(Told {
            by,
            act: "account.reset",
            subject: ("person", person.to_string()),
            payload: serde_json::json!({ "reset": reset.id, "second_factor": second_factor }),
        });
        let answer = Link {
            token: token.clone(),
            expires_at: reset.expires_at,
        };
        Ok(Done { answer, event })
    })
    .await
}

/// For whom an open reset is, so that its page can greet them.
///
/// # Errors
/// [`Error::NotFound`] for a token that is none; [`Error::Stale`] for one that was used, taken back, has expired, or
/// whose maker may no longer make it: they lost their role, or the person has one by now that they may not give.
pub async fn look_at_reset(store: &Store, token: &Token, now: Moment) -> Result<Person, Error> {
    Ok(found(store, token, now).await?.1)
}

async fn found(read: &impl Read, token: &Token, now: Moment) -> Result<(Reset, Person), Error> {
    let reset = accounts::reset(read, &token.digest()).await?;
    let reset = reset.ok_or_else(links::unknown)?;
    links::open(reset.standing(now))?;
    let person = store::get::<Person>(read, reset.person).await?;
    let person = person
        .map(|kept| kept.row)
        .filter(|person| person.left.is_none_or(|left| now.thai_day() < left));
    let person = person.ok_or_else(links::unknown)?;
    let maker = reset.made_by.map_or(Who::Shell, Who::Person);
    match manager(read, maker, person.id, now).await {
        Ok(_) => Ok((reset, person)),
        Err(Error::Forbidden { .. }) => {
            let issue = Issue::error(Place::Whole, "account.reset_maker_gone");
            Err(Error::stale(issue))
        }
        Err(other) => Err(other),
    }
}

/// Sets a new password by a link, which is used up; every session of the person ends.
///
/// # Errors
/// Those of [`look_at_reset`]; [`Error::Invalid`] with what is wrong with the password.
pub async fn use_reset(
    store: &Store,
    ctx: &mut Ctx,
    token: &Token,
    new: &str,
) -> Result<Person, Error> {
    let now = ctx.now();
    let (_, person) = found(store, token, now).await?;
    let issues = password::problems("password", new, &[&person.account, &person.name]);
    if !issues.is_empty() {
        return Err(Error::Invalid(issues));
    }
    let hash = password::hash(new, ctx.cost, ctx.secret()).await?;
    let trail = trail_of_person(store, person.id).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let (reset, person) = found(tx, token, at).await?;
        if !accounts::use_reset(tx, reset.id, at).await? {
            return Err(links::open(accounts::Standing::Used)
                .err()
                .unwrap_or_else(links::unknown));
        }
        ctx.actor.clone_from(&person.account);
        accounts::set_password(tx, person.id, &hash, at).await?;
        if reset.second_factor {
            accounts::remove_totp(tx, person.id).await?;
        }
        let ended = accounts::revoke_sessions(tx, person.id, None, at).await?;
        let payload = serde_json::json!({
            "reset": reset.id, "second_factor": reset.second_factor, "sessions": ended,
        });
        Ok(told("account.use_reset", person.id, payload, person))
    })
    .await
}
