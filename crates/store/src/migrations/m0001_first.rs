//! The first shape: organisations, plans, projects, links, money, readings, duties and the trail.

use super::table::Table;
use crate::search;
use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_first"
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
        db.execute_unprepared(OTHERS).await?;
        search::create(db).await
    }
}

// Days are YYYY-MM-DD, moments microseconds, money satang, periods and codes as `domain` packs and spells them.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "organisations",
        columns: "class text, opened text, closed text, code text not null, province text, name_th text not null,
            name_en text, short_name_th text, kind text, affiliation_th text, district_dopa text,
            sort_key bytea not null, search_key text not null",
        // A national code has no province, and an index takes two empty values for different ones.
        natural: "code, coalesce(province, '')",
        lookups: &[],
    },
    Table {
        name: "memberships",
        columns: "organisation uuid not null, axis text not null, parent uuid not null, valid_from text, valid_to text",
        natural: "",
        lookups: &["organisation", "parent"],
    },
    Table {
        name: "plans",
        columns: "code text not null, name_th text not null, name_en text, level text not null, owner uuid, province text",
        natural: "code",
        lookups: &[],
    },
    Table {
        name: "editions",
        columns: "plan uuid not null, label text not null, level text not null, owner uuid, period_kind text, from_year smallint,
            to_year smallint, state text not null, supersedes uuid",
        natural: "plan, label",
        lookups: &["plan"],
    },
    Table {
        name: "nodes",
        columns: "edition uuid not null, parent uuid, lineage uuid not null, kind text not null,
            position integer not null, code text not null, label_th text not null, name_th text not null, name_en text,
            sort_key bytea not null, search_key text not null",
        natural: "edition, code",
        lookups: &["lineage"],
    },
    Table {
        name: "indicators",
        columns: "direction text, owner uuid, unit text, numerator text, denominator text, disaggregation text,
            series_codes text, success_th text, scope text",
        natural: "",
        lookups: &[],
    },
    Table {
        name: "baselines",
        columns: "node uuid not null, period integer not null, value bigint not null",
        natural: "",
        lookups: &["node"],
    },
    Table {
        name: "indicator_targets",
        columns: "node uuid not null, period integer not null, shape text not null, low bigint, high bigint",
        natural: "",
        lookups: &["node"],
    },
    Table {
        name: "crosswalks",
        columns: "from_node uuid not null, to_node uuid, relation text not null, state text not null,
            reason_th text, reason_en text, decided_by text, decided_why text",
        natural: "",
        lookups: &["from_node", "to_node"],
    },
    Table {
        name: "alignments",
        columns: "from_node uuid not null, to_node uuid not null, share smallint not null, is_primary boolean not null,
            state text not null, reason_th text, reason_en text, decided_by text, decided_why text",
        natural: "from_node, to_node",
        lookups: &["to_node"],
    },
    Table {
        name: "projects",
        columns: "owner uuid not null, year_kind text not null, year smallint not null, budget_mode text,
            approved_on text, continues uuid, part_of uuid, code text not null, title text not null, target_group text,
            note text, search_key text not null",
        natural: "",
        lookups: &["code", "owner"],
    },
    Table {
        name: "listings",
        columns: "project uuid not null, node uuid not null",
        natural: "project, node",
        lookups: &["node"],
    },
    Table {
        name: "activities",
        columns: "project uuid not null, position integer not null, title text not null",
        natural: "",
        lookups: &["project"],
    },
    Table {
        name: "links",
        columns: "project uuid not null, node uuid not null, share smallint not null, is_primary boolean not null,
            state text not null, reason_th text, reason_en text, decided_by text, decided_why text",
        natural: "project, node",
        lookups: &["node"],
    },
    Table {
        name: "budget_lines",
        columns: "project uuid not null, period integer not null, stage text not null, fund text, category text,
            kind text, amount bigint not null",
        natural: "",
        lookups: &["project"],
    },
    Table {
        name: "people_reports",
        columns: "project uuid not null, period integer not null, people bigint not null",
        natural: "project, period",
        lookups: &[],
    },
    Table {
        name: "observations",
        columns: "indicator uuid not null, organisation uuid not null, period integer not null, as_of text not null,
            reading text not null, value bigint not null, denominator bigint",
        natural: "",
        lookups: &["indicator, organisation, period"],
    },
    Table {
        name: "duties",
        columns: "organisation uuid not null, item text not null, period integer not null, due text not null,
            applicable boolean not null, reported_on text",
        natural: "organisation, item, period",
        lookups: &[],
    },
];

const OTHERS: &str = "
    create table events (
        province text not null,
        number bigint not null,
        at bigint not null,
        actor text not null,
        on_behalf_of text,
        act text not null,
        subject_kind text not null,
        subject_id text not null,
        payload text,
        payload_salt bytea,
        payload_digest bytea,
        previous_hash bytea not null,
        hash bytea not null,
        primary key (province, number)
    );
    create index events_by_subject on events (subject_kind, subject_id);
    create table trail_heads (
        province text primary key,
        number bigint not null,
        hash bytea not null,
        at bigint not null
    );
    create table settings (
        name text primary key,
        value text not null
    );";
