//! Inquiries about step records, reminders, public holidays, and what provinces correct in the duties of a year.

use super::table::Table;
use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_questions_and_calendar"
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
        db.execute_unprepared(ANSWERS).await?;
        Ok(())
    }
}

/// The versioned tables that it adds.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "inquiries",
        columns: "record uuid not null, asked_from uuid, state text not null, wanted text not null, due text, answer text",
        natural: "",
        lookups: &["record", "state"],
    },
    Table {
        name: "reminders",
        columns: "organisation uuid not null, item text not null, period integer not null, sent_from uuid,
            own boolean not null, schools bigint not null, words text not null",
        natural: "",
        lookups: &["organisation", "period"],
    },
    Table {
        name: "holidays",
        columns: "day text not null, name text not null, province text, works boolean not null",
        // Only days of provinces have one, and an index takes two empty values for different ones.
        natural: "day, coalesce(province, '')",
        lookups: &[],
    },
    Table {
        name: "duty_rules",
        columns: "province text not null, year smallint not null, item text not null, holders text not null,
            due text not null",
        natural: "province, year, item",
        lookups: &[],
    },
];

/// A file that came with an answer is no part of what was certified.
const ANSWERS: &str = "alter table step_files add column inquiry uuid";
