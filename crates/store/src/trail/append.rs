//! Writing the trail: appending an event, and erasing a payload by the law.

use super::{ERASE, Event, Head, NewEvent, Subject, hash, read};
use crate::{
    Engine, Error,
    tx::{Read, Tx},
};
use domain::time::Moment;
use sea_orm::{ConnectionTrait, Statement, Value};

/// Takes the head of a province until the end of the transaction: whoever else writes there waits.
///
/// SQLite has one writer anyway; on PostgreSQL an act calls this first when what it writes depends on what it reads.
pub async fn lock(tx: &Tx, province: &str) -> Result<Head, Error> {
    run(
        tx,
        "insert into trail_heads (province, number, hash, at) values ($1, 0, $2, $3) on conflict (province) do nothing",
        vec![province.into(), hash::ORIGIN.to_vec().into(), i64::MIN.into()],
    )
    .await?;
    let lock = match tx.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => " for update",
    };
    let sql = format!("{} where province = $1{lock}", read::HEAD);
    let found = read::heads_of(&tx.executor(), &sql, vec![province.into()]).await?;
    found.into_iter().next().ok_or_else(|| Error::NoEvent {
        province: province.to_owned(),
        number: 0,
    })
}

/// Appends an event as the last statement of a transaction and gives it with its number and hashes.
///
/// [`Error::Behind`] when the head is not before `new.at`: take everything back and repeat with a later moment.
pub async fn append(tx: &Tx, province: &str, new: NewEvent) -> Result<Event, Error> {
    let head = lock(tx, province).await?;
    if head.at >= new.at {
        return Err(Error::Behind {
            province: province.to_owned(),
            head: head.at,
        });
    }
    let payload_digest = new
        .payload
        .as_deref()
        .map(|payload| hash::payload_digest(&new.salt, payload));
    let mut event = Event {
        province: province.to_owned(),
        number: head.number + 1,
        at: new.at,
        actor: new.actor,
        on_behalf_of: new.on_behalf_of,
        act: new.act,
        subject: new.subject,
        salt: new.payload.is_some().then_some(new.salt),
        payload: new.payload,
        payload_digest,
        previous_hash: head.hash,
        hash: Vec::new(),
    };
    event.hash = hash::event_hash(&event);
    write(tx, &event).await?;
    run(
        tx,
        "update trail_heads set number = $2, hash = $3, at = $4 where province = $1",
        vec![
            province.into(),
            event.number.into(),
            event.hash.clone().into(),
            event.at.0.into(),
        ],
    )
    .await?;
    Ok(event)
}

/// Erases the payload and salt of an event (a lawful request, PDPA) and appends the event that says so.
///
/// The hashes stay true, because the chain holds the digest and not the payload. `subject` of the new event is the
/// erased one; the rest is the caller's.
pub async fn erase(
    tx: &Tx,
    province: &str,
    number: i64,
    at: Moment,
    actor: String,
    why: String,
    salt: Vec<u8>,
) -> Result<Event, Error> {
    let erased = run(
        tx,
        "update events set payload = null, payload_salt = null where province = $1 and number = $2",
        vec![province.into(), number.into()],
    )
    .await?;
    if erased == 0 {
        return Err(Error::NoEvent {
            province: province.to_owned(),
            number,
        });
    }
    let event = NewEvent {
        at,
        actor,
        on_behalf_of: None,
        act: ERASE.to_owned(),
        subject: Subject {
            kind: "event".to_owned(),
            id: number.to_string(),
        },
        payload: Some(why),
        salt,
    };
    append(tx, province, event).await
}

async fn write(tx: &Tx, event: &Event) -> Result<(), Error> {
    let event = event.clone();
    run(
        tx,
        "insert into events (province, number, at, actor, on_behalf_of, act, subject_kind, subject_id, payload,
            payload_salt, payload_digest, previous_hash, hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        vec![
            event.province.into(),
            event.number.into(),
            event.at.0.into(),
            event.actor.into(),
            event.on_behalf_of.into(),
            event.act.into(),
            event.subject.kind.into(),
            event.subject.id.into(),
            event.payload.into(),
            event.salt.into(),
            event.payload_digest.into(),
            event.previous_hash.into(),
            event.hash.into(),
        ],
    )
    .await?;
    Ok(())
}

async fn run(tx: &Tx, sql: &str, values: Vec<Value>) -> Result<u64, Error> {
    let executor = tx.executor();
    let statement = Statement::from_sql_and_values(executor.get_database_backend(), sql, values);
    Ok(executor.execute_raw(statement).await?.rows_affected())
}
