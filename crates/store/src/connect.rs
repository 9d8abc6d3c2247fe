//! Opening a database: which engine, with which settings, and whether it is ours.

use crate::{Error, tx::Tx};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, SqliteTransactionMode, SqlxPostgresConnector,
    SqlxSqliteConnector, TransactionOptions, TransactionTrait,
    sqlx::{
        self, ConnectOptions as _, Connection as _, Row as _,
        postgres::{PgConnectOptions, PgPoolOptions},
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    },
};
use std::{path::Path, str::FromStr, time::Duration};

/// How long a writer waits for another process before it gives up with [`Error::Busy`].
pub const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Marks our SQLite files in their header ("Sait"), so that another program's file is never touched.
pub(crate) const APPLICATION_ID: i32 = 0x5361_6974;

/// The two engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// One file beside the program: the default.
    Sqlite,
    /// A server, for institutions that need several processes.
    Postgres,
}

impl Engine {
    /// `sqlite` or `postgres`.
    pub const fn code(self) -> &'static str {
        match self {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }
}

/// How to open.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether a new SQLite file may be created. A PostgreSQL database always exists before.
    pub create: bool,
    /// How many connections may read at the same time (on PostgreSQL: read and write).
    pub connections: u32,
    /// Whether what is acknowledged survives a sudden end of the computer. Only for a database that is filled at one go,
    /// and thrown away when that fails, it need not.
    pub durable: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            create: false,
            connections: 8,
            durable: true,
        }
    }
}

/// An open database. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) engine: Engine,
    /// SQLite: connections that refuse to write. PostgreSQL: the pool.
    pub(crate) readers: DatabaseConnection,
    /// SQLite: the one connection that writes. PostgreSQL: the same pool.
    pub(crate) writer: DatabaseConnection,
    place: String,
}

impl Store {
    /// Opens `place`: `postgres://…`, or the path of a SQLite file (also as `sqlite:<path>`).
    ///
    /// Does not migrate: see [`Store::migrate`]. A file that is not ours is left untouched and refused.
    pub async fn open(place: &str, options: Options) -> Result<Self, Error> {
        if place.starts_with("postgres://") || place.starts_with("postgresql://") {
            return Self::open_postgres(place, options).await;
        }
        let path = place
            .strip_prefix("sqlite://")
            .or_else(|| place.strip_prefix("sqlite:"))
            .unwrap_or(place);
        if path.contains("://") || path.is_empty() {
            return Err(Error::Address {
                place: without_password(place),
                reason: "use postgres://… or the path of a file".to_owned(),
            });
        }
        Self::open_sqlite(path, options).await
    }

    /// Which engine.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The path or address that was opened, without password.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Begins a transaction that may write; dropping it takes everything back.
    ///
    /// On SQLite it holds the one write lock from its first moment (`BEGIN IMMEDIATE`), so reading before writing
    /// never fails half-way. On PostgreSQL call [`crate::trail::lock`] first when what is written depends on what was
    /// read: then the acts of one province follow each other there, too.
    pub async fn begin(&self) -> Result<Tx, Error> {
        let options = TransactionOptions {
            sqlite_transaction_mode: (self.engine == Engine::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let inner = self.writer.begin_with_options(options).await?;
        Ok(Tx::new(inner, self.engine))
    }

    /// Closes every connection; SQLite then folds its write-ahead log into the file.
    pub async fn close(self) -> Result<(), Error> {
        self.readers.close_by_ref().await?;
        self.writer.close_by_ref().await?;
        Ok(())
    }

    async fn open_postgres(place: &str, options: Options) -> Result<Self, Error> {
        let shown = without_password(place);
        let connect = PgConnectOptions::from_str(place)
            .map_err(|error| Error::Address {
                place: shown.clone(),
                reason: error.to_string(),
            })?
            .application_name("saithong")
            .disable_statement_logging();
        let connect = match options.durable {
            true => connect,
            false => connect.options([("synchronous_commit", "off")]),
        };
        let unreachable = |error: sqlx::Error| Error::Unreachable {
            place: shown.clone(),
            reason: error.to_string(),
        };
        // The pool would knock for half a minute at a door that is shut: one connection asks first.
        let first = connect.connect().await.map_err(unreachable)?;
        first.close().await.map_err(unreachable)?;
        let pool = PgPoolOptions::new()
            .max_connections(options.connections.max(2))
            .acquire_timeout(BUSY_TIMEOUT * 3)
            .connect_with(connect)
            .await
            .map_err(unreachable)?;
        let pool = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        Ok(Self {
            engine: Engine::Postgres,
            readers: pool.clone(),
            writer: pool,
            place: shown,
        })
    }

    async fn open_sqlite(path: &str, options: Options) -> Result<Self, Error> {
        let new = match Path::new(path).exists() {
            true => probe(path, options.create).await?,
            false if options.create => true,
            false => {
                return Err(Error::Missing {
                    place: path.to_owned(),
                });
            }
        };
        let unreachable = |error: sqlx::Error| Error::Unreachable {
            place: path.to_owned(),
            reason: error.to_string(),
        };
        let connect = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(options.create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(match options.durable {
                true => SqliteSynchronous::Full,
                false => SqliteSynchronous::Off,
            })
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .disable_statement_logging();
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(BUSY_TIMEOUT * 3)
            .connect_with(connect.clone())
            .await
            .map_err(unreachable)?;
        let readers = SqlitePoolOptions::new()
            .max_connections(options.connections.max(2))
            .acquire_timeout(BUSY_TIMEOUT * 3)
            .connect_with(connect.pragma("query_only", "on"))
            .await
            .map_err(unreachable)?;
        let store = Self {
            engine: Engine::Sqlite,
            readers: SqlxSqliteConnector::from_sqlx_sqlite_pool(readers),
            writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
            place: path.to_owned(),
        };
        if new {
            let mark = format!("pragma application_id = {APPLICATION_ID}");
            store.writer.execute_unprepared(&mark).await?;
        }
        Ok(store)
    }
}

/// Looks at an existing file without changing it: is it a SQLite file and ours (false), or still empty (true)?
async fn probe(path: &str, may_be_empty: bool) -> Result<bool, Error> {
    let not_ours = |found: String| Error::NotOurs {
        place: path.to_owned(),
        found,
    };
    let looked = async {
        let mut connection = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .busy_timeout(BUSY_TIMEOUT)
            .disable_statement_logging()
            .connect()
            .await?;
        let id: i32 = sqlx::query("pragma application_id")
            .fetch_one(&mut connection)
            .await?
            .try_get(0)?;
        let objects: i64 = sqlx::query("select count(*) from sqlite_schema")
            .fetch_one(&mut connection)
            .await?
            .try_get(0)?;
        connection.close().await?;
        Ok::<_, sqlx::Error>((id, objects))
    };
    match looked.await {
        Ok((APPLICATION_ID, _)) => Ok(false),
        Ok((0, 0)) if may_be_empty => Ok(true),
        Ok((_, 0)) => Err(not_ours("an empty file".to_owned())),
        Ok(_) => Err(not_ours("another program's SQLite file".to_owned())),
        // 26 is SQLITE_NOTADB; anything else (no right to read it, damaged, a folder) is no word about whose file it is.
        Err(error) => match error.as_database_error().and_then(|it| it.code()) {
            Some(code) if code == "26" => Err(not_ours(error.to_string())),
            _ => Err(Error::Unreachable {
                place: path.to_owned(),
                reason: error.to_string(),
            }),
        },
    }
}

/// The address with its password replaced by dots: for messages.
pub(crate) fn without_password(place: &str) -> String {
    let Some((scheme, rest)) = place.split_once("://") else {
        return place.to_owned();
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    match authority.rsplit_once('@') {
        Some((user, host)) => {
            let name = user.split_once(':').map_or(user, |(name, _)| name);
            let dots = if name.len() < user.len() { ":…" } else { "" };
            format!("{scheme}://{name}{dots}@{host}{tail}")
        }
        None => place.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_password_never_reaches_a_message() {
        assert_eq!(
            without_password("postgres://anan:secret@db:5432/x?a=b"),
            "postgres://anan:…@db:5432/x?a=b"
        );
        assert_eq!(without_password("postgres://db/x"), "postgres://db/x");
        assert_eq!(without_password("saithong.db"), "saithong.db");
    }
}
