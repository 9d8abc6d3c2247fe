//! Sessions: who is signed in, where, until when.

use super::{Digest, rows, run};
use crate::{
    Error,
    tx::{Read, Tx},
};
use domain::{
    ids::{PersonId, SessionId},
    people::Person,
    time::Moment,
};
use sea_orm::QueryResult;
use uuid::Uuid;

/// A session as kept: without its token, of which only the digest is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id: may be shown, opens nothing.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// Since when.
    pub created_at: Moment,
    /// When it was last used, to the minute.
    pub seen_at: Moment,
    /// How long it may rest, in microseconds.
    pub idle_for: i64,
    /// When it ends unless it is used before.
    pub idle_until: Moment,
    /// When it ends in any case.
    pub ends_at: Moment,
    /// From which network address it was opened.
    pub address: Option<String>,
    /// With which browser and system, shortened.
    pub agent: Option<String>,
    /// Whether the second factor was given.
    pub second_factor: bool,
    /// When it was ended by hand.
    pub revoked_at: Option<Moment>,
}

impl Session {
    /// Whether it still opens the door at a moment.
    pub fn stands(&self, now: Moment) -> bool {
        self.revoked_at.is_none() && now < self.idle_until && now < self.ends_at
    }
}

/// A standing session with its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The session.
    pub session: Session,
    /// The person as they stand now.
    pub person: Person,
    /// Whether they have a second factor.
    pub enrolled: bool,
}

const COLUMNS: &str =
    "s.id, s.person, s.created_at, s.seen_at, s.idle_for, s.idle_until, s.ends_at, s.address,
    s.agent, s.second_factor, s.revoked_at";

/// The session of a token at a moment, with its person; `None` when there is none, when it has ended in any way, or
/// when the person has left. One query, answered by an index.
pub async fn session(
    read: &impl Read,
    token: &Digest,
    now: Moment,
) -> Result<Option<Signed>, Error> {
    let sql = format!(
        "select {COLUMNS}, p.account, p.name, p.position, p.left_on, c.totp_secret is not null
            from sessions s
            join people p on p.id = s.person and p.ended_at is null
            join credentials c on c.person = s.person
            where s.token = $1"
    );
    let found = rows(read, &sql, vec![token.to_vec().into()]).await?;
    let Some(row) = found.first() else {
        return Ok(None);
    };
    let session = from_row(row)?;
    let left: Option<String> = row.try_get_by_index(14)?;
    let person = Person {
        id: session.person,
        account: row.try_get_by_index(11)?,
        name: row.try_get_by_index(12)?,
        position: row.try_get_by_index(13)?,
        left: crate::entities::day_opt(&left)?,
    };
    let gone = person.left.is_some_and(|left| left <= now.thai_day());
    if gone || !session.stands(now) {
        return Ok(None);
    }
    Ok(Some(Signed {
        session,
        person,
        enrolled: row.try_get_by_index(15)?,
    }))
}

fn from_row(row: &QueryResult) -> Result<Session, Error> {
    Ok(Session {
        id: row.try_get_by_index::<Uuid>(0)?.into(),
        person: row.try_get_by_index::<Uuid>(1)?.into(),
        created_at: Moment(row.try_get_by_index(2)?),
        seen_at: Moment(row.try_get_by_index(3)?),
        idle_for: row.try_get_by_index(4)?,
        idle_until: Moment(row.try_get_by_index(5)?),
        ends_at: Moment(row.try_get_by_index(6)?),
        address: row.try_get_by_index(7)?,
        agent: row.try_get_by_index(8)?,
        second_factor: row.try_get_by_index(9)?,
        revoked_at: row.try_get_by_index::<Option<i64>>(10)?.map(Moment),
    })
}

/// The sessions of a person that stand at a moment, the one used last first.
pub async fn sessions_of(
    read: &impl Read,
    person: PersonId,
    now: Moment,
) -> Result<Vec<Session>, Error> {
    let sql = format!(
        "select {COLUMNS} from sessions s where s.person = $1 and s.revoked_at is null and s.idle_until > $2
            and s.ends_at > $2 order by s.seen_at desc, s.id"
    );
    rows(read, &sql, vec![person.0.into(), now.0.into()])
        .await?
        .iter()
        .map(from_row)
        .collect()
}

/// Whose session a token once opened, ended or not, unless it was revoked: a sign of a device known to the person.
pub async fn known_session(read: &impl Read, token: &Digest) -> Result<Option<PersonId>, Error> {
    let sql = "select person from sessions where token = $1 and revoked_at is null";
    let found = rows(read, sql, vec![token.to_vec().into()]).await?;
    match found.first() {
        Some(row) => Ok(Some(row.try_get_by_index::<Uuid>(0)?.into())),
        None => Ok(None),
    }
}

/// Opens a session under the digest of its token.
pub async fn open_session(tx: &Tx, session: &Session, token: &Digest) -> Result<(), Error> {
    let sql = "insert into sessions (id, token, person, created_at, seen_at, idle_for, idle_until, ends_at, address,
        agent, second_factor) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = vec![
        session.id.0.into(),
        token.to_vec().into(),
        session.person.0.into(),
        session.created_at.0.into(),
        session.seen_at.0.into(),
        session.idle_for.into(),
        session.idle_until.0.into(),
        session.ends_at.0.into(),
        session.address.clone().into(),
        session.agent.clone().into(),
        session.second_factor.into(),
    ];
    run(tx, sql, values).await?;
    Ok(())
}

/// Notes that a session was used: it may rest anew from then on.
pub async fn touch_session(tx: &Tx, session: &Session, now: Moment) -> Result<(), Error> {
    let sql = "update sessions set seen_at = $2, idle_until = $3
        where id = $1 and revoked_at is null and seen_at < $2";
    let until = now.0.saturating_add(session.idle_for);
    let values = vec![session.id.0.into(), now.0.into(), until.into()];
    run(tx, sql, values).await?;
    Ok(())
}

/// Notes that the second factor was given, and puts a new token in the place of the old one: whoever saw the token
/// before the second factor has nothing in hand. The session may last `until` at most.
pub async fn pass_second_factor(tx: &Tx, session: &Session, token: &Digest) -> Result<bool, Error> {
    let sql = "update sessions set token = $2, second_factor = $3, seen_at = $4, idle_for = $5, idle_until = $6,
        ends_at = $7 where id = $1 and revoked_at is null";
    let values = vec![
        session.id.0.into(),
        token.to_vec().into(),
        session.second_factor.into(),
        session.seen_at.0.into(),
        session.idle_for.into(),
        session.idle_until.0.into(),
        session.ends_at.0.into(),
    ];
    Ok(run(tx, sql, values).await? == 1)
}

/// Ends a session of a person; false when it had ended by hand before, or is not theirs.
pub async fn revoke_session(
    tx: &Tx,
    person: PersonId,
    session: SessionId,
    at: Moment,
) -> Result<bool, Error> {
    let sql =
        "update sessions set revoked_at = $3 where id = $1 and person = $2 and revoked_at is null";
    let values = vec![session.0.into(), person.0.into(), at.0.into()];
    Ok(run(tx, sql, values).await? == 1)
}

/// Ends every session of a person but one; how many stood.
pub async fn revoke_sessions(
    tx: &Tx,
    person: PersonId,
    but: Option<SessionId>,
    at: Moment,
) -> Result<u64, Error> {
    let sql =
        "update sessions set revoked_at = $2 where person = $1 and revoked_at is null and id <> $3";
    let but = but.map_or(Uuid::nil(), |id| id.0);
    run(tx, sql, vec![person.0.into(), at.0.into(), but.into()]).await
}

/// Forgets the sessions that ended before a moment; how many.
pub async fn forget_sessions(tx: &Tx, before: Moment) -> Result<u64, Error> {
    run(
        tx,
        "delete from sessions where ends_at < $1",
        vec![before.0.into()],
    )
    .await
}
