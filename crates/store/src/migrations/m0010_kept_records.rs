//! Uncertified records of organisations that went on in others: at whose cells they are read.

use super::table::Table;
use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_kept_records"
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

/// The versioned tables that it adds. The id of a row is that of the record.
pub(super) const TABLES: &[Table] = &[Table {
    name: "kept_records",
    columns: "successor uuid not null",
    natural: "",
    lookups: &["successor"],
}];
