//! Passwords, the second factor and its recovery codes.

use super::{rows, run};
use crate::{
    Error,
    tx::{Read, Tx},
};
use domain::{
    ids::{PersonId, SessionId},
    time::Moment,
};
use sea_orm::QueryResult;
use std::collections::HashSet;
use uuid::Uuid;

/// What somebody proves themself with. Has no `Debug`, so that it cannot slip into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Whose.
    pub person: PersonId,
    /// The password, as a string of Argon2id.
    pub password: String,
    /// Since when.
    pub changed_at: Moment,
    /// The second factor, where it is enrolled and confirmed.
    pub totp: Option<Totp>,
    /// A second factor that was shown and not confirmed yet.
    pub pending: Option<Pending>,
}

/// A second factor that is being set up.
#[derive(Clone, PartialEq, Eq)]
pub struct Pending {
    /// The secret that was shown.
    pub secret: Vec<u8>,
    /// When.
    pub at: Moment,
    /// In which session: no other one shows or confirms it.
    pub session: SessionId,
}

/// An enrolled second factor (RFC 6238).
#[derive(Clone, PartialEq, Eq)]
pub struct Totp {
    /// The secret shared with the person's device.
    pub secret: Vec<u8>,
    /// The last step whose code was taken: that code and earlier ones are refused from then on.
    pub step: i64,
}

/// One recovery code of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode {
    /// Its place in the list, from 1.
    pub number: i16,
    /// The code as a string of Argon2id.
    pub hash: String,
    /// When it was used up.
    pub used_at: Option<Moment>,
}

/// The credentials of a person; `None` = they never had any and cannot sign in.
pub async fn credentials(read: &impl Read, person: PersonId) -> Result<Option<Credentials>, Error> {
    let sql = "select person, password, changed_at, totp_secret, totp_step, totp_pending, totp_pending_at,
        totp_pending_in from credentials where person = $1";
    let found = rows(read, sql, vec![person.0.into()]).await?;
    found.first().map(from_row).transpose()
}

/// Everybody who has a second factor.
pub async fn enrolled(read: &impl Read) -> Result<HashSet<PersonId>, Error> {
    let sql = "select person from credentials where totp_secret is not null";
    let mut people = HashSet::new();
    for row in rows(read, sql, Vec::new()).await? {
        people.insert(row.try_get_by_index::<Uuid>(0)?.into());
    }
    Ok(people)
}

fn from_row(row: &QueryResult) -> Result<Credentials, Error> {
    let secret: Option<Vec<u8>> = row.try_get_by_index(3)?;
    let step: Option<i64> = row.try_get_by_index(4)?;
    let pending: Option<Vec<u8>> = row.try_get_by_index(5)?;
    let at: Option<i64> = row.try_get_by_index(6)?;
    let session: Option<Uuid> = row.try_get_by_index(7)?;
    Ok(Credentials {
        person: row.try_get_by_index::<Uuid>(0)?.into(),
        password: row.try_get_by_index(1)?,
        changed_at: Moment(row.try_get_by_index(2)?),
        totp: secret.map(|secret| Totp {
            secret,
            step: step.unwrap_or(i64::MIN),
        }),
        pending: match (pending, at, session) {
            (Some(secret), Some(at), Some(session)) => Some(Pending {
                secret,
                at: Moment(at),
                session: session.into(),
            }),
            _ => None,
        },
    })
}

/// Sets the password of a person, as a string of Argon2id; the second factor stays as it is, and one that is only being
/// set up is forgotten: whoever began it knew the old password.
pub async fn set_password(
    tx: &Tx,
    person: PersonId,
    password: &str,
    at: Moment,
) -> Result<(), Error> {
    let sql = "insert into credentials (person, password, changed_at) values ($1, $2, $3)
        on conflict (person) do update set password = excluded.password, changed_at = excluded.changed_at,
            totp_pending = null, totp_pending_at = null, totp_pending_in = null";
    run(tx, sql, vec![person.0.into(), password.into(), at.0.into()]).await?;
    Ok(())
}

/// Keeps the secret that was just shown until a first code confirms it; one shown before is forgotten.
pub async fn pend_totp(tx: &Tx, person: PersonId, pending: &Pending) -> Result<(), Error> {
    let sql = "update credentials set totp_pending = $2, totp_pending_at = $3, totp_pending_in = $4 where person = $1";
    let values = vec![
        person.0.into(),
        pending.secret.clone().into(),
        pending.at.0.into(),
        pending.session.0.into(),
    ];
    run(tx, sql, values).await?;
    Ok(())
}

/// Makes a secret the person's second factor; `step` is that of the code which confirmed it.
pub async fn set_totp(tx: &Tx, person: PersonId, secret: &[u8], step: i64) -> Result<(), Error> {
    let sql = "update credentials set totp_secret = $2, totp_step = $3, totp_pending = null, totp_pending_at = null,
        totp_pending_in = null where person = $1";
    let values = vec![person.0.into(), secret.to_vec().into(), step.into()];
    run(tx, sql, values).await?;
    Ok(())
}

/// Takes the second factor of a person away, with its recovery codes.
pub async fn remove_totp(tx: &Tx, person: PersonId) -> Result<(), Error> {
    let sql = "update credentials set totp_secret = null, totp_step = null, totp_pending = null, totp_pending_at = null,
        totp_pending_in = null where person = $1";
    run(tx, sql, vec![person.0.into()]).await?;
    set_recovery_codes(tx, person, &[]).await
}

/// Takes the code of a step; false when that code or a later one was taken before, by whichever process.
pub async fn totp_step_taken(tx: &Tx, person: PersonId, step: i64) -> Result<bool, Error> {
    let sql = "update credentials set totp_step = $2 where person = $1 and totp_step < $2";
    Ok(run(tx, sql, vec![person.0.into(), step.into()]).await? == 1)
}

/// The recovery codes of a person, used ones with them.
pub async fn recovery_codes(
    read: &impl Read,
    person: PersonId,
) -> Result<Vec<RecoveryCode>, Error> {
    let sql = "select number, hash, used_at from recovery_codes where person = $1 order by number";
    let mut codes = Vec::new();
    for row in rows(read, sql, vec![person.0.into()]).await? {
        codes.push(RecoveryCode {
            number: row.try_get_by_index(0)?,
            hash: row.try_get_by_index(1)?,
            used_at: row.try_get_by_index::<Option<i64>>(2)?.map(Moment),
        });
    }
    Ok(codes)
}

/// Replaces the recovery codes of a person by these, as strings of Argon2id.
pub async fn set_recovery_codes(tx: &Tx, person: PersonId, hashes: &[String]) -> Result<(), Error> {
    let sql = "delete from recovery_codes where person = $1";
    run(tx, sql, vec![person.0.into()]).await?;
    for (number, hash) in (1_i16..).zip(hashes) {
        let sql = "insert into recovery_codes (person, number, hash) values ($1, $2, $3)";
        let values = vec![person.0.into(), number.into(), hash.as_str().into()];
        run(tx, sql, values).await?;
    }
    Ok(())
}

/// Uses a recovery code up; false when it was used before.
pub async fn use_recovery_code(
    tx: &Tx,
    person: PersonId,
    number: i16,
    at: Moment,
) -> Result<bool, Error> {
    let sql = "update recovery_codes set used_at = $3 where person = $1 and number = $2 and used_at is null";
    let values = vec![person.0.into(), number.into(), at.0.into()];
    Ok(run(tx, sql, values).await? == 1)
}
