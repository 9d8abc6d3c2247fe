//! How people prove who they are: credentials, sessions, one-time links and the throttle. Plain tables, changed in
//! place; no function here makes or sees a token, only its digest.

mod credentials;
mod links;
mod sessions;
mod throttle;

pub use credentials::{
    Credentials, Pending, RecoveryCode, Totp, credentials, enrolled, pend_totp, recovery_codes,
    remove_totp, set_password, set_recovery_codes, set_totp, totp_step_taken, use_recovery_code,
};
pub use links::{
    Invitation, Reset, Standing, invitation, invitation_by_id, invitations, record_invitation,
    record_reset, reset, revoke_first_invitations, revoke_invitation, revoke_resets,
    revoke_resets_by, use_invitation, use_reset,
};
pub use sessions::{
    Session, Signed, forget_sessions, known_session, open_session, pass_second_factor,
    revoke_session, revoke_sessions, session, sessions_of, touch_session,
};
pub use throttle::{Attempts, attempts, forget_attempts, lock_attempts, record_attempts};

use crate::{
    Error,
    tx::{Read, Tx},
};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

/// SHA-256 of a token: what is kept of it.
pub type Digest = [u8; 32];

/// The value of a setting of the installation.
pub async fn setting(read: &impl Read, name: &str) -> Result<Option<String>, Error> {
    let found = rows(
        read,
        "select value from settings where name = $1",
        vec![name.into()],
    )
    .await?;
    match found.first() {
        Some(row) => Ok(Some(row.try_get_by_index(0)?)),
        None => Ok(None),
    }
}

/// Sets a setting of the installation.
pub async fn set_setting(tx: &Tx, name: &str, value: &str) -> Result<(), Error> {
    let sql = "insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
    run(tx, sql, vec![name.into(), value.into()]).await?;
    Ok(())
}

async fn rows(read: &impl Read, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, Error> {
    let executor = read.executor();
    let statement = Statement::from_sql_and_values(executor.get_database_backend(), sql, values);
    Ok(executor.query_all_raw(statement).await?)
}

async fn run(tx: &Tx, sql: &str, values: Vec<Value>) -> Result<u64, Error> {
    let executor = tx.executor();
    let statement = Statement::from_sql_and_values(executor.get_database_backend(), sql, values);
    Ok(executor.execute_raw(statement).await?.rows_affected())
}
