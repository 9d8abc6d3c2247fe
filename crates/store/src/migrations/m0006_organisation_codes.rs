//! Codes of organisations in other registers, their display order, and who went on in whom.

use super::table::Table;
use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_organisation_codes"
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
        name: "organisation_codes",
        columns: "organisation uuid not null, kind text not null, code text not null, province text",
        // Only former codes have a province, and an index takes two empty values for different ones.
        natural: "kind, code, coalesce(province, '')",
        lookups: &["organisation", "code"],
    },
    Table {
        name: "display_orders",
        columns: "position integer not null",
        natural: "",
        lookups: &[],
    },
    Table {
        name: "successions",
        columns: "reorganisation uuid not null, kind text not null, predecessor uuid not null, successor uuid not null,
            valid_from text not null",
        natural: "",
        lookups: &["reorganisation", "predecessor", "successor"],
    },
];
