//! How often somebody tried in vain: counted in the database, so that it holds over processes and restarts.

use super::{Digest, rows, run};
use crate::{
    Error,
    tx::{Read, Tx},
};
use domain::time::Moment;
use sea_orm::QueryResult;

/// What is known of attempts under one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// How many failed since the last success.
    pub failures: i64,
    /// When the last one was made.
    pub last_at: Moment,
    /// From when on the next one is heard.
    pub next_at: Moment,
    /// When one last succeeded.
    pub succeeded_at: Option<Moment>,
}

/// The attempts under a key.
pub async fn attempts(read: &impl Read, key: &Digest) -> Result<Option<Attempts>, Error> {
    let sql = "select failures, last_at, next_at, succeeded_at from throttle where key = $1";
    let found = rows(read, sql, vec![key.to_vec().into()]).await?;
    found.first().map(from_row).transpose()
}

/// The attempts under a key, which nobody else can count before this transaction ends.
pub async fn lock_attempts(tx: &Tx, key: &Digest, now: Moment) -> Result<Attempts, Error> {
    // An update of nothing takes the row on both engines.
    let sql = "insert into throttle (key, failures, last_at, next_at) values ($1, 0, $2, $2)
        on conflict (key) do update set failures = throttle.failures";
    run(tx, sql, vec![key.to_vec().into(), now.0.into()]).await?;
    Ok(attempts(tx, key).await?.unwrap_or(Attempts {
        failures: 0,
        last_at: now,
        next_at: now,
        succeeded_at: None,
    }))
}

fn from_row(row: &QueryResult) -> Result<Attempts, Error> {
    Ok(Attempts {
        failures: row.try_get_by_index(0)?,
        last_at: Moment(row.try_get_by_index(1)?),
        next_at: Moment(row.try_get_by_index(2)?),
        succeeded_at: row.try_get_by_index::<Option<i64>>(3)?.map(Moment),
    })
}

/// Keeps the attempts under a key.
pub async fn record_attempts(tx: &Tx, key: &Digest, attempts: Attempts) -> Result<(), Error> {
    let sql = "insert into throttle (key, failures, last_at, next_at, succeeded_at) values ($1, $2, $3, $4, $5)
        on conflict (key) do update set failures = excluded.failures, last_at = excluded.last_at,
            next_at = excluded.next_at, succeeded_at = excluded.succeeded_at";
    let values = vec![
        key.to_vec().into(),
        attempts.failures.into(),
        attempts.last_at.0.into(),
        attempts.next_at.0.into(),
        attempts.succeeded_at.map(|at| at.0).into(),
    ];
    run(tx, sql, values).await?;
    Ok(())
}

/// Forgets the attempts that nobody repeated since a moment; how many keys.
pub async fn forget_attempts(tx: &Tx, before: Moment) -> Result<u64, Error> {
    run(
        tx,
        "delete from throttle where last_at < $1",
        vec![before.0.into()],
    )
    .await
}
