//! The second factor: giving its code while signing in, setting it up, taking it away.

use super::{
    confirm::confirm_password,
    fields,
    policy::asked_of,
    recovery,
    roles::trail_of_person,
    session::must_enrol,
    sign_in::{Opened, refused, times, told},
    throttle::{self, Keys},
    token::Token,
    totp,
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::{Ctx, Who},
    permission::oneself,
};
use domain::{
    ids::{PersonId, SessionId},
    issue::{Issue, Place},
    permission::{Act, Refusal},
    time::Moment,
};
use store::{
    Store, Tx,
    accounts::{self, Credentials, Pending, Signed},
};

/// How long a password speaks for its session, and a secret that was shown can be confirmed, in microseconds.
const FRESH: i64 = 10 * 60 * 1_000_000;

/// The name under which an authenticator app keeps the account.
const ISSUER: &str = "สายทอง";

/// A second factor that is being set up: shown to its owner and to nobody else.
#[derive(Clone)]
pub struct Enrolment {
    /// The secret in letters, for apps that cannot read the picture.
    pub secret: String,
    /// The address (otpauth) behind the picture.
    pub address: String,
    /// The picture as SVG, where the address fits into one.
    pub svg: Option<String>,
}

/// A second factor that was set up.
#[derive(Clone)]
pub struct Enrolled {
    /// Codes for the day on which the device is lost: shown once.
    pub codes: Vec<String>,
    /// The new token of the session: the old one opens nothing any more.
    pub token: Token,
}

/// The half of a sign-in that waits for its code, or that it is over and starts anew.
pub(super) async fn waiting(store: &Store, token: &Token, now: Moment) -> Result<Signed, Error> {
    let found = accounts::session(store, &token.digest(), now).await?;
    found
        .filter(|found| found.enrolled && !found.session.second_factor)
        .ok_or_else(|| {
            let issue = Issue::error(Place::Whole, "account.sign_in_again");
            Error::Invalid(vec![issue])
        })
}

/// Ends a sign-in with a code of the second factor; gives the session under a new token. `ctx` speaks for the person
/// from then on.
///
/// # Errors
/// [`Error::Invalid`]: `account.wrong_code`, `account.used_code` for a code that was taken before,
/// `account.sign_in_again` when the password was given too long ago, `account.wait_…` after too many failures.
pub async fn give_code(
    store: &Store,
    ctx: &mut Ctx,
    token: &Token,
    typed: &str,
) -> Result<Opened, Error> {
    let now = ctx.now();
    let found = waiting(store, token, now).await?;
    let person = found.person.id;
    let keys = Keys::code(store, person, ctx.from.as_deref(), now).await?;
    throttle::begin(store, ctx, &keys).await?;
    let trail = trail_of_person(store, person).await?;
    let fresh = Token::draw(ctx);
    let outcome = perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let kept = accounts::credentials(tx, person).await?;
        let factor = kept.and_then(|kept| kept.totp);
        let Some(factor) = factor else {
            let answer = Err("account.wrong_code");
            return Ok(refused("account.code_refused", person, answer));
        };
        let accepted = totp::accepted(&factor.secret, typed, now, factor.step);
        let taken = match accepted {
            Some(step) => accounts::totp_step_taken(tx, person, step).await?,
            None => false,
        };
        if !taken {
            let reused = totp::is_reused(&factor.secret, typed, now, factor.step);
            let code = if reused || accepted.is_some() {
                "account.used_code"
            } else {
                "account.wrong_code"
            };
            return Ok(refused("account.code_refused", person, Err(code)));
        }
        throttle::succeed(tx, &keys, at).await?;
        let opened = passed(tx, ctx, &found, &fresh, at).await?;
        let payload = serde_json::json!({ "session": found.session.id });
        Ok(told("account.code", person, payload, Ok(opened)))
    })
    .await?;
    outcome.map_err(|code| Error::Invalid(vec![fields::at("code", code)]))
}

/// The session behind a sign-in whose second factor was given: full times from now on, and a new token.
pub(super) async fn passed(
    tx: &Tx,
    ctx: &mut Ctx,
    found: &Signed,
    fresh: &Token,
    at: Moment,
) -> Result<Opened, Error> {
    let (idle_for, lasts) = times(asked_of(tx, found.person.id, at).await?);
    let session = accounts::Session {
        seen_at: at,
        idle_for,
        idle_until: Moment(at.0 + idle_for),
        ends_at: Moment(at.0 + lasts),
        second_factor: true,
        ..found.session.clone()
    };
    if !accounts::pass_second_factor(tx, &session, &fresh.digest()).await? {
        let issue = Issue::error(Place::Whole, "account.sign_in_again");
        return Err(Error::Invalid(vec![issue]));
    }
    (ctx.actor, ctx.who) = (found.person.account.clone(), Who::Person(found.person.id));
    Ok(Opened {
        token: fresh.clone(),
        person: found.person.clone(),
        must_enrol: false,
        ends_at: session.ends_at,
    })
}

/// Whoever is signed in, with what they prove themselves with.
pub(super) async fn me(store: &Store, ctx: &Ctx) -> Result<(PersonId, Credentials), Error> {
    let act = Act::See;
    let refusal = Refusal::NoRole;
    let Who::Person(person) = ctx.who else {
        return Err(Error::Forbidden { act, refusal });
    };
    let kept = accounts::credentials(store, person).await?;
    kept.map(|kept| (person, kept))
        .ok_or(Error::Forbidden { act, refusal })
}

/// How setting up a second factor of one's own stands, for the page that does it.
#[derive(Clone)]
pub struct SettingUp {
    /// What was begun in this session and can still be confirmed.
    pub begun: Option<Enrolment>,
    /// To begin, the password is asked again.
    pub asks_password: bool,
    /// There is a second factor, which stays until another one is confirmed.
    pub enrolled: bool,
}

/// How setting up a second factor stands; changes nothing.
///
/// # Errors
/// [`Error::Forbidden`] without a session.
pub async fn setting_up(
    store: &Store,
    ctx: &mut Ctx,
    session: SessionId,
) -> Result<SettingUp, Error> {
    let (person, kept) = me(store, ctx).await?;
    let now = ctx.now();
    let begun = match pending(&kept, session, now) {
        Some(secret) => Some(shown(store, person, &secret).await?),
        None => None,
    };
    Ok(SettingUp {
        begun,
        asks_password: !is_fresh(store, &kept, session, now).await?,
        enrolled: kept.totp.is_some(),
    })
}

/// The secret that was shown in this session not long ago.
fn pending(kept: &Credentials, session: SessionId, now: Moment) -> Option<Vec<u8>> {
    let pending = kept.pending.as_ref()?;
    let stands = pending.session == session && now.0 - pending.at.0 < FRESH;
    stands.then(|| pending.secret.clone())
}

/// Whether the password was given for this session so recently that it need not be asked again. In the place of a
/// second factor that stands, nobody sets up another one without it.
async fn is_fresh(
    store: &Store,
    kept: &Credentials,
    session: SessionId,
    now: Moment,
) -> Result<bool, Error> {
    let sessions = accounts::sessions_of(store, kept.person, now).await?;
    let mine = sessions.into_iter().find(|one| one.id == session);
    let young = mine.is_some_and(|one| now.0 - one.created_at.0 < FRESH);
    Ok(young && kept.totp.is_none())
}

async fn shown(store: &Store, person: PersonId, secret: &[u8]) -> Result<Enrolment, Error> {
    let row = store::get::<domain::people::Person>(store, person).await?;
    let account = row.map(|kept| kept.row.account).unwrap_or_default();
    let address = totp::address(secret, ISSUER, &account);
    Ok(Enrolment {
        secret: totp::written(secret),
        svg: super::qr_svg(&address),
        address,
    })
}

/// Begins to set up a second factor of one's own: the secret is drawn and shown, in this session alone and for ten
/// minutes, and counts from its first code on. A second factor that stands stays until then.
///
/// # Errors
/// [`Error::Forbidden`] without a session; [`Error::Invalid`] where the password is asked again and is missing or wrong.
pub async fn begin_totp(
    store: &Store,
    ctx: &mut Ctx,
    session: SessionId,
    password: &str,
) -> Result<Enrolment, Error> {
    let (person, kept) = me(store, ctx).await?;
    let now = ctx.now();
    if !is_fresh(store, &kept, session, now).await? {
        if password.is_empty() {
            let issue = fields::at("password", "account.password_again");
            return Err(Error::Invalid(vec![issue]));
        }
        confirm_password(store, ctx, &kept, password).await?;
    }
    let secret = ctx.secret::<{ totp::SECRET }>().to_vec();
    let trail = trail_of_person(store, person).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let by = oneself(ctx, person)?;
        let pending = Pending {
            secret: secret.clone(),
            at,
            session,
        };
        accounts::pend_totp(tx, person, &pending).await?;
        let event = Some(Told {
            by,
            act: "account.begin_enrol",
            subject: ("person", person.to_string()),
            payload: serde_json::json!({ "session": session }),
        });
        Ok(Done { answer: (), event })
    })
    .await?;
    shown(store, person, &secret).await
}

/// Confirms the second factor with a first code: from then on it is asked for, the session has passed it under a new
/// token, and every other session of the person waits for a code of its own, or ends where it had given one of the
/// second factor before.
///
/// # Errors
/// [`Error::Invalid`] for a wrong code; [`Error::Stale`] when nothing is being set up in this session, or it was begun
/// too long ago.
pub async fn confirm_totp(
    store: &Store,
    ctx: &mut Ctx,
    session: SessionId,
    typed: &str,
) -> Result<Enrolled, Error> {
    let (person, kept) = me(store, ctx).await?;
    let now = ctx.now();
    let nothing = || Error::stale(Issue::error(Place::Whole, "account.nothing_to_confirm"));
    let secret = pending(&kept, session, now).ok_or_else(nothing)?;
    let Some(step) = totp::accepted(&secret, typed, now, i64::MIN) else {
        return Err(Error::Invalid(vec![fields::at(
            "code",
            "account.wrong_code",
        )]));
    };
    let (codes, hashes) = recovery::draw(ctx).await?;
    let token = Token::draw(ctx);
    let trail = trail_of_person(store, person).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let by = oneself(ctx, person)?;
        let stands = accounts::credentials(tx, person)
            .await?
            .ok_or_else(nothing)?;
        if pending(&stands, session, at).as_ref() != Some(&secret) {
            return Err(nothing());
        }
        accounts::set_totp(tx, person, &secret, step).await?;
        accounts::set_recovery_codes(tx, person, &hashes).await?;
        let replaces = stands.totp.is_some();
        if replaces {
            accounts::revoke_sessions(tx, person, Some(session), at).await?;
        }
        let sessions = accounts::sessions_of(tx, person, at).await?;
        if let Some(mine) = sessions.into_iter().find(|one| one.id == session) {
            let mine = accounts::Session {
                second_factor: true,
                ..mine
            };
            accounts::pass_second_factor(tx, &mine, &token.digest()).await?;
        }
        let event = Some(Told {
            by,
            act: "account.enrol",
            subject: ("person", person.to_string()),
            payload: serde_json::json!({ "session": session, "replaces": replaces }),
        });
        Ok(Done { answer: (), event })
    })
    .await?;
    Ok(Enrolled { codes, token })
}

/// Whether somebody may do without a second factor: none of their roles asks for one today.
///
/// # Errors
/// When the database cannot be read.
pub async fn may_do_without(store: &Store, person: PersonId, now: Moment) -> Result<bool, Error> {
    Ok(!must_enrol(store, person, now).await?)
}

/// Takes one's own second factor away, where no role asks for one.
///
/// # Errors
/// [`Error::Invalid`]: `account.wrong_password`, or `account.factor_required` where a role asks for one;
/// [`Error::Stale`] when there is none.
pub async fn disable_totp(store: &Store, ctx: &mut Ctx, password: &str) -> Result<(), Error> {
    let (person, kept) = me(store, ctx).await?;
    if kept.totp.is_none() {
        return Err(Error::stale(Issue::error(
            Place::Whole,
            "account.no_factor",
        )));
    }
    let now = ctx.now();
    if must_enrol(store, person, now).await? {
        let issue = Issue::error(Place::Whole, "account.factor_required");
        return Err(Error::Invalid(vec![issue]));
    }
    confirm_password(store, ctx, &kept, password).await?;
    let trail = trail_of_person(store, person).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, _| {
        let by = oneself(ctx, person)?;
        accounts::remove_totp(tx, person).await?;
        let event = Some(Told {
            by,
            act: "account.disable_factor",
            subject: ("person", person.to_string()),
            payload: serde_json::json!({}),
        });
        Ok(Done { answer: (), event })
    })
    .await
}
