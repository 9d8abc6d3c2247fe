//! Signing in: password first, then the second factor where there is one.

use super::{
    agent, fields, password,
    policy::{Asked, asked_of},
    roles,
    session::must_enrol,
    throttle::{self, Keys},
    token::Token,
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::{Ctx, Who},
    permission::by_secret,
};
use domain::{
    ids::PersonId,
    issue::{Issue, Place},
    people::Person,
    time::Moment,
};
use store::{
    Store, Tx,
    accounts::{self, Credentials},
    permission,
};

const MINUTE: i64 = 60 * 1_000_000;
/// How long the second factor may take, in microseconds.
const CODE_WITHIN: i64 = 10 * MINUTE;

/// What somebody types to sign in, and what their browser tells.
#[derive(Clone, Copy, Default)]
pub struct SignIn<'a> {
    /// The account name as typed.
    pub account: &'a str,
    /// The password as typed.
    pub password: &'a str,
    /// What the browser calls itself.
    pub agent: Option<&'a str>,
    /// The token that the browser still holds from before, ended or not: it shows a device known to the person.
    pub before: Option<&'a Token>,
}

/// How far a sign-in came.
#[derive(Debug, Clone)]
pub enum SignedIn {
    /// All the way.
    Whole(Opened),
    /// The password was right; [`super::give_code`] or [`super::use_recovery_code`] comes next, with this token and
    /// within ten minutes. Until then the token opens nothing.
    AskCode(Token),
}

/// A session that was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The token for the cookie.
    pub token: Token,
    /// Who.
    pub person: Person,
    /// They have to set up a second factor before anything else.
    pub must_enrol: bool,
    /// When the session ends in any case.
    pub ends_at: Moment,
}

/// One answer for an unknown account, a wrong password and a person who left.
fn wrong() -> Error {
    Error::Invalid(vec![Issue::error(Place::Whole, "account.wrong")])
}

/// Signs somebody in who shows nothing but a password. `ctx` speaks for them from then on.
///
/// # Errors
/// [`Error::Invalid`]: `account.wrong`, whatever of the two is wrong, or `account.wait_seconds` / `account.wait_minutes`
/// after too many failures.
pub async fn sign_in(store: &Store, ctx: &mut Ctx, given: SignIn<'_>) -> Result<SignedIn, Error> {
    let now = ctx.now();
    let account = fields::account_key(given.account);
    let person = permission::person(store, &account)
        .await?
        .map(|kept| kept.row);
    let device = known_device(store, given.before, person.as_ref()).await?;
    let from = ctx.from.clone();
    let keys = Keys::sign_in(store, &account, from.as_deref(), device.as_ref(), now).await?;
    throttle::begin(store, ctx, &keys).await?;

    let here = person.filter(|person| person.left.is_none_or(|left| now.thai_day() < left));
    let kept = match &here {
        Some(person) => accounts::credentials(store, person.id).await?,
        None => None,
    };
    let hash = kept.as_ref().map(|kept| kept.password.clone());
    let right = password::matches(given.password, hash, ctx.cost).await?;
    let (Some(person), Some(kept)) = (here, kept) else {
        // As much is written as for an account that exists, so that the time tells nothing.
        let tx = store.begin().await?;
        accounts::forget_attempts(&tx, Moment(now.0 - throttle::KNOWN_FOR)).await?;
        tx.commit().await?;
        return Err(wrong());
    };
    let trail = roles::trail_of_person(store, person.id).await?;
    if !right {
        perform(store, ctx, Trail::Own(&trail), async |_, _, _| {
            Ok(refused("account.sign_in_refused", person.id, ()))
        })
        .await?;
        return Err(wrong());
    }
    let anew = match password::is_outdated(&kept.password, ctx.cost) {
        true => Some(password::hash(given.password, ctx.cost, ctx.secret()).await?),
        false => None,
    };
    let must_enrol = kept.totp.is_none() && must_enrol(store, person.id, now).await?;
    let token = Token::draw(ctx);
    (ctx.actor, ctx.who) = (person.account.clone(), Who::Person(person.id));
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        same(tx, &kept).await?;
        if let Some(hash) = &anew {
            accounts::set_password(tx, person.id, hash, kept.changed_at).await?;
        }
        throttle::succeed(tx, &keys, at).await?;
        let old = Moment(at.0 - throttle::KNOWN_FOR);
        accounts::forget_sessions(tx, old).await?;
        accounts::forget_attempts(tx, old).await?;
        let asks = kept.totp.is_some();
        let session = opened(tx, ctx, person.id, given.agent, asks, at).await?;
        accounts::open_session(tx, &session, &token.digest()).await?;
        let payload = serde_json::json!({ "session": session.id, "asks_code": asks });
        let signed_in = match asks {
            true => SignedIn::AskCode(token.clone()),
            false => SignedIn::Whole(Opened {
                token: token.clone(),
                person: person.clone(),
                must_enrol,
                ends_at: session.ends_at,
            }),
        };
        Ok(told("account.sign_in", person.id, payload, signed_in))
    })
    .await
}

/// The digest of the token that the browser holds, where it once opened a session of this very person.
async fn known_device(
    store: &Store,
    before: Option<&Token>,
    person: Option<&Person>,
) -> Result<Option<accounts::Digest>, Error> {
    let (Some(token), Some(person)) = (before, person) else {
        return Ok(None);
    };
    let digest = token.digest();
    let whose = accounts::known_session(store, &digest).await?;
    Ok((whose == Some(person.id)).then_some(digest))
}

/// Refuses a password that was changed while it was being checked.
async fn same(tx: &Tx, kept: &Credentials) -> Result<(), Error> {
    let stands = accounts::credentials(tx, kept.person).await?;
    let same = |now: &Credentials| {
        now.password == kept.password && now.totp.is_some() == kept.totp.is_some()
    };
    match stands {
        Some(now) if same(&now) => Ok(()),
        _ => Err(wrong()),
    }
}

/// A session that begins now: with its full times, or for as long as the code may take.
async fn opened(
    tx: &Tx,
    ctx: &mut Ctx,
    person: PersonId,
    agent: Option<&str>,
    asks_code: bool,
    at: Moment,
) -> Result<accounts::Session, Error> {
    let (idle_for, lasts) = match asks_code {
        true => (CODE_WITHIN, CODE_WITHIN),
        false => times(asked_of(tx, person, at).await?),
    };
    Ok(accounts::Session {
        id: ctx.id(),
        person,
        created_at: at,
        seen_at: at,
        idle_for,
        idle_until: Moment(at.0 + idle_for),
        ends_at: Moment(at.0 + lasts),
        address: ctx.from.clone(),
        agent: agent.and_then(agent::short),
        second_factor: false,
        revoked_at: None,
    })
}

/// How long a session may rest and last, in microseconds.
pub(super) fn times(asked: Asked) -> (i64, i64) {
    (
        asked.idle_minutes * MINUTE,
        asked.absolute_hours * 60 * MINUTE,
    )
}

/// The answer of an act that rests on a wrong secret: its event is about the person, and says that it was nobody known.
pub(super) fn refused<T>(act: &'static str, person: PersonId, answer: T) -> Done<T> {
    let event = Some(Told {
        by: by_secret(None),
        act,
        subject: ("person", person.to_string()),
        payload: serde_json::json!({}),
    });
    Done { answer, event }
}

/// The answer of an act that rests on a secret of the person, with its event.
pub(super) fn told<T>(
    act: &'static str,
    person: PersonId,
    payload: serde_json::Value,
    answer: T,
) -> Done<T> {
    let event = Some(Told {
        by: by_secret(Some(person)),
        act,
        subject: ("person", person.to_string()),
        payload,
    });
    Done { answer, event }
}
