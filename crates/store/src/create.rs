//! Making and removing PostgreSQL databases, in the one collation in which order and search are right.

use crate::{Error, connect::without_password};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, SqlxPostgresConnector, Statement,
    sqlx::{
        ConnectOptions as _,
        postgres::{PgConnectOptions, PgPoolOptions},
    },
};
use std::str::FromStr;

/// Since which version PostgreSQL brings C.UTF-8 itself and does not ask the operating system for it.
const BUILTIN_LOCALE_SINCE: i32 = 170_000;

/// Creates the database that `place` (`postgres://…/name`) names, in UTF-8 and C.UTF-8.
///
/// In C.UTF-8 order equals SQLite's and trigrams of Thai exist; in plain C they are silently empty.
pub async fn create_database(place: &str) -> Result<(), Error> {
    let (server, name) = server_of(place).await?;
    let version = "select current_setting('server_version_num')::int";
    let statement = Statement::from_string(server.get_database_backend(), version);
    let version: i32 = match server.query_one_raw(statement).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => 0,
    };
    let locale = if version >= BUILTIN_LOCALE_SINCE {
        "locale_provider builtin builtin_locale 'C.UTF-8'"
    } else {
        "lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'"
    };
    let name = quoted(&name);
    server
        .execute_unprepared(&format!(
            "create database {name} template template0 encoding 'UTF8' {locale}"
        ))
        .await?;
    server.close().await?;
    Ok(())
}

/// Removes the database that `place` names, with everything in it; whoever is connected is sent away.
pub async fn drop_database(place: &str) -> Result<(), Error> {
    let (server, name) = server_of(place).await?;
    server
        .execute_unprepared(&format!("drop database {} with (force)", quoted(&name)))
        .await?;
    server.close().await?;
    Ok(())
}

/// A connection to the server's own database, and the name of the database that is meant.
async fn server_of(place: &str) -> Result<(DatabaseConnection, String), Error> {
    let shown = without_password(place);
    let address = |reason: String| Error::Address {
        place: shown.clone(),
        reason,
    };
    let options = PgConnectOptions::from_str(place)
        .map_err(|error| address(error.to_string()))?
        .disable_statement_logging();
    let name = options
        .get_database()
        .ok_or_else(|| address("it names no database".to_owned()))?
        .to_owned();
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(options.database("postgres"))
        .await
        .map_err(|error| Error::Unreachable {
            place: shown.clone(),
            reason: error.to_string(),
        })?;
    Ok((SqlxPostgresConnector::from_sqlx_postgres_pool(pool), name))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
