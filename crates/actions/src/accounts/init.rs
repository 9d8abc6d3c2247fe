//! The first administrator: made by the operator at the shell, only while there is none.

use super::{
    create::{self, Created, NewAccount},
    invite::{self, Invited, NewInvitation},
    roles::Given,
};
use crate::{Error, ctx::Ctx};
use domain::{
    ids::OrganisationId,
    issue::{Issue, Place},
    people::Role,
    time::Moment,
};
use store::{Read, Store, permission};

/// How long the link for the first administrator is good, in microseconds: one day.
const LINK: i64 = 24 * 3_600 * 1_000_000;

/// Whether anybody is, or will be, administrator.
///
/// # Errors
/// When the database cannot be asked.
pub async fn has_administrator(read: &impl Read, now: Moment) -> Result<bool, Error> {
    let day = now.thai_day();
    let grants = permission::holders(read, Role::Administrator).await?;
    for grant in grants {
        if grant.valid_to.is_some_and(|to| to <= day) {
            continue;
        }
        let person = store::get::<domain::people::Person>(read, grant.person).await?;
        if person.is_some_and(|kept| kept.row.left.is_none_or(|left| day < left)) {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) async fn only_first(read: &impl Read, now: Moment) -> Result<(), Error> {
    match has_administrator(read, now).await? {
        false => Ok(()),
        true => Err(Error::stale(Issue::error(
            Place::Whole,
            "account.has_administrator",
        ))),
    }
}

/// Makes the first administrator on an organisation: a provincial office, or one above the provinces. Without a
/// password a random one is drawn and given back. `new.roles` is not asked.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the operator at the shell; [`Error::Stale`] when there is an administrator;
/// [`Error::Invalid`] with everything that is wrong.
pub async fn init(
    store: &Store,
    ctx: &mut Ctx,
    new: NewAccount,
    organisation: OrganisationId,
    password: Option<&str>,
) -> Result<Created, Error> {
    let role = Role::Administrator;
    let roles = vec![Given { role, organisation }];
    create::make(store, ctx, NewAccount { roles, ..new }, password, true).await
}

/// Makes a one-time link, good for a day, by which somebody becomes the first administrator on an organisation. It is of
/// no use any more as soon as anybody is administrator.
///
/// # Errors
/// Those of [`init`].
pub async fn init_link(
    store: &Store,
    ctx: &mut Ctx,
    organisation: OrganisationId,
) -> Result<Invited, Error> {
    create::only_shell(ctx)?;
    let now = ctx.now();
    only_first(store, now).await?;
    let role = Role::Administrator;
    let new = NewInvitation {
        roles: vec![Given { role, organisation }],
        ..NewInvitation::default()
    };
    invite::make(store, ctx, new, LINK, true).await
}
