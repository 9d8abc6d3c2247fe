//! Versioned rows: recording a new version ends the standing one; nothing else is ever changed.

use crate::{
    Engine, Error,
    tx::{Read, Tx},
};
use domain::{provenance::Provenance, time::Moment};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityName, EntityTrait, IdenStatic, Iterable,
    ModelTrait, QueryFilter, QueryOrder, Statement, Value, sea_query::Expr,
};
use std::{collections::HashMap, fmt::Write};
use uuid::Uuid;

/// When and whence a version of a row was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The id of this version; the row itself keeps its own id through all versions.
    pub version: Uuid,
    /// Since when it stands.
    pub recorded_at: Moment,
    /// Until when it stood; `None` = it still stands.
    pub ended_at: Option<Moment>,
    /// Source and certainty, where they are known.
    pub provenance: Option<Provenance>,
}

/// A row with its stamp, as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept<R> {
    /// The row.
    pub row: R,
    /// Its stamp.
    pub stamp: Stamp,
}

/// A row to be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct New<R> {
    /// A fresh id for this version, made by the caller.
    pub version: Uuid,
    /// Source and certainty, where they are known.
    pub provenance: Option<Provenance>,
    /// The row.
    pub row: R,
}

/// A thing of `domain` that is kept in a versioned table: facts alone, or facts beside their words as a pair.
pub trait Row: Sized + Send + Sync {
    /// The typed id that the row keeps through all its versions.
    type Id: Copy + Into<Uuid> + Send + Sync;
    #[doc(hidden)]
    type Entity: Versioned;
    /// The row's id.
    fn id(&self) -> Self::Id;
    #[doc(hidden)]
    fn into_model(self, stamp: Stamp) -> <Self::Entity as EntityTrait>::Model;
    #[doc(hidden)]
    fn from_model(model: <Self::Entity as EntityTrait>::Model) -> Result<Self, Error>;
}

/// A row that belongs to another one: an edition to its plan, a link to its project and to its node, an alignment or
/// a crosswalk row to its lower node.
pub trait Of<P>: Row {
    #[doc(hidden)]
    const PARENT: <Self::Entity as EntityTrait>::Column;
}

/// The columns that every versioned table has.
#[doc(hidden)]
pub trait Versioned: EntityTrait<Model: ModelTrait<Entity = Self> + Send> {
    /// The row's id.
    const ID: Self::Column;
    /// Since when a version stands.
    const RECORDED_AT: Self::Column;
    /// Until when it stood.
    const ENDED_AT: Self::Column;
    /// The stamp of a stored version.
    fn stamp(model: &Self::Model) -> Result<Stamp, Error>;
}

/// Values that one statement may carry: SQLite takes 32,766, PostgreSQL 65,535.
const MAX_VALUES: usize = 32_000;
/// Rows that one statement writes; more gains nothing.
const MAX_ROWS: usize = 500;

/// Records rows as of `at`: a standing version with the same id is ended at the same moment.
///
/// Gives how many were recorded. Ids must be unique within one call. [`Error::Conflict`] when another standing row
/// has the same natural key (code and province of an organisation; plan code; plan and label of an edition; edition and node code; project and node of a listing or link; lower and
/// upper node of an alignment; project and period of a people report; organisation, item and period of a duty; rule and thing of a
/// waiver; project, framework and code of a mention).
pub async fn record<R: Row>(
    tx: &Tx,
    at: Moment,
    rows: impl IntoIterator<Item = New<R>>,
) -> Result<u64, Error> {
    let columns: Vec<_> = Columns::<R>::iter().collect();
    let chunk = (MAX_VALUES / columns.len()).min(MAX_ROWS);
    let mut full = String::new();
    let mut rows = rows.into_iter();
    let mut recorded = 0;
    loop {
        let mut ids = Vec::with_capacity(chunk);
        let mut values = Vec::with_capacity(chunk * columns.len());
        for new in rows.by_ref().take(chunk) {
            let stamp = Stamp {
                version: new.version,
                recorded_at: at,
                ended_at: None,
                provenance: new.provenance,
            };
            let model = new.row.into_model(stamp);
            ids.push(model.get(R::Entity::ID));
            values.extend(columns.iter().map(|column| model.get(*column)));
        }
        if ids.is_empty() {
            return Ok(recorded);
        }
        let count = ids.len();
        end_values::<R>(tx, at, ids).await?;
        let sql = if count == chunk {
            if full.is_empty() {
                full = insert_sql::<R>(tx.engine(), &columns, chunk);
            }
            full.clone()
        } else {
            insert_sql::<R>(tx.engine(), &columns, count)
        };
        let statement =
            Statement::from_sql_and_values(tx.inner().get_database_backend(), sql, values);
        tx.inner().execute_raw(statement).await?;
        recorded += count as u64;
    }
}

/// Ends the standing versions of rows as of `at`; gives how many stood.
pub async fn end<R: Row>(tx: &Tx, at: Moment, ids: &[R::Id]) -> Result<u64, Error> {
    let mut ended = 0;
    for ids in ids.chunks(MAX_ROWS) {
        let ids = ids.iter().map(|id| Value::from((*id).into())).collect();
        ended += end_values::<R>(tx, at, ids).await?;
    }
    Ok(ended)
}

/// The standing version of a row.
pub async fn get<R: Row>(read: &impl Read, id: R::Id) -> Result<Option<Kept<R>>, Error> {
    let found = R::Entity::find()
        .filter(R::Entity::ID.eq(id.into()))
        .filter(R::Entity::ENDED_AT.is_null())
        .one(&read.executor())
        .await?;
    found.map(kept).transpose()
}

/// The standing versions of rows, in any order; ids that do not stand are left out.
pub async fn get_many<R: Row>(read: &impl Read, ids: &[R::Id]) -> Result<Vec<Kept<R>>, Error> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(MAX_ROWS) {
        let models = R::Entity::find()
            .filter(R::Entity::ID.is_in(ids.iter().map(|id| (*id).into())))
            .filter(R::Entity::ENDED_AT.is_null())
            .all(&read.executor())
            .await?;
        for model in models {
            found.push(kept(model)?);
        }
    }
    Ok(found)
}

/// The standing rows that belong to others, such as `of::<Listing, ProjectId>(read, &projects)`; per five hundred
/// parents in the order of recording.
pub async fn of<R: Of<P>, P: Copy + Into<Uuid> + Sync>(
    read: &impl Read,
    parents: &[P],
) -> Result<Vec<Kept<R>>, Error> {
    let mut found = Vec::new();
    for parents in parents.chunks(MAX_ROWS) {
        let ids = parents.iter().map(|id| (*id).into());
        let condition = Condition::all().add(R::PARENT.is_in(ids));
        found.extend(standing::<R>(read, condition).await?);
    }
    Ok(found)
}

/// Every standing row of a kind, in the order of recording: for the small kinds.
pub async fn all<R: Row>(read: &impl Read) -> Result<Vec<Kept<R>>, Error> {
    standing::<R>(read, Condition::all()).await
}

/// Every version of a row, the oldest first; the last one stands unless it was ended.
pub async fn history<R: Row>(read: &impl Read, id: R::Id) -> Result<Vec<Kept<R>>, Error> {
    let mut versions = Vec::new();
    // Two queries, because each is answered by its own index.
    for standing in [
        R::Entity::ENDED_AT.is_not_null(),
        R::Entity::ENDED_AT.is_null(),
    ] {
        let models = R::Entity::find()
            .filter(R::Entity::ID.eq(id.into()))
            .filter(standing)
            .order_by_asc(R::Entity::RECORDED_AT)
            .order_by_asc(R::Entity::ENDED_AT)
            .all(&read.executor())
            .await?;
        for model in models {
            versions.push(kept(model)?);
        }
    }
    Ok(versions)
}

/// Every version of several rows, row by row in the order in which they were first recorded, each the oldest first.
pub async fn histories<R: Row>(
    read: &impl Read,
    ids: &[R::Id],
) -> Result<Vec<Vec<Kept<R>>>, Error> {
    let mut rows: Vec<Vec<Kept<R>>> = Vec::new();
    for ids in ids.chunks(MAX_ROWS) {
        let mut at: HashMap<Uuid, usize> = HashMap::new();
        let ids = ids.iter().map(|id| (*id).into());
        let condition = Condition::all().add(R::Entity::ID.is_in(ids));
        for version in versions::<R>(read, condition).await? {
            let row = *at.entry(version.row.id().into()).or_insert(rows.len());
            match rows.get_mut(row) {
                Some(row) => row.push(version),
                None => rows.push(vec![version]),
            }
        }
    }
    Ok(rows)
}

/// The versions that meet a condition, standing or ended, in the order of recording.
pub(crate) async fn versions<R: Row>(
    read: &impl Read,
    condition: Condition,
) -> Result<Vec<Kept<R>>, Error> {
    R::Entity::find()
        .filter(condition)
        .order_by_asc(Expr::col("seq"))
        .all(&read.executor())
        .await?
        .into_iter()
        .map(kept)
        .collect()
}

/// The standing rows that meet a condition, in the order of recording.
pub(crate) async fn standing<R: Row>(
    read: &impl Read,
    condition: Condition,
) -> Result<Vec<Kept<R>>, Error> {
    R::Entity::find()
        .filter(condition)
        .filter(R::Entity::ENDED_AT.is_null())
        .order_by_asc(Expr::col("seq"))
        .all(&read.executor())
        .await?
        .into_iter()
        .map(kept)
        .collect()
}

type Columns<R> = <<R as Row>::Entity as EntityTrait>::Column;

fn kept<R: Row>(model: <R::Entity as EntityTrait>::Model) -> Result<Kept<R>, Error> {
    let stamp = R::Entity::stamp(&model)?;
    Ok(Kept {
        row: R::from_model(model)?,
        stamp,
    })
}

/// The only update of a versioned table that there is.
async fn end_values<R: Row>(tx: &Tx, at: Moment, ids: Vec<Value>) -> Result<u64, Error> {
    let result = R::Entity::update_many()
        .col_expr(R::Entity::ENDED_AT, Expr::value(at.0))
        .filter(R::Entity::ID.is_in(ids))
        .filter(R::Entity::ENDED_AT.is_null())
        .exec(tx.inner())
        .await?;
    Ok(result.rows_affected)
}

/// `insert into t (a, b) values ($1, $2), ($3, $4) …`; on SQLite with bare `?`, because it looks a numbered place up
/// by walking through all of them, and ten thousand of them take half a second.
fn insert_sql<R: Row>(engine: Engine, columns: &[Columns<R>], rows: usize) -> String {
    let names: Vec<&str> = columns.iter().map(|column| column.as_str()).collect();
    let mut sql = format!(
        "insert into {} ({}) values ",
        R::Entity::default().table_name(),
        names.join(", ")
    );
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=columns.len() {
            sql.push_str(if column == 1 { "" } else { ", " });
            match engine {
                Engine::Sqlite => sql.push('?'),
                Engine::Postgres => {
                    let _ = write!(sql, "${}", row * columns.len() + column);
                }
            }
        }
        sql.push(')');
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::project::Listing;

    #[test]
    fn writing_500_rows_took_half_a_second_because_sqlite_walked_through_numbered_places() {
        let columns: Vec<_> = Columns::<Listing>::iter().collect();
        let sql = insert_sql::<Listing>(Engine::Sqlite, &columns, 500);
        assert!(!sql.contains('$'));
        assert_eq!(sql.matches('?').count(), 500 * columns.len());
        let sql = insert_sql::<Listing>(Engine::Postgres, &columns, 2);
        assert!(sql.ends_with(&format!("${})", 2 * columns.len())), "{sql}");
    }
}
