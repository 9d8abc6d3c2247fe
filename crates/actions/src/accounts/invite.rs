//! Inviting somebody: a one-time link that comes with roles, made by whoever may give them.

use super::{
    fields,
    links::Link,
    policy::Policy,
    roles::{self, Given},
    token::Token,
};
use crate::{
    Error,
    act::{Done, Told, Trail, perform},
    ctx::{Ctx, Who},
    permission::{On, authorise},
};
use domain::{
    ids::InvitationId,
    issue::{Arg, Issue, Issues, Place},
    permission::Act,
    time::Moment,
};
use store::{
    Read, Store,
    accounts::{self, Invitation},
};

const DAY: i64 = 24 * 3_600 * 1_000_000;

/// An invitation to be made. What is proposed of account, name and position the person may change.
#[derive(Debug, Clone, Default)]
pub struct NewInvitation {
    /// The account name that is proposed.
    pub account: Option<String>,
    /// The name that is proposed.
    pub name: Option<String>,
    /// The position that is proposed.
    pub position: Option<String>,
    /// The roles that come with it; at least one.
    pub roles: Vec<Given>,
}

/// An invitation that was made.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Its id: may be shown, opens nothing.
    pub id: InvitationId,
    /// The link to hand over.
    pub link: Link,
}

/// Makes an invitation.
///
/// # Errors
/// [`Error::Forbidden`] where whoever acts does not manage people; [`Error::Invalid`]: `account.may_not_give` for a role
/// beyond what they may give, `account.role_not_held_there`.
pub async fn invite(store: &Store, ctx: &mut Ctx, new: NewInvitation) -> Result<Invited, Error> {
    let days = Policy::read(store).await?.invitation_days;
    make(store, ctx, new, days * DAY, false).await
}

/// Makes an invitation that is good for some time, in microseconds; with `first`, only while nobody is administrator.
pub(super) async fn make(
    store: &Store,
    ctx: &mut Ctx,
    new: NewInvitation,
    good_for: i64,
    first: bool,
) -> Result<Invited, Error> {
    let token = Token::draw(ctx);
    let trail = roles::trail_of(store, &new.roles).await?;
    let clean = |text: &Option<String>| {
        let text = text.as_deref().map(|text| domain::text::clean(text).text);
        text.filter(|text| !text.is_empty())
    };
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let mut by = authorise_all(tx, ctx, &new.roles, at).await?;
        let mut issues = roles::problems(tx, &new.roles, at.thai_day()).await?;
        issues.extend(beyond(tx, ctx.who, &new.roles, at).await?);
        let Some(by) = by.pop().filter(|_| issues.is_empty()) else {
            return Err(Error::Invalid(issues));
        };
        let invitation = Invitation {
            id: ctx.id(),
            person: None,
            account: clean(&new.account).map(|account| fields::account_key(&account)),
            name: clean(&new.name),
            position: clean(&new.position),
            roles: serde_json::json!(new.roles).to_string(),
            first_administrator: first,
            made_by: ctx.who.person(),
            made_at: at,
            expires_at: Moment(at.0 + good_for),
            used_at: None,
            used_by: None,
            revoked_at: None,
        };
        accounts::record_invitation(tx, &invitation, &token.digest()).await?;
        let event = Some(Told {
            by,
            act: "account.invite",
            subject: ("invitation", invitation.id.to_string()),
            payload: serde_json::json!({ "name": invitation.name, "roles": new.roles }),
        });
        let link = Link {
            token: token.clone(),
            expires_at: invitation.expires_at,
        };
        let answer = Invited {
            id: invitation.id,
            link,
        };
        Ok(Done { answer, event })
    })
    .await
}

async fn authorise_all(
    read: &impl Read,
    ctx: &Ctx,
    roles: &[Given],
    at: Moment,
) -> Result<Vec<crate::permission::Allowed>, Error> {
    let mut allowed = Vec::new();
    for given in roles {
        let on = On::Organisation(given.organisation);
        allowed.push(authorise(read, ctx, Act::ManagePeople, on, at).await?);
    }
    if allowed.is_empty() {
        allowed.push(authorise(read, ctx, Act::ManagePeople, On::Nation, at).await?);
    }
    Ok(allowed)
}

/// The roles that are beyond what somebody may give.
pub(super) async fn beyond(
    read: &impl Read,
    who: Who,
    roles: &[Given],
    at: Moment,
) -> Result<Issues, Error> {
    let mut issues = Vec::new();
    for given in roles {
        let may = roles::may_be_given_by(read, who, given.organisation, at).await?;
        if !may.contains(&given.role) {
            let role = Arg::Key(given.role.key());
            issues.push(fields::at("roles", "account.may_not_give").with("role", role));
        }
    }
    Ok(issues)
}

/// An open invitation as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The invitation.
    pub invitation: Invitation,
    /// Its roles.
    pub roles: Vec<Given>,
}

/// The roles of an invitation as kept.
pub(super) fn roles_of(invitation: &Invitation) -> Result<Vec<Given>, Error> {
    serde_json::from_str(&invitation.roles).map_err(|_| {
        Error::Store(store::Error::Corrupt {
            table: "invitations",
            wanted: "list of roles",
            found: invitation.roles.clone(),
        })
    })
}

/// The open invitations whose every role whoever acts may give, the newest first.
///
/// # Errors
/// When the database cannot be asked.
pub async fn list_invitations(store: &Store, ctx: &mut Ctx) -> Result<Vec<Open>, Error> {
    let now = ctx.now();
    let mut list = Vec::new();
    for invitation in accounts::invitations(store, now).await? {
        let roles = roles_of(&invitation)?;
        if beyond(store, ctx.who, &roles, now).await?.is_empty() {
            list.push(Open { invitation, roles });
        }
    }
    Ok(list)
}

/// Takes an invitation back.
///
/// # Errors
/// [`Error::Forbidden`] for whoever could not have made it; [`Error::Stale`] when it was used or taken back before.
pub async fn revoke_invitation(
    store: &Store,
    ctx: &mut Ctx,
    invitation: InvitationId,
) -> Result<(), Error> {
    let found = accounts::invitation_by_id(store, invitation).await?;
    let roles = match &found {
        Some(found) => roles_of(found)?,
        None => Vec::new(),
    };
    let trail = roles::trail_of(store, &roles).await?;
    perform(store, ctx, Trail::Own(&trail), async |tx, ctx, at| {
        let mut by = authorise_all(tx, ctx, &roles, at).await?;
        let issues = beyond(tx, ctx.who, &roles, at).await?;
        let Some(by) = by.pop().filter(|_| issues.is_empty()) else {
            return Err(Error::Invalid(issues));
        };
        if !accounts::revoke_invitation(tx, invitation, at).await? {
            let issue = Issue::error(Place::Whole, "account.link_used");
            return Err(Error::stale(issue));
        }
        let event = Some(Told {
            by,
            act: "account.revoke_invitation",
            subject: ("invitation", invitation.to_string()),
            payload: serde_json::json!({}),
        });
        Ok(Done { answer: (), event })
    })
    .await
}
