//! One-time links: invitations and resets.

use super::{Digest, rows, run};
use crate::{
    Error,
    tx::{Read, Tx},
};
use domain::{
    ids::{InvitationId, PersonId, ResetId},
    time::Moment,
};
use sea_orm::QueryResult;
use uuid::Uuid;

/// How a one-time link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may be used.
    Open,
    /// It was used.
    Used,
    /// It was taken back.
    Revoked,
    /// Its time has passed.
    Expired,
}

/// An invitation, for a person who is known already or for a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// The person who is known already.
    pub person: Option<PersonId>,
    /// The account name that is proposed.
    pub account: Option<String>,
    /// The name that is proposed.
    pub name: Option<String>,
    /// The position that is proposed.
    pub position: Option<String>,
    /// The roles that come with it, as JSON of `actions`.
    pub roles: String,
    /// It makes the first administrator, and is of no use from the moment on at which there is one.
    pub first_administrator: bool,
    /// Who made it; `None` = the operator at the shell.
    pub made_by: Option<PersonId>,
    /// When.
    pub made_at: Moment,
    /// From when on it is of no use.
    pub expires_at: Moment,
    /// When it was used.
    pub used_at: Option<Moment>,
    /// By whom.
    pub used_by: Option<PersonId>,
    /// When it was taken back.
    pub revoked_at: Option<Moment>,
}

impl Invitation {
    /// How it stands at a moment.
    pub fn standing(&self, now: Moment) -> Standing {
        standing(self.used_at, self.revoked_at, self.expires_at, now)
    }
}

/// A link by which a person sets a new password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reset {
    /// Its id.
    pub id: ResetId,
    /// For whom.
    pub person: PersonId,
    /// Whether it also takes the second factor away, to be enrolled anew.
    pub second_factor: bool,
    /// Who made it; `None` = the operator at the shell.
    pub made_by: Option<PersonId>,
    /// When.
    pub made_at: Moment,
    /// From when on it is of no use.
    pub expires_at: Moment,
    /// When it was used.
    pub used_at: Option<Moment>,
    /// When it was taken back.
    pub revoked_at: Option<Moment>,
}

impl Reset {
    /// How it stands at a moment.
    pub fn standing(&self, now: Moment) -> Standing {
        standing(self.used_at, self.revoked_at, self.expires_at, now)
    }
}

fn standing(
    used: Option<Moment>,
    revoked: Option<Moment>,
    expires: Moment,
    now: Moment,
) -> Standing {
    match (used, revoked) {
        (Some(_), _) => Standing::Used,
        (None, Some(_)) => Standing::Revoked,
        (None, None) if expires <= now => Standing::Expired,
        (None, None) => Standing::Open,
    }
}

const INVITATION: &str =
    "select id, person, account, name, position, roles, made_by, made_at, expires_at, used_at,
    used_by, revoked_at, first_administrator from invitations";
const RESET: &str = "select id, person, second_factor, made_by, made_at, expires_at, used_at, revoked_at from resets";

/// The invitation of a token, however it stands.
pub async fn invitation(read: &impl Read, token: &Digest) -> Result<Option<Invitation>, Error> {
    let sql = format!("{INVITATION} where token = $1");
    let found = rows(read, &sql, vec![token.to_vec().into()]).await?;
    found.first().map(invitation_from).transpose()
}

/// The invitation with an id, however it stands.
pub async fn invitation_by_id(
    read: &impl Read,
    id: InvitationId,
) -> Result<Option<Invitation>, Error> {
    let sql = format!("{INVITATION} where id = $1");
    let found = rows(read, &sql, vec![id.0.into()]).await?;
    found.first().map(invitation_from).transpose()
}

/// The invitations that are open at a moment, the newest first.
pub async fn invitations(read: &impl Read, now: Moment) -> Result<Vec<Invitation>, Error> {
    let sql = format!(
        "{INVITATION} where used_at is null and revoked_at is null and expires_at > $1 order by made_at desc, id"
    );
    rows(read, &sql, vec![now.0.into()])
        .await?
        .iter()
        .map(invitation_from)
        .collect()
}

fn invitation_from(row: &QueryResult) -> Result<Invitation, Error> {
    Ok(Invitation {
        id: row.try_get_by_index::<Uuid>(0)?.into(),
        person: row.try_get_by_index::<Option<Uuid>>(1)?.map(Into::into),
        account: row.try_get_by_index(2)?,
        name: row.try_get_by_index(3)?,
        position: row.try_get_by_index(4)?,
        roles: row.try_get_by_index(5)?,
        made_by: row.try_get_by_index::<Option<Uuid>>(6)?.map(Into::into),
        made_at: Moment(row.try_get_by_index(7)?),
        expires_at: Moment(row.try_get_by_index(8)?),
        used_at: row.try_get_by_index::<Option<i64>>(9)?.map(Moment),
        used_by: row.try_get_by_index::<Option<Uuid>>(10)?.map(Into::into),
        revoked_at: row.try_get_by_index::<Option<i64>>(11)?.map(Moment),
        first_administrator: row.try_get_by_index(12)?,
    })
}

/// Records an invitation under the digest of its token.
pub async fn record_invitation(
    tx: &Tx,
    invitation: &Invitation,
    token: &Digest,
) -> Result<(), Error> {
    let sql = "insert into invitations (id, token, person, account, name, position, roles, made_by, made_at, expires_at,
        first_administrator) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = vec![
        invitation.id.0.into(),
        token.to_vec().into(),
        invitation.person.map(|id| id.0).into(),
        invitation.account.clone().into(),
        invitation.name.clone().into(),
        invitation.position.clone().into(),
        invitation.roles.clone().into(),
        invitation.made_by.map(|id| id.0).into(),
        invitation.made_at.0.into(),
        invitation.expires_at.0.into(),
        invitation.first_administrator.into(),
    ];
    run(tx, sql, values).await?;
    Ok(())
}

/// Uses an invitation up; false when somebody else was quicker.
pub async fn use_invitation(
    tx: &Tx,
    invitation: InvitationId,
    by: PersonId,
    at: Moment,
) -> Result<bool, Error> {
    let sql = "update invitations set used_at = $3, used_by = $2
        where id = $1 and used_at is null and revoked_at is null and expires_at > $3";
    let values = vec![invitation.0.into(), by.0.into(), at.0.into()];
    Ok(run(tx, sql, values).await? == 1)
}

/// Takes an invitation back; false when it was used or taken back before.
pub async fn revoke_invitation(
    tx: &Tx,
    invitation: InvitationId,
    at: Moment,
) -> Result<bool, Error> {
    let sql = "update invitations set revoked_at = $2 where id = $1 and used_at is null and revoked_at is null";
    Ok(run(tx, sql, vec![invitation.0.into(), at.0.into()]).await? == 1)
}

/// Takes every open invitation to be the first administrator back: there is one now.
pub async fn revoke_first_invitations(tx: &Tx, at: Moment) -> Result<u64, Error> {
    let sql = "update invitations set revoked_at = $1 where first_administrator and used_at is null and revoked_at is null";
    run(tx, sql, vec![at.0.into()]).await
}

/// The reset of a token, however it stands.
pub async fn reset(read: &impl Read, token: &Digest) -> Result<Option<Reset>, Error> {
    let sql = format!("{RESET} where token = $1");
    let found = rows(read, &sql, vec![token.to_vec().into()]).await?;
    let Some(row) = found.first() else {
        return Ok(None);
    };
    Ok(Some(Reset {
        id: row.try_get_by_index::<Uuid>(0)?.into(),
        person: row.try_get_by_index::<Uuid>(1)?.into(),
        second_factor: row.try_get_by_index(2)?,
        made_by: row.try_get_by_index::<Option<Uuid>>(3)?.map(Into::into),
        made_at: Moment(row.try_get_by_index(4)?),
        expires_at: Moment(row.try_get_by_index(5)?),
        used_at: row.try_get_by_index::<Option<i64>>(6)?.map(Moment),
        revoked_at: row.try_get_by_index::<Option<i64>>(7)?.map(Moment),
    }))
}

/// Records a reset under the digest of its token.
pub async fn record_reset(tx: &Tx, reset: &Reset, token: &Digest) -> Result<(), Error> {
    let sql = "insert into resets (id, token, person, second_factor, made_by, made_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    let values = vec![
        reset.id.0.into(),
        token.to_vec().into(),
        reset.person.0.into(),
        reset.second_factor.into(),
        reset.made_by.map(|id| id.0).into(),
        reset.made_at.0.into(),
        reset.expires_at.0.into(),
    ];
    run(tx, sql, values).await?;
    Ok(())
}

/// Uses a reset up; false when somebody else was quicker.
pub async fn use_reset(tx: &Tx, reset: ResetId, at: Moment) -> Result<bool, Error> {
    let sql = "update resets set used_at = $2
        where id = $1 and used_at is null and revoked_at is null and expires_at > $2";
    Ok(run(tx, sql, vec![reset.0.into(), at.0.into()]).await? == 1)
}

/// Takes the open resets of a person back; how many there were.
pub async fn revoke_resets(tx: &Tx, person: PersonId, at: Moment) -> Result<u64, Error> {
    let sql = "update resets set revoked_at = $2 where person = $1 and used_at is null and revoked_at is null";
    run(tx, sql, vec![person.0.into(), at.0.into()]).await
}

/// Takes the open resets that somebody made for others back; how many there were.
pub async fn revoke_resets_by(tx: &Tx, maker: PersonId, at: Moment) -> Result<u64, Error> {
    let sql = "update resets set revoked_at = $2 where made_by = $1 and used_at is null and revoked_at is null";
    run(tx, sql, vec![maker.0.into(), at.0.into()]).await
}
