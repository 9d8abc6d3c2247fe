//! Changes the name or the position of somebody.

use super::common::{entered, managed};
use crate::{
    Error,
    accounts::{fields, roles::trail_of_person},
    act::{Done, Told, Trail, perform},
    ctx::Ctx,
};
use domain::{
    ids::PersonId,
    issue::{Issue, Place},
    people::Person,
};
use store::Store;
use uuid::Uuid;

/// What is to stand from now on. The account name stays: sessions and the trail know people by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePerson {
    /// Whose.
    pub person: PersonId,
    /// The version that was on the screen; `None` = whatever stands.
    pub seen: Option<Uuid>,
    /// Name with prefix or rank, as an order prints it.
    pub name: String,
    /// Position.
    pub position: Option<String>,
}

/// Changes name and position.
///
/// # Errors
/// [`Error::Forbidden`] unless the actor manages all roles of the person; [`Error::Stale`] when somebody else changed
/// them in the meantime; [`Error::Invalid`] with everything that is wrong with the words.
pub async fn change_person(
    store: &Store,
    ctx: &mut Ctx,
    change: ChangePerson,
) -> Result<(), Error> {
    let trail = trail_of_person(store, change.person).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let (by, kept) = managed(tx, ctx, change.person, at).await?;
        let before = kept.row;
        if change.seen.is_some_and(|seen| seen != kept.stamp.version) {
            let stale = Issue::error(Place::Whole, "people.changed_meanwhile");
            return Err(Error::stale(stale.with("name", &*before.name)));
        }
        let words = fields::read(&before.account, &change.name, change.position.as_deref())
            .map_err(Error::Invalid)?;
        let after = Person {
            name: words.name,
            position: words.position,
            ..before.clone()
        };
        if after == before {
            return Ok(Done {
                answer: (),
                event: None,
            });
        }
        let new = entered(ctx, after.clone());
        store::record(tx, at, [new]).await?;
        let event = Some(Told {
            by,
            act: "people.change",
            subject: ("person", before.id.to_string()),
            payload: serde_json::json!({ "before": before, "after": after }),
        });
        Ok(Done { answer: (), event })
    })
    .await
}
