//! Everything that can go wrong with what is kept, in plain cases.

use domain::time::Moment;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// What went wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no database at the place, and none was to be created.
    #[error("there is no database at {place}")]
    Missing {
        /// The path or address as given.
        place: String,
    },
    /// The place holds something else: another program's database, or no database at all.
    #[error("{place} is not a database of this program: {found}")]
    NotOurs {
        /// The path or address as given, without password.
        place: String,
        /// What was found there.
        found: String,
    },
    /// The address is not understood.
    #[error("{place} is no database address: {reason}")]
    Address {
        /// The address as given, without password.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The database cannot be reached.
    #[error("the database at {place} cannot be reached: {reason}")]
    Unreachable {
        /// The path or address as given, without password.
        place: String,
        /// What the engine said.
        reason: String,
    },
    /// The database was written by a newer version of the program.
    #[error("the database is newer than this program: it knows {}", unknown.join(", "))]
    Newer {
        /// Migrations that the database has and this program lacks.
        unknown: Vec<String>,
    },
    /// Another process held the database for longer than the waiting time.
    #[error("the database is busy: another program has been writing for too long")]
    Busy,
    /// A row would stand twice: somebody else recorded it in the meantime, or the input names it twice.
    #[error("already recorded: {constraint}")]
    Conflict {
        /// What the engine said about the broken rule.
        constraint: String,
    },
    /// The event's moment is not after the last event of its province: repeat the act with a later moment.
    #[error("the trail of {province} already stands at {head:?}")]
    Behind {
        /// Province code or `TH`.
        province: String,
        /// The moment of the last event.
        head: Moment,
    },
    /// There is no such event.
    #[error("the trail of {province} has no event {number}")]
    NoEvent {
        /// Province code or `TH`.
        province: String,
        /// The number asked for.
        number: i64,
    },
    /// A stored value that no version of this program writes.
    #[error("table {table}: {found:?} is not a {wanted}")]
    Corrupt {
        /// The table or list.
        table: &'static str,
        /// What should stand there.
        wanted: &'static str,
        /// What stands there.
        found: String,
    },
    /// Anything else that the engine reports.
    #[error("database: {0}")]
    Database(DbErr),
}

impl Error {
    /// Whether the same act may succeed when it is repeated at once.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Error::Busy | Error::Conflict { .. } | Error::Behind { .. }
        )
    }
}

/// SQLite's result codes for "locked by another connection": SQLITE_BUSY and its extended forms share the low byte.
const SQLITE_BUSY: i32 = 5;
/// PostgreSQL: serialization_failure, deadlock_detected, lock_not_available.
const POSTGRES_BUSY: [&str; 3] = ["40001", "40P01", "55P03"];

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(constraint)) = error.sql_err() {
            return Error::Conflict { constraint };
        }
        match code(&error) {
            Some(code) if POSTGRES_BUSY.contains(&code.as_str()) => Error::Busy,
            Some(code)
                if code
                    .parse::<i32>()
                    .is_ok_and(|n| n & 0xff == SQLITE_BUSY && n < 0x1000) =>
            {
                Error::Busy
            }
            _ => Error::Database(error),
        }
    }
}

/// The engine's own code of an error, when it has one.
fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))
    | DbErr::Conn(RuntimeErr::SqlxError(cause))) = error
    else {
        return None;
    };
    let code = cause.as_database_error()?.code()?;
    Some(code.into_owned())
}
