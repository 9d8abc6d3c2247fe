//! Recovery codes: ten codes for the day on which the device of the second factor is lost. Each works once.

use super::{
    confirm::confirm_password,
    fields, password,
    roles::trail_of_person,
    second_factor::{me, passed, waiting},
    sign_in::{Opened, refused, told},
    throttle::{self, Keys},
    token::Token,
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
    permission::oneself,
};
use data_encoding::BASE32_NOPAD;
use domain::issue::{Issue, Place};
use store::{Store, accounts};

/// How many codes are drawn at a time.
const CODES: usize = 10;
/// Random bits of a code: 50. They are kept like passwords, because that is too few for a plain digest.
const LETTERS: usize = 10;

/// Fresh codes as they are shown, and as they are kept.
pub(super) async fn draw(ctx: &mut Ctx) -> Result<(Vec<String>, Vec<String>), Error> {
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let letters = BASE32_NOPAD.encode(&ctx.secret::<7>()).to_lowercase();
        codes.push(letters.chars().take(LETTERS).collect::<String>());
    }
    let hashes = password::hash_all(codes.clone(), ctx.cost, ctx.secret()).await?;
    let shown = codes
        .iter()
        .map(|code| format!("{}-{}", &code[..LETTERS / 2], &code[LETTERS / 2..]));
    Ok((shown.collect(), hashes))
}

/// A code as it was drawn: capitals, spaces and hyphens make no difference.
fn read(typed: &str) -> String {
    let letters = typed.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Ends a sign-in with a recovery code in the place of the second factor, and uses the code up; gives the session under
/// a new token and how many codes are left.
///
/// # Errors
/// [`Error::Invalid`]: `account.wrong_recovery_code`, `account.used_recovery_code`, `account.sign_in_again`, or
/// `account.wait_…` after too many failures.
pub async fn use_recovery_code(
    store: &Store,
    ctx: &mut Ctx,
    token: &Token,
    typed: &str,
) -> Result<(Opened, usize), Error> {
    let now = ctx.now();
    let found = waiting(store, token, now).await?;
    let person = found.person.id;
    let keys = Keys::code(store, person, ctx.from.as_deref(), now).await?;
    throttle::begin(store, ctx, &keys).await?;
    let kept = accounts::recovery_codes(store, person).await?;
    let hashes = kept.iter().map(|code| code.hash.clone()).collect();
    let which = password::which(&read(typed), hashes).await?;
    let code = which.and_then(|place| kept.get(place));
    let trail = trail_of_person(store, person).await?;
    let fresh = Token::draw(ctx);
    let outcome = perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let refused = |why| refused("account.code_refused", person, Err(why));
        let Some(code) = code else {
            return Ok(refused("account.wrong_recovery_code"));
        };
        if !accounts::use_recovery_code(tx, person, code.number, at).await? {
            return Ok(refused("account.used_recovery_code"));
        }
        throttle::succeed(tx, &keys, at).await?;
        let opened = passed(tx, ctx, &found, &fresh, at).await?;
        let left = accounts::recovery_codes(tx, person).await?;
        let left = left.iter().filter(|code| code.used_at.is_none()).count();
        let payload = serde_json::json!({ "session": found.session.id, "left": left });
        Ok(told(
            "account.recovery_code",
            person,
            payload,
            Ok((opened, left)),
        ))
    })
    .await?;
    outcome.map_err(|code| Error::Invalid(vec![fields::at("code", code)]))
}

/// Draws ten new recovery codes of one's own in the place of the old ones; shown once.
///
/// # Errors
/// [`Error::Invalid`] with `account.wrong_password`; [`Error::Stale`] without a second factor.
pub async fn new_recovery_codes(
    store: &Store,
    ctx: &mut Ctx,
    password: &str,
) -> Result<Vec<String>, Error> {
    let (person, kept) = me(store, ctx).await?;
    if kept.totp.is_none() {
        return Err(Error::stale(Issue::error(
            Place::Whole,
            "account.no_factor",
        )));
    }
    confirm_password(store, ctx, &kept, password).await?;
    let (codes, hashes) = draw(ctx).await?;
    let trail = trail_of_person(store, person).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, _| {
        let by = oneself(ctx, person)?;
        accounts::set_recovery_codes(tx, person, &hashes).await?;
        let event = Some(Told {
            by,
            act: "account.new_recovery_codes",
            subject: ("person", person.to_string()),
            payload: serde_json::json!({ "codes": hashes.len() }),
        });
        Ok(Done { answer: (), event })
    })
    .await?;
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_code_is_read_as_people_copy_it() {
        assert_eq!(read(" ABCDE-fgh2 7\n"), "abcdefgh27");
    }
}
