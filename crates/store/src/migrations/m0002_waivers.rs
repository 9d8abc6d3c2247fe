//! What the rules look at beside the thread: waivers, codes that no framework has, totals that lists of projects print.

use super::table::Table;
use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_waivers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let backend = db.get_database_backend();
        for table in TABLES {
            db.execute_unprepared(&table.sql(backend)).await?;
        }
        db.execute_unprepared("alter table projects add column stated_budget bigint")
            .await?;
        Ok(())
    }
}

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "waivers",
        columns: "rule text not null, subject_kind text not null, subject uuid not null, reason text not null,
            granted_by text not null, until text not null, letter text",
        // One waiver for one rule and thing: a renewed one is a new version of it.
        natural: "rule, subject_kind, subject",
        lookups: &[],
    },
    Table {
        name: "mentions",
        columns: "project uuid not null, framework text not null, code text not null",
        natural: "project, framework, code",
        lookups: &[],
    },
];
