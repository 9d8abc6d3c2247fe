//! The shape that every versioned table shares, written once.

use sea_orm::DbBackend;

/// A versioned table: what it has besides the columns that all of them have.
pub(super) struct Table {
    pub name: &'static str,
    /// Its own columns, in SQL that both engines read.
    pub columns: &'static str,
    /// Columns that name a standing row besides its id.
    pub natural: &'static str,
    /// Columns by which standing rows are looked up.
    pub lookups: &'static [&'static str],
}

impl Table {
    /// The statements that create the table.
    ///
    /// `seq` numbers the rows densely in the order of recording, so that bulk reads can page by ranges; nothing else
    /// may refer to it. A standing row is one that was not ended; the indexes that reads use hold standing rows only,
    /// and history is found through the other one.
    pub fn sql(&self, backend: DbBackend) -> String {
        let Table {
            name,
            columns,
            natural,
            lookups,
        } = self;
        let seq = match backend {
            DbBackend::Postgres => "bigint generated always as identity primary key",
            _ => "integer primary key",
        };
        let mut sql = format!(
            "create table {name} (
                seq {seq},
                version uuid not null unique,
                id uuid not null,
                {columns},
                source text,
                certainty text,
                recorded_at bigint not null,
                ended_at bigint,
                check (ended_at >= recorded_at)
            );
            create unique index {name}_standing on {name} (id) where ended_at is null;
            create index {name}_ended on {name} (id) where ended_at is not null;\n"
        );
        if !natural.is_empty() {
            sql += &format!(
                "create unique index {name}_natural on {name} ({natural}) where ended_at is null;\n"
            );
        }
        for columns in *lookups {
            let suffix = columns.replace(", ", "_");
            sql += &format!(
                "create index {name}_by_{suffix} on {name} ({columns}) where ended_at is null;\n"
            );
        }
        sql
    }
}
