//! Who may act on the account of somebody else: whoever may give every role that the person holds, and nobody less.
//! Otherwise a coordinator could reset the password of an administrator who also coordinates, and be administrator.

use super::roles;
use crate::{
    Error,
    ctx::{Ctx, Who},
    permission::{Allowed, On, authorise_who, oneself},
};
use domain::{
    ids::PersonId,
    permission::{Act, Refusal},
    time::Moment,
};
use store::{Read, permission};

/// Lets the person themself go on, or whoever manages all of their roles.
pub(super) async fn oneself_or_manager(
    read: &impl Read,
    ctx: &Ctx,
    person: PersonId,
    at: Moment,
) -> Result<Allowed, Error> {
    match oneself(ctx, person) {
        Ok(allowed) => Ok(allowed),
        Err(_) => manager(read, ctx.who, person, at).await,
    }
}

/// Lets whoever manages all roles of the person go on; of somebody without a role today, the roles they had. Whoever
/// never had one is the operator's, and somebody who does not exist gets the answer of another line.
pub(crate) async fn manager(
    read: &impl Read,
    who: Who,
    person: PersonId,
    at: Moment,
) -> Result<Allowed, Error> {
    let act = Act::ManagePeople;
    if who == Who::Shell {
        return authorise_who(read, who, act, On::Nation, at).await;
    }
    let refused = |refusal| Err(Error::Forbidden { act, refusal });
    // Nobody resets their own password in this way: they know it, or somebody else helps.
    if who == Who::Person(person) {
        return refused(Refusal::NoRole);
    }
    let day = at.thai_day();
    let held = permission::held_by(read, person).await?;
    // Roles to come count like those of today; those that are over do not.
    let ahead = |to: Option<jiff::civil::Date>| to.is_none_or(|to| day < to);
    let mut grants: Vec<_> = held.iter().map(|held| held.grant).collect();
    if grants.iter().any(|grant| ahead(grant.valid_to)) {
        grants.retain(|grant| ahead(grant.valid_to));
    }
    let mut allowed = None;
    for grant in grants {
        let on = On::Organisation(grant.organisation);
        allowed = Some(authorise_who(read, who, act, on, at).await?);
        let may = roles::may_be_given_by(read, who, grant.organisation, at).await?;
        if !may.contains(&grant.role) {
            return refused(Refusal::NotInRole {
                needed: vec![domain::people::Role::Administrator],
            });
        }
    }
    match allowed {
        Some(allowed) => Ok(allowed),
        None => {
            let nowhere = On::Organisation(domain::ids::OrganisationId::from_u128(0));
            authorise_who(read, who, act, nowhere, at).await
        }
    }
}
