//! Substring search on folded words, because words inside Thai compounds must be found. May know the engine.
//!
//! SQLite keeps trigrams in an FTS5 table beside each searched table, filled by triggers; PostgreSQL in a `pg_trgm`
//! index, where the extension can be had. Fewer than three letters have no trigram and are found by LIKE alone; so is
//! everything on a PostgreSQL without the extension: slower, never wrong.

use crate::{
    Engine, Error, Store,
    row::{Kept, Row, get_many},
    tx::Read,
};
use domain::{
    organisation::{Organisation, OrganisationText},
    plan::{Node, NodeText},
    project::{Project, ProjectText},
    text::search_key,
};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Value};
use uuid::Uuid;

/// A searched table.
struct Searched {
    table: &'static str,
    /// The column that orders what was found.
    order: &'static str,
    /// What is of a province (`{p}`) or of no single one.
    of_province: &'static str,
}

const ORGANISATIONS: Searched = Searched {
    table: "organisations",
    order: "sort_key",
    of_province: "(province is null or province = {p})",
};
const NODES: Searched = Searched {
    table: "nodes",
    order: "sort_key",
    of_province: "edition in (select e.id from editions e
        join plans pl on pl.id = e.plan and pl.ended_at is null
        where e.ended_at is null and (pl.province is null or pl.province = {p}))",
};
const PROJECTS: Searched = Searched {
    table: "projects",
    order: "code",
    of_province: "exists (select 1 from listings l
        join nodes n on n.id = l.node and n.ended_at is null
        join editions e on e.id = n.edition and e.ended_at is null
        join plans pl on pl.id = e.plan and pl.ended_at is null
        where l.project = projects.id and l.ended_at is null and (pl.province is null or pl.province = {p}))",
};
const SEARCHED: [Searched; 3] = [ORGANISATIONS, NODES, PROJECTS];

/// What is looked for, and where.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Words parted by spaces: all of them must be there.
    pub words: &'a str,
    /// Only what is of this province or of no single one; `None` = everything.
    pub province: Option<&'a str>,
    /// How many are found at most.
    pub limit: u64,
}

/// What SQLite needs to search: part of the first migration.
pub(crate) async fn create(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(());
    }
    for Searched { table, .. } in SEARCHED {
        // `detail=none` keeps which rows hold a trigram and not where: a third of the size; LIKE settles the rest.
        let sql = format!(
            "create virtual table {table}_trigrams using fts5(
                search_key, content='{table}', content_rowid='seq', detail=none, columnsize=0,
                tokenize='trigram case_sensitive 1');
            create trigger {table}_stands after insert on {table} when new.ended_at is null begin
                insert into {table}_trigrams (rowid, search_key) values (new.seq, new.search_key);
            end;
            create trigger {table}_ends after update of ended_at on {table}
                when old.ended_at is null and new.ended_at is not null begin
                insert into {table}_trigrams ({table}_trigrams, rowid, search_key)
                    values ('delete', old.seq, old.search_key);
            end;"
        );
        db.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Offers PostgreSQL its trigram indexes after every migration: the extension may have been installed since. Without
/// it, or without the right to create it, search works by LIKE and [`Store::doctor`] says so.
pub(crate) async fn offer(store: &Store) -> Result<(), Error> {
    if store.engine == Engine::Sqlite || has_trigrams(store).await? {
        return Ok(());
    }
    if store
        .writer
        .execute_unprepared("create extension if not exists pg_trgm")
        .await
        .is_err()
    {
        return Ok(());
    }
    for Searched { table, .. } in SEARCHED {
        let sql = format!(
            "create index if not exists {table}_trigrams on {table} using gin (search_key gin_trgm_ops)
                where ended_at is null"
        );
        store.writer.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Whether trigrams of Thai can be had on this database.
pub(crate) async fn has_trigrams(store: &Store) -> Result<bool, Error> {
    let sql = match store.engine {
        Engine::Sqlite => "select name from sqlite_schema where name = 'projects_trigrams'",
        Engine::Postgres => {
            "select indexname::text from pg_indexes where indexname = 'projects_trigrams'"
        }
    };
    Ok(!store.query(sql).await?.is_empty())
}

/// Organisations whose code or a name holds the words, in Thai order.
pub async fn organisations(
    read: &impl Read,
    wanted: Wanted<'_>,
) -> Result<Vec<Kept<(Organisation, OrganisationText)>>, Error> {
    found(read, ORGANISATIONS, wanted).await
}

/// Nodes of any edition whose code or a name holds the words, in Thai order.
pub async fn nodes(
    read: &impl Read,
    wanted: Wanted<'_>,
) -> Result<Vec<Kept<(Node, NodeText)>>, Error> {
    found(read, NODES, wanted).await
}

/// Projects whose code or title holds the words, by code.
pub async fn projects(
    read: &impl Read,
    wanted: Wanted<'_>,
) -> Result<Vec<Kept<(Project, ProjectText)>>, Error> {
    found(read, PROJECTS, wanted).await
}

/// The standing rows of a table that hold every one of the words (parted by spaces); none for no words.
async fn found<R: Row<Id: From<Uuid>>>(
    read: &impl Read,
    searched: Searched,
    wanted: Wanted<'_>,
) -> Result<Vec<Kept<R>>, Error> {
    let Searched { table, order, .. } = searched;
    let keys: Vec<String> = wanted
        .words
        .split_whitespace()
        .map(search_key)
        .filter(|key| !key.is_empty())
        .collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = Vec::new();
    let mut conditions = vec!["ended_at is null".to_owned()];
    for key in &keys {
        values.push(like_pattern(key).into());
        conditions.push(format!("search_key like ${} escape '\\'", values.len()));
    }
    let trigrams = match read.engine() {
        Engine::Sqlite => match_expression(&keys),
        Engine::Postgres => None,
    };
    if let Some(expression) = trigrams {
        values.push(expression.into());
        conditions.push(format!(
            "seq in (select rowid from {table}_trigrams where {table}_trigrams match ${})",
            values.len()
        ));
    }
    if let Some(province) = wanted.province {
        values.push(province.into());
        let place = format!("${}", values.len());
        conditions.push(searched.of_province.replace("{p}", &place));
    }
    values.push(i64::try_from(wanted.limit).unwrap_or(i64::MAX).into());
    let sql = format!(
        "select id from {table} where {} order by {order}, seq limit ${}",
        conditions.join(" and "),
        values.len()
    );
    let executor = read.executor();
    let statement = Statement::from_sql_and_values(executor.get_database_backend(), sql, values);
    let mut ids = Vec::new();
    for row in executor.query_all_raw(statement).await? {
        ids.push(row.try_get_by_index::<Uuid>(0)?);
    }
    let found: Vec<R::Id> = ids.iter().map(|id| R::Id::from(*id)).collect();
    let mut rows = get_many::<R>(read, &found).await?;
    rows.sort_by_key(|kept| ids.iter().position(|id| *id == kept.row.id().into()));
    Ok(rows)
}

/// `%…%` with the letters that LIKE reads as wildcards escaped.
fn like_pattern(key: &str) -> String {
    let mut pattern = String::with_capacity(key.len() + 2);
    pattern.push('%');
    for letter in key.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// All trigrams of all keys, to be held together; `None` when every key is shorter than three letters.
fn match_expression(keys: &[String]) -> Option<String> {
    let mut trigrams: Vec<String> = Vec::new();
    for key in keys {
        let letters: Vec<char> = key.chars().collect();
        for three in letters.windows(3) {
            let quoted = three.iter().collect::<String>().replace('"', "\"\"");
            let quoted = format!("\"{quoted}\"");
            if !trigrams.contains(&quoted) {
                trigrams.push(quoted);
            }
        }
    }
    (!trigrams.is_empty()).then(|| trigrams.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_is_a_letter_like_any_other() {
        assert_eq!(like_pattern("100%"), "%100\\%%");
    }

    #[test]
    fn two_letters_have_no_trigram() {
        assert_eq!(
            match_expression(&["ครู".to_owned()]),
            Some("\"ครู\"".to_owned())
        );
        assert_eq!(match_expression(&["กศ".to_owned()]), None);
    }
}
