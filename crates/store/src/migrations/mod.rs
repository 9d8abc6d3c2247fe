//! The one set of migrations, for both engines. A migration that was released is never edited.

mod m0001_first;
mod m0002_waivers;
mod m0003_people;
mod m0004_accounts;
mod m0005_steps;
mod m0006_organisation_codes;
mod m0007_questions_and_calendar;
mod m0009_people_again;
mod m0010_kept_records;
mod table;

use crate::{
    Engine, Error, Store, search,
    tx::{Read, Tx},
};
use domain::time::Moment;
use sea_orm::{ConnectionTrait, Statement};
use sea_orm_migration::{MigrationStatus, MigrationTrait, MigratorTrait};

struct Migrator;

#[sea_orm_migration::async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_first::Migration),
            Box::new(m0002_waivers::Migration),
            Box::new(m0003_people::Migration),
            Box::new(m0004_accounts::Migration),
            Box::new(m0005_steps::Migration),
            Box::new(m0006_organisation_codes::Migration),
            Box::new(m0007_questions_and_calendar::Migration),
            Box::new(m0009_people_again::Migration),
            Box::new(m0010_kept_records::Migration),
        ]
    }
}

/// Where a database stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Migrations already applied, in order.
    pub applied: Vec<String>,
    /// Migrations that [`Store::migrate`] would apply, in order.
    pub pending: Vec<String>,
}

impl Store {
    /// Which migrations are applied and which are pending; changes nothing.
    ///
    /// [`Error::Newer`] when the database knows a migration that this program lacks, [`Error::NotOurs`] when a
    /// PostgreSQL database already holds somebody else's tables.
    pub async fn status(&self) -> Result<Status, Error> {
        let known: Vec<String> = Migrator::migrations()
            .iter()
            .map(|migration| migration.name().to_owned())
            .collect();
        let tables = self.tables().await?;
        if !tables.iter().any(|table| table == "seaql_migrations") {
            if let Some(other) = tables.first() {
                return Err(Error::NotOurs {
                    place: self.place().to_owned(),
                    found: format!("tables of another program, such as {other}"),
                });
            }
            return Ok(Status {
                applied: Vec::new(),
                pending: known,
            });
        }
        let unknown: Vec<String> = self
            .query("select version from seaql_migrations order by version")
            .await?
            .into_iter()
            .filter(|version| !known.contains(version))
            .collect();
        if !unknown.is_empty() {
            return Err(Error::Newer { unknown });
        }
        let (applied, pending): (Vec<_>, Vec<_>) =
            Migrator::get_migration_with_status_read_only(&self.readers)
                .await?
                .into_iter()
                .partition(|migration| migration.status() == MigrationStatus::Applied);
        let names = |list: Vec<sea_orm_migration::Migration>| {
            list.iter().map(|m| m.name().to_owned()).collect()
        };
        Ok(Status {
            applied: names(applied),
            pending: names(pending),
        })
    }

    /// Brings the database to the newest shape, all or nothing, and gives the names of what was applied.
    pub async fn migrate(&self) -> Result<Vec<String>, Error> {
        let pending = self.status().await?.pending;
        // Nothing to do asks for no lock: a long import beside must not make everybody else wait.
        if !pending.is_empty() {
            let tx: Tx = self.begin().await?;
            Migrator::up(tx.inner(), None).await?;
            tx.commit().await?;
        }
        search::offer(self).await?;
        self.renew_sort_keys().await?;
        Ok(pending)
    }

    /// Names of all tables of the database, except the engine's own.
    async fn tables(&self) -> Result<Vec<String>, Error> {
        self.query(match self.engine {
            Engine::Sqlite => {
                "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name"
            }
            Engine::Postgres => {
                "select tablename::text from pg_tables where schemaname = current_schema() order by 1"
            }
        })
        .await
    }

    /// The first column of a query, as text.
    pub(crate) async fn query(&self, sql: &str) -> Result<Vec<String>, Error> {
        let statement = Statement::from_string(self.readers.get_database_backend(), sql);
        let rows = self.readers.query_all_raw(statement).await?;
        let texts: Result<Vec<String>, _> =
            rows.iter().map(|row| row.try_get_by_index(0)).collect();
        Ok(texts?)
    }
}

/// Names of all versioned tables: each migration adds its own.
fn versioned_tables() -> impl Iterator<Item = &'static str> {
    [
        m0001_first::TABLES,
        m0002_waivers::TABLES,
        m0003_people::TABLES,
        m0005_steps::TABLES,
        m0006_organisation_codes::TABLES,
        m0007_questions_and_calendar::TABLES,
        m0010_kept_records::TABLES,
    ]
    .into_iter()
    .flatten()
    .map(|table| table.name)
}

/// The latest moment at which any row was recorded or ended; `None` in an empty database.
pub(crate) async fn last_recorded(read: &impl Read) -> Result<Option<Moment>, Error> {
    let executor = read.executor();
    let mut last = None;
    for table in versioned_tables() {
        let sql = format!("select max(recorded_at), max(ended_at) from {table}");
        let statement = Statement::from_string(executor.get_database_backend(), sql);
        if let Some(row) = executor.query_one_raw(statement).await? {
            let moments: [Option<i64>; 2] = [row.try_get_by_index(0)?, row.try_get_by_index(1)?];
            last = moments.into_iter().flatten().map(Moment).chain(last).max();
        }
    }
    Ok(last)
}
