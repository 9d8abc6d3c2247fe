//! People and the roles given to them on organisations.

use super::table::Table;
use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_people"
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
        Ok(())
    }
}

/// The versioned tables that it adds.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "people",
        columns: "account text not null, name text not null, position text, left_on text",
        natural: "account",
        lookups: &[],
    },
    Table {
        name: "grants",
        columns: "person uuid not null, role text not null, organisation uuid not null, valid_from text, valid_to text",
        natural: "",
        lookups: &["person", "organisation"],
    },
];
