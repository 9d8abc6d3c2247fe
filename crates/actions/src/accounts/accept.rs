//! Taking an invitation up: account, name and password, and the roles that come with it.

use super::{
    fields::{self, Fields},
    init,
    invite::{Open, beyond, roles_of},
    links, password, people, roles,
    sign_in::told,
    token::Token,
};
use crate::{
    Error,
    act::{Trail, perform},
    ctx::{Ctx, Who},
};
use domain::{
    ids::PersonId,
    issue::{Issue, Place},
    people::Person,
    time::Moment,
};
use store::{Read, Store, accounts};

/// What an invited person types.
#[derive(Clone, Copy, Default)]
pub struct Acceptance<'a> {
    /// The name to sign in with.
    pub account: &'a str,
    /// Name with prefix or rank.
    pub name: &'a str,
    /// Position, where there is one.
    pub position: Option<&'a str>,
    /// The password.
    pub password: &'a str,
}

/// An open invitation by its token, so that its page can show what it is for.
///
/// # Errors
/// [`Error::NotFound`] for a token that is none; [`Error::Stale`] for one that was used, taken back, has expired, whose
/// maker may no longer give its roles, whose organisation is closed, or that was to make the first administrator where
/// there is one by now.
pub async fn look_at_invitation(
    read: &impl Read,
    token: &Token,
    now: Moment,
) -> Result<Open, Error> {
    let invitation = accounts::invitation(read, &token.digest()).await?;
    let invitation = invitation.ok_or_else(links::unknown)?;
    links::open(invitation.standing(now))?;
    if invitation.first_administrator {
        init::only_first(read, now).await?;
    }
    let roles = roles_of(&invitation)?;
    if let Some(closed) = roles::closed(read, &roles, now.thai_day()).await? {
        let issue = Issue::error(Place::Whole, "account.link_closed");
        return Err(Error::stale(issue.with("organisation", closed)));
    }
    let maker = invitation.made_by.map_or(Who::Shell, Who::Person);
    if !beyond(read, maker, &roles, now).await?.is_empty() {
        let issue = Issue::error(Place::Whole, "account.link_maker_gone");
        return Err(Error::stale(issue));
    }
    Ok(Open { invitation, roles })
}

/// Takes an invitation up; it is used up by that. The person signs in next.
///
/// # Errors
/// Those of [`look_at_invitation`]; [`Error::Invalid`] with everything that is wrong with the fields;
/// [`Error::Stale`] with `account.own_invitation` for whoever made it.
pub async fn accept_invitation(
    store: &Store,
    ctx: &mut Ctx,
    token: &Token,
    given: Acceptance<'_>,
) -> Result<Person, Error> {
    let now = ctx.now();
    let open = look_at_invitation(store, token, now).await?;
    let read = fields::read(given.account, given.name, given.position);
    let (fields, mut issues) = match read {
        Ok(fields) => (Some(fields), Vec::new()),
        Err(issues) => (None, issues),
    };
    let about = [given.account, given.name];
    issues.extend(password::problems("password", given.password, &about));
    let Some(fields) = fields.filter(|_| issues.is_empty()) else {
        return Err(Error::Invalid(issues));
    };
    let hash = password::hash(given.password, ctx.cost, ctx.secret()).await?;
    let trail = roles::trail_of(store, &open.roles).await?;
    // Two links for the first administrator that are used at once must not both make one.
    let trail = match open.invitation.first_administrator {
        true => Trail::Shared(&trail),
        false => Trail::Own(&trail),
    };
    perform(store, ctx, trail, async |tx, ctx, at| {
        let Open { invitation, roles } = look_at_invitation(tx, token, at).await?;
        if invitation.made_by.is_some() && invitation.made_by == ctx.who.person() {
            let issue = Issue::error(Place::Whole, "account.own_invitation");
            return Err(Error::stale(issue));
        }
        let person: PersonId = invitation.person.unwrap_or_else(|| ctx.id());
        if accounts::credentials(tx, person).await?.is_some() {
            return Err(links::open(accounts::Standing::Used)
                .err()
                .unwrap_or_else(links::unknown));
        }
        if !accounts::use_invitation(tx, invitation.id, person, at).await? {
            return Err(links::open(accounts::Standing::Used)
                .err()
                .unwrap_or_else(links::unknown));
        }
        let fields: Fields = fields.clone();
        ctx.actor.clone_from(&fields.account);
        let row = people::record(tx, ctx, person, fields, at).await?;
        accounts::set_password(tx, person, &hash, at).await?;
        roles::give(tx, ctx, person, &roles, at).await?;
        if invitation.first_administrator {
            accounts::revoke_first_invitations(tx, at).await?;
        }
        let payload = serde_json::json!({
            "invitation": invitation.id, "by": invitation.made_by, "after": row, "roles": roles,
        });
        Ok(told("account.accept_invitation", person, payload, row))
    })
    .await
}
