//! The password asked again before something that a thief of the session must not do, and its change.

use super::{
    fields, password,
    roles::trail_of_person,
    second_factor::me,
    throttle::{self, Keys},
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
    permission::oneself,
};
use domain::{ids::SessionId, people::Person};
use store::{
    Store,
    accounts::{self, Credentials},
};

/// Goes on only with the person's password. Failures are counted like those of codes.
pub(super) async fn confirm_password(
    store: &Store,
    ctx: &mut Ctx,
    kept: &Credentials,
    typed: &str,
) -> Result<(), Error> {
    let now = ctx.now();
    let keys = Keys::code(store, kept.person, ctx.from.as_deref(), now).await?;
    throttle::begin(store, ctx, &keys).await?;
    if !password::matches(typed, Some(kept.password.clone()), ctx.cost).await? {
        return Err(Error::Invalid(vec![fields::at(
            "password",
            "account.wrong_password",
        )]));
    }
    let tx = store.begin().await?;
    throttle::succeed(&tx, &keys, now).await?;
    Ok(tx.commit().await?)
}

/// Changes one's own password; every other session of the person ends.
///
/// # Errors
/// [`Error::Invalid`]: `account.wrong_password` at `password`, or what is wrong with the new one at `new_password`.
pub async fn change_password(
    store: &Store,
    ctx: &mut Ctx,
    session: SessionId,
    typed: &str,
    new: &str,
) -> Result<(), Error> {
    let (person, kept) = me(store, ctx).await?;
    let row = store::get::<Person>(store, person).await?;
    let (account, name) = row
        .map(|kept| (kept.row.account, kept.row.name))
        .unwrap_or_default();
    let mut issues = password::problems("new_password", new, &[&account, &name]);
    if typed == new {
        issues.push(fields::at("new_password", "password.same"));
    }
    if !issues.is_empty() {
        return Err(Error::Invalid(issues));
    }
    confirm_password(store, ctx, &kept, typed).await?;
    let hash = password::hash(new, ctx.cost, ctx.secret()).await?;
    let trail = trail_of_person(store, person).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let by = oneself(ctx, person)?;
        accounts::set_password(tx, person, &hash, at).await?;
        accounts::revoke_resets(tx, person, at).await?;
        let ended = accounts::revoke_sessions(tx, person, Some(session), at).await?;
        let event = Some(Told {
            by,
            act: "account.change_password",
            subject: ("person", person.to_string()),
            payload: serde_json::json!({ "sessions": ended }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}
