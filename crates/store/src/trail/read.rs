//! Reading the trail: the heads, and the events after a number.

use super::{Event, Head, Subject};
use crate::{Error, tx::Read};
use domain::time::Moment;
use sea_orm::{ConnectionTrait, DatabaseExecutor, DbErr, QueryResult, Statement, Value};
use std::collections::BTreeSet;

pub(super) const HEAD: &str = "select province, number, hash, at from trail_heads";

const EVENT: &str =
    "select province, number, at, actor, on_behalf_of, act, subject_kind, subject_id, payload,
    payload_salt, payload_digest, previous_hash, hash from events";

/// Which events; empty = all of the province.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this act.
    pub act: Option<String>,
    /// Only this person.
    pub actor: Option<String>,
    /// Only for somebody whose name, or letter, holds this.
    pub on_behalf_of: Option<String>,
    /// Only about this.
    pub subject: Option<Subject>,
    /// Only about things of this kind.
    pub kind: Option<String>,
    /// Only about one of these, of whatever kind; about nothing where the list is empty.
    pub ids: Option<Vec<String>>,
    /// Only at this moment or later.
    pub since: Option<Moment>,
    /// Only before this moment.
    pub until: Option<Moment>,
}

/// Where every province's trail stands, in the order of their codes.
pub async fn heads(read: &impl Read) -> Result<Vec<Head>, Error> {
    heads_seen_by(&read.executor()).await
}

pub(crate) async fn heads_seen_by(executor: &DatabaseExecutor<'_>) -> Result<Vec<Head>, Error> {
    let sql = format!("{HEAD} where number > 0 order by province");
    heads_of(executor, &sql, Vec::new()).await
}

/// At most `limit` events of a province with a number above `after`, in order.
pub async fn events(
    read: &impl Read,
    province: &str,
    after: i64,
    limit: u64,
    filter: &Filter,
) -> Result<Vec<Event>, Error> {
    chosen(read, province, ("number >", after, "number"), limit, filter).await
}

/// At most `limit` events of a province with a number below `before`, the latest first: for people who look back.
pub async fn events_before(
    read: &impl Read,
    province: &str,
    before: i64,
    limit: u64,
    filter: &Filter,
) -> Result<Vec<Event>, Error> {
    let end = ("number <", before, "number desc");
    chosen(read, province, end, limit, filter).await
}

async fn chosen(
    read: &impl Read,
    province: &str,
    (end, number, order): (&str, i64, &str),
    limit: u64,
    filter: &Filter,
) -> Result<Vec<Event>, Error> {
    let mut values: Vec<Value> = vec![province.into(), number.into()];
    let mut sql = format!("{EVENT} where province = $1 and {end} $2");
    let mut only = |condition: &str, value: Option<Value>| {
        if let Some(value) = value {
            values.push(value);
            sql += &format!(" and {condition} ${}", values.len());
        }
    };
    only("act =", filter.act.clone().map(Value::from));
    only("actor =", filter.actor.clone().map(Value::from));
    let subject = filter.subject.clone();
    only("subject_kind =", subject.clone().map(|it| it.kind.into()));
    only("subject_id =", subject.map(|it| it.id.into()));
    only("subject_kind =", filter.kind.clone().map(Value::from));
    only("at >=", filter.since.map(|at| at.0.into()));
    only("at <", filter.until.map(|at| at.0.into()));
    if let Some(text) = &filter.on_behalf_of {
        values.push(format!("%{}%", literally(text)).into());
        sql += &format!(" and on_behalf_of like ${} escape '!'", values.len());
    }
    if let Some(ids) = &filter.ids {
        let first = values.len() + 1;
        values.extend(ids.iter().map(|id| Value::from(id.as_str())));
        let places: Vec<String> = (first..=values.len()).map(|n| format!("${n}")).collect();
        sql += &match places.is_empty() {
            true => " and 1 = 0".to_owned(),
            false => format!(" and subject_id in ({})", places.join(", ")),
        };
    }
    values.push(i64::try_from(limit).unwrap_or(i64::MAX).into());
    sql += &format!(" order by {order} limit ${}", values.len());
    let mut events = Vec::new();
    for row in query(&read.executor(), &sql, values).await? {
        events.push(event(&row)?);
    }
    Ok(events)
}

/// A text of which no character means anything else in a pattern.
fn literally(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            out.push('!');
        }
        out.push(c);
    }
    out
}

/// Every province that has events or a head.
pub(super) async fn provinces(read: &impl Read) -> Result<BTreeSet<String>, Error> {
    let sql = "select province from events union select province from trail_heads where number > 0";
    let mut provinces = BTreeSet::new();
    for row in query(&read.executor(), sql, Vec::new()).await? {
        provinces.insert(row.try_get_by_index(0)?);
    }
    Ok(provinces)
}

pub(super) async fn heads_of(
    executor: &DatabaseExecutor<'_>,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<Head>, Error> {
    let mut heads = Vec::new();
    for row in query(executor, sql, values).await? {
        heads.push(Head {
            province: row.try_get_by_index(0)?,
            number: row.try_get_by_index(1)?,
            hash: row.try_get_by_index(2)?,
            at: Moment(row.try_get_by_index(3)?),
        });
    }
    Ok(heads)
}

async fn query(
    executor: &DatabaseExecutor<'_>,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<QueryResult>, Error> {
    let statement = Statement::from_sql_and_values(executor.get_database_backend(), sql, values);
    Ok(executor.query_all_raw(statement).await?)
}

fn event(row: &QueryResult) -> Result<Event, DbErr> {
    Ok(Event {
        province: row.try_get_by_index(0)?,
        number: row.try_get_by_index(1)?,
        at: Moment(row.try_get_by_index(2)?),
        actor: row.try_get_by_index(3)?,
        on_behalf_of: row.try_get_by_index(4)?,
        act: row.try_get_by_index(5)?,
        subject: Subject {
            kind: row.try_get_by_index(6)?,
            id: row.try_get_by_index(7)?,
        },
        payload: row.try_get_by_index(8)?,
        salt: row.try_get_by_index(9)?,
        payload_digest: row.try_get_by_index(10)?,
        previous_hash: row.try_get_by_index(11)?,
        hash: row.try_get_by_index(12)?,
    })
}
