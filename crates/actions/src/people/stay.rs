//! A leaving is taken back: put off, or entered by mistake.

use super::common::{entered, managed, not_oneself};
use crate::{
    Error,
    accounts::roles::trail_of_person,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::{GrantId, PersonId},
    issue::{Issue, Place},
    people::{Grant, Person},
};
use jiff::civil::Date;
use store::{Store, Tx, permission};

/// Takes a leaving back. Where its day has not come, the roles that were to end with it go on as they were given; where it
/// has, the person may sign in again and roles are given anew: who could do what on the days between stays as it was.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor manages all of their roles; [`Error::Invalid`] for oneself; [`Error::Stale`] when
/// nobody recorded that they leave.
pub async fn stay(store: &Store, ctx: &mut Ctx, person: PersonId) -> Result<(), Error> {
    let trail = trail_of_person(store, person).await?;
    perform(store, ctx, Trail::Shared(&trail), async |tx, ctx, at| {
        not_oneself(ctx, person)?;
        let (by, kept) = managed(tx, ctx, person, at).await?;
        let before = kept.row;
        let Some(day) = before.left else {
            let issue = Issue::error(Place::Whole, "people.leaves_not");
            return Err(Error::stale(issue.with("name", &*before.name)));
        };
        let after = Person {
            left: None,
            ..before.clone()
        };
        let new = entered(ctx, after.clone());
        store::record(tx, at, [new]).await?;
        let roles = match day > at.thai_day() {
            true => as_given(tx, person, day).await?,
            false => Vec::new(),
        };
        let again: Vec<_> = roles.iter().map(|role| entered(ctx, *role)).collect();
        store::record(tx, at, again).await?;
        let event = Some(Told {
            by,
            act: "people.stay",
            subject: ("person", person.to_string()),
            payload: serde_json::json!({ "before": before, "after": after, "roles": roles }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}

/// The roles that end with a leaving, with the end that they had before.
async fn as_given(tx: &Tx, person: PersonId, left: Date) -> Result<Vec<Grant>, Error> {
    let mut roles = Vec::new();
    for held in permission::held_by(tx, person).await? {
        let grant = held.grant;
        if grant.valid_to == Some(left) {
            roles.extend(before(tx, grant.id, left).await?);
        }
    }
    Ok(roles)
}

/// A role as it was before it ended on that day; nothing for one that was given until then.
async fn before(tx: &Tx, grant: GrantId, left: Date) -> Result<Option<Grant>, Error> {
    let versions = store::history::<Grant>(tx, grant).await?;
    let mut versions = versions.into_iter().rev().map(|kept| kept.row);
    Ok(versions.find(|version| version.valid_to != Some(left)))
}
