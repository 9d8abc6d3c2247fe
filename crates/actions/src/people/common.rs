//! What the acts on people share: whom somebody may act upon, rows as they are recorded, issues at fields.

use crate::{
    Error,
    accounts::manage::manager,
    ctx::{Ctx, Who},
    permission::Allowed,
};
use domain::{
    ids::PersonId,
    issue::{Issue, Place},
    people::{Grant, Person},
    provenance::{Certainty, Provenance},
    time::Moment,
};
use jiff::civil::Date;
use store::{Kept, New, Read, Tx, accounts};

/// An issue at a field of a form.
pub(super) fn at_field(field: &str, code: &'static str) -> Issue {
    let field = field.to_owned();
    Issue::error(Place::Field { field }, code)
}

/// Nobody acts on their own roles and their own leaving; somebody else looks at it.
pub(super) fn not_oneself(ctx: &Ctx, person: PersonId) -> Result<(), Error> {
    match ctx.who {
        Who::Person(actor) if actor == person => Err(Error::Invalid(vec![at_field(
            "person",
            "people.not_oneself",
        )])),
        _ => Ok(()),
    }
}

/// Somebody all of whose roles the actor may give, with the right to act on them.
///
/// # Errors
/// [`Error::Forbidden`], the same for a person of another line and for one who does not exist.
pub(super) async fn managed(
    read: &impl Read,
    ctx: &Ctx,
    person: PersonId,
    at: Moment,
) -> Result<(Allowed, Kept<Person>), Error> {
    let by = manager(read, ctx.who, person, at).await?;
    let found = store::get::<Person>(read, person).await?;
    let kept = found.ok_or_else(unknown)?;
    Ok((by, kept))
}

/// Nobody has this id.
pub(super) fn unknown() -> Error {
    Error::not_found(Issue::error(Place::Whole, "people.unknown"))
}

/// A row as somebody entered it.
pub(super) fn entered<R>(ctx: &mut Ctx, row: R) -> New<R> {
    New {
        version: ctx.id(),
        provenance: Some(Provenance {
            source: ctx.actor.clone(),
            certainty: Certainty::Entered,
        }),
        row,
    }
}

/// Whether a role is in force on a day or still to come.
pub(super) fn ahead(grant: &Grant, day: Date) -> bool {
    let never = matches!((grant.valid_from, grant.valid_to), (Some(from), Some(to)) if to <= from);
    !never && grant.valid_to.is_none_or(|to| day < to)
}

/// Takes back the links for a new password that were made for somebody whose roles change, and those that they made for
/// others: neither rests on the right under which it was made.
pub(super) async fn close_links(tx: &Tx, person: PersonId, at: Moment) -> Result<(), Error> {
    accounts::revoke_resets(tx, person, at).await?;
    accounts::revoke_resets_by(tx, person, at).await?;
    Ok(())
}

/// The same role until the day before `day`.
pub(super) fn until(grant: Grant, day: Date) -> Grant {
    Grant {
        valid_to: Some(grant.valid_to.map_or(day, |to| to.min(day))),
        ..grant
    }
}
