//! Somebody leaves: from a day on they sign in no more and hold no role; what they did stays theirs.

use super::{
    common::{ahead, at_field, close_links, entered, managed, not_oneself, until},
    last::{self, Loss},
};
use crate::{
    Error,
    accounts::roles::trail_of_person,
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::PersonId,
    issue::{Issue, Issues, Place},
    people::{Grant, Person},
    time::Moment,
};
use jiff::{ToSpan, civil::Date};
use store::{Store, Tx, accounts, permission};

/// The furthest day that can be named in advance, in days.
const FURTHEST: i64 = 366;

/// Who leaves, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    /// Who.
    pub person: PersonId,
    /// The first day on which they are gone; `None` = today, at once.
    pub on: Option<Date>,
}

/// Lets somebody leave: their roles end, their sessions and one-time links close.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor manages all of their roles; [`Error::Stale`] when they have left already;
/// [`Error::Invalid`] for oneself, a day that cannot be, and the last administrator.
pub async fn leave(store: &Store, ctx: &mut Ctx, leave: Leave) -> Result<(), Error> {
    let trail = trail_of_person(store, leave.person).await?;
    perform(store, ctx, Trail::Shared(&trail), async |tx, ctx, at| {
        not_oneself(ctx, leave.person)?;
        let (by, kept) = managed(tx, ctx, leave.person, at).await?;
        let before = kept.row;
        stands(&before)?;
        let day = leave.on.unwrap_or(at.thai_day());
        let mut issues = day_problems(day, at.thai_day());
        let ending = roles_ahead(tx, before.id, day).await?;
        let loss = Loss {
            ending: &ending,
            beginning: &[],
            on: day,
        };
        issues.extend(last::problems(tx, loss).await?);
        if !issues.is_empty() {
            return Err(Error::Invalid(issues));
        }
        let after = gone(tx, ctx, &before, &ending, (day, at)).await?;
        let event = Some(Told {
            by,
            act: "people.leave",
            subject: ("person", before.id.to_string()),
            payload: serde_json::json!({ "before": before, "after": after, "roles": ending }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}

/// Somebody who has left cannot leave again.
pub(super) fn stands(person: &Person) -> Result<(), Error> {
    match person.left {
        None => Ok(()),
        Some(left) => {
            let issue = Issue::error(Place::Whole, "people.left_already");
            let issue = issue.with("name", &*person.name).with("on", left);
            Err(Error::stale(issue))
        }
    }
}

/// What is wrong with the day.
pub(super) fn day_problems(day: Date, today: Date) -> Issues {
    let furthest = today.saturating_add(FURTHEST.days());
    let mut issues = Issues::new();
    if day < today {
        issues.push(at_field("on", "people.day_past").with("today", today));
    }
    if day > furthest {
        issues.push(at_field("on", "people.day_too_far").with("furthest", furthest));
    }
    issues
}

/// The roles of somebody that are in force on a day or begin later.
pub(super) async fn roles_ahead(tx: &Tx, person: PersonId, day: Date) -> Result<Vec<Grant>, Error> {
    let held = permission::held_by(tx, person).await?;
    let grants = held.into_iter().map(|held| held.grant);
    Ok(grants.filter(|grant| ahead(grant, day)).collect())
}

/// Records that somebody is gone from a day on.
pub(super) async fn gone(
    tx: &Tx,
    ctx: &mut Ctx,
    person: &Person,
    roles: &[Grant],
    (day, at): (Date, Moment),
) -> Result<Person, Error> {
    let after = Person {
        left: Some(day),
        ..person.clone()
    };
    let new = entered(ctx, after.clone());
    store::record(tx, at, [new]).await?;
    let ended: Vec<_> = roles
        .iter()
        .map(|role| entered(ctx, until(*role, day)))
        .collect();
    store::record(tx, at, ended).await?;
    if day <= at.thai_day() {
        accounts::revoke_sessions(tx, person.id, None, at).await?;
    }
    close_links(tx, person.id, at).await?;
    Ok(after)
}
