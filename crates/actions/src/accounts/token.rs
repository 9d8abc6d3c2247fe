//! Tokens: 256 random bits that open something once or for a while. Only their SHA-256 is ever kept.

use crate::ctx::Ctx;
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// A secret that opens a session or a one-time link. Whoever holds it is let in: it goes into a cookie or a link, and
/// nowhere else. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

/// The text is no token of ours: changed, shortened or made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a token")]
pub struct NotAToken;

impl Token {
    pub(super) fn draw(ctx: &mut Ctx) -> Self {
        Self(ctx.secret())
    }

    /// What is kept of it. Plain SHA-256 is enough: 256 random bits cannot be guessed one by one.
    pub(super) fn digest(&self) -> store::accounts::Digest {
        Sha256::digest(self.0).into()
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64URL_NOPAD.encode(&self.0))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl FromStr for Token {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let bytes = BASE64URL_NOPAD
            .decode(text.as_bytes())
            .map_err(|_| NotAToken)?;
        bytes.try_into().map(Self).map_err(|_| NotAToken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_through_an_address_and_back_and_never_into_a_log() {
        let token = Token([0xfb; 32]);
        let text = token.to_string();
        assert!(
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        );
        assert_eq!(text.parse(), Ok(token.clone()));
        assert!(!format!("{token:?}").contains(&text[..4]));
    }

    #[test]
    fn a_changed_or_shortened_token_is_none() {
        let text = Token([7; 32]).to_string();
        for wrong in ["", &text[1..], &format!("{text}A"), &text.replace('B', "%")] {
            assert_eq!(wrong.parse::<Token>(), Err(NotAToken), "{wrong}");
        }
    }
}
