//! Who is signed in: the cookie, the session behind it, and the token that every form carries back.

use actions::accounts::{self, Token};
use axum::http::header::{COOKIE, HeaderMap, HeaderValue};
use domain::ids::{PersonId, SessionId};
use domain::people::{Person, Role};
use domain::permission::{Act, Held, Refusal, able, reach};
use domain::time::Moment;
use sha2::{Digest, Sha256};

use crate::{App, Error};

/// Somebody with a session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who.
    pub person: Person,
    /// Which session of theirs.
    pub session: SessionId,
    /// Every role they hold, in force today or not; none while they must enrol, so that public pages show them no more
    /// than the public.
    pub held: Vec<Held>,
    /// They hold a role that asks for a second factor and have none yet: they may do nothing but set it up.
    pub must_enrol: bool,
    /// What a form has to carry back.
    pub csrf: String,
}

impl SignedIn {
    /// Whether a role in force carries the act at all, or why none does; whether it reaches the thing, the act itself
    /// asks.
    ///
    /// # Errors
    /// The reason.
    pub fn can(&self, act: Act, at: Moment) -> Result<(), Refusal> {
        match self.roles(at) {
            roles if roles.is_empty() => Err(Refusal::NoRole),
            roles if roles.iter().any(|role| reach(*role, act).is_some()) => Ok(()),
            _ => Err(Refusal::NotInRole {
                needed: able(act).collect(),
            }),
        }
    }

    /// Their roles in force, each once, in the order of the list of roles.
    pub fn roles(&self, at: Moment) -> Vec<Role> {
        let day = at.thai_day();
        let held = self.held.iter().map(|held| &held.grant);
        let mut roles: Vec<Role> = held
            .filter(|grant| grant.holds_on(day))
            .map(|grant| grant.role)
            .collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// The same person in the session that has taken the place of this one, so that forms on the page of the change
    /// carry what the next request asks for.
    #[must_use]
    pub fn renewed(&self, token: &Token) -> Self {
        Self {
            csrf: csrf(token),
            must_enrol: false,
            ..self.clone()
        }
    }

    /// Their id.
    pub fn id(&self) -> PersonId {
        self.person.id
    }
}

/// The name of the cookie: with `__Host-` a browser takes it over TLS only, for this host and the whole of it. Plain
/// http is served to the same computer alone, where such a cookie would be refused.
const fn cookie_name(secure: bool) -> &'static str {
    if secure {
        "__Host-saithong"
    } else {
        "saithong"
    }
}

/// Whoever the cookie of a request speaks for; nobody when it is missing, changed, over or revoked.
///
/// # Errors
/// When the database cannot be asked.
pub async fn of_request(app: &App, headers: &HeaderMap) -> Result<Option<SignedIn>, Error> {
    let Some(live) = app.live() else {
        return Ok(None);
    };
    let Some(token) = token(app, headers) else {
        return Ok(None);
    };
    let store = live.store();
    let Some(session) = accounts::session(store, &token, app.now()).await? else {
        return Ok(None);
    };
    let held = match session.must_enrol {
        true => Vec::new(),
        false => store::permission::held_by(store, session.person.id).await?,
    };
    Ok(Some(SignedIn {
        held,
        person: session.person,
        session: session.id,
        must_enrol: session.must_enrol,
        csrf: csrf(&token),
    }))
}

/// The token that a browser holds, whether it still opens anything or not.
pub fn token(app: &App, headers: &HeaderMap) -> Option<Token> {
    cookie(headers, app.secure())?.parse().ok()
}

fn cookie(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let name = cookie_name(secure);
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Bound to the session and of no use to guess its token.
fn csrf(token: &Token) -> String {
    let digest = Sha256::new()
        .chain_update(b"saithong form\0")
        .chain_update(token.to_string())
        .finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The header that gives the browser its cookie. It ends with the browser or with the session, whichever is first.
pub fn given(app: &App, token: &Token) -> HeaderValue {
    written(app, &token.to_string(), "")
}

/// The header that takes the cookie back.
pub fn taken(app: &App) -> HeaderValue {
    written(app, "", "; Max-Age=0")
}

fn written(app: &App, value: &str, more: &str) -> HeaderValue {
    let secure = if app.secure() { "; Secure" } else { "" };
    let name = cookie_name(app.secure());
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{more}");
    // Names, digits and letters only: there is nothing a header cannot hold.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub fn same(one: &str, other: &str) -> bool {
    let (one, other) = (Sha256::digest(one), Sha256::digest(other));
    let differs = one
        .iter()
        .zip(other.iter())
        .fold(0, |all, (a, b)| all | (a ^ b));
    differs == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others_and_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; xsaithong=no"));
        assert_eq!(cookie(&headers, false), None);
        headers.append(COOKIE, HeaderValue::from_static("b=2; saithong=yes; c=3"));
        assert_eq!(cookie(&headers, false), Some("yes"));
        assert_eq!(cookie(&headers, true), None);
    }

    #[test]
    fn only_equal_texts_are_the_same() {
        assert!(same("ab", "ab") && !same("ab", "ac") && !same("ab", "abc") && !same("", "a"));
    }
}
