//! The row of a person with an account.

use super::fields::{self, Fields};
use crate::{Error, ctx::Ctx};
use domain::{
    ids::PersonId,
    people::Person,
    provenance::{Certainty, Provenance},
    time::Moment,
};
use store::{New, Tx, permission};

/// Records a new person, unless the account name is taken.
pub(super) async fn record(
    tx: &Tx,
    ctx: &mut Ctx,
    id: PersonId,
    fields: Fields,
    at: Moment,
) -> Result<Person, Error> {
    let taken = permission::person(tx, &fields.account).await?;
    if taken.is_some_and(|kept| kept.row.id != id) {
        let issue = fields::at("account", "account.taken").with("account", fields.account);
        return Err(Error::Invalid(vec![issue]));
    }
    let person = Person {
        id,
        account: fields.account,
        name: fields.name,
        position: fields.position,
        left: None,
    };
    let new = New {
        version: ctx.id(),
        provenance: Some(Provenance {
            source: ctx.actor.clone(),
            certainty: Certainty::Entered,
        }),
        row: person.clone(),
    };
    store::record(tx, at, [new]).await?;
    Ok(person)
}
