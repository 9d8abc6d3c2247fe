//! Step records of the eight-step board, and the files that prove them.

use super::table::Table;
use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_steps"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for table in TABLES {
            let sql = table.sql(db.get_database_backend());
            db.execute_unprepared(&sql).await?;
        }
        db.execute_unprepared(FILES).await?;
        Ok(())
    }
}

/// The versioned tables that it adds.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "step_records",
        columns: "organisation uuid not null, item text not null, period integer not null, state text not null,
            outcome text not null, done_on text, document text, note text, count bigint, letter_number text,
            letter_date text, returned text",
        // An organisation says one thing about one step of one period.
        natural: "organisation, item, period",
        lookups: &["period"],
    },
    Table {
        name: "step_files",
        columns: "record uuid not null",
        natural: "",
        lookups: &["record"],
    },
];

/// Content is never changed, so it has no versions; what it proves is in `step_files`.
const FILES: &str = "create table files (
        id uuid primary key,
        name text not null,
        media text not null,
        bytes bigint not null,
        sha256 bytea not null,
        content bytea not null,
        kept_at bigint not null
    );";
