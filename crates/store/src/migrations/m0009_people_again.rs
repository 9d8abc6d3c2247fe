//! When and in which session a second factor began to be set up, and which invitations make the first administrator.

use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0009_people_again"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(COLUMNS)
            .await
            .map(|_| ())
    }
}

// What was pending before has no moment and counts as over: its owner begins anew.
const COLUMNS: &str = "
    alter table credentials add column totp_pending_at bigint;
    alter table credentials add column totp_pending_in uuid;
    alter table invitations add column first_administrator boolean not null default false;";
