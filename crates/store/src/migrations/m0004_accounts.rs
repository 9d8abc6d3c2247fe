//! How people prove who they are: plain tables that are changed in place, because none of it is history. What was done
//! is told by the trail; secrets stand here only as digests, but the shared secret of the second factor.

use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared(TABLES)
            .await
            .map(|_| ())
    }
}

// Moments are microseconds UTC; digests of tokens are SHA-256; passwords and recovery codes are strings of Argon2id.
const TABLES: &str = "
    create table credentials (
        person uuid primary key,
        password text not null,
        changed_at bigint not null,
        totp_secret bytea,
        totp_step bigint,
        totp_pending bytea
    );
    create table recovery_codes (
        person uuid not null,
        number smallint not null,
        hash text not null,
        used_at bigint,
        primary key (person, number)
    );
    create table sessions (
        id uuid primary key,
        token bytea not null unique,
        person uuid not null,
        created_at bigint not null,
        seen_at bigint not null,
        idle_for bigint not null,
        idle_until bigint not null,
        ends_at bigint not null,
        address text,
        agent text,
        second_factor boolean not null,
        revoked_at bigint
    );
    create index sessions_by_person on sessions (person);
    create table invitations (
        id uuid primary key,
        token bytea not null unique,
        person uuid,
        account text,
        name text,
        position text,
        roles text not null,
        made_by uuid,
        made_at bigint not null,
        expires_at bigint not null,
        used_at bigint,
        used_by uuid,
        revoked_at bigint
    );
    create table resets (
        id uuid primary key,
        token bytea not null unique,
        person uuid not null,
        second_factor boolean not null,
        made_by uuid,
        made_at bigint not null,
        expires_at bigint not null,
        used_at bigint,
        revoked_at bigint
    );
    create index resets_by_person on resets (person);
    create table throttle (
        key bytea primary key,
        failures bigint not null,
        last_at bigint not null,
        next_at bigint not null,
        succeeded_at bigint
    );
    create index throttle_by_last on throttle (last_at);";
