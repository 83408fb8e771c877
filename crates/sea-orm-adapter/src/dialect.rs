//! Where the two databases differ in words.

use sea_orm::DbBackend;

/// Which database is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Postgres,
    Sqlite,
}

impl Dialect {
    pub(crate) fn of(backend: DbBackend) -> Self {
        match backend {
            DbBackend::Postgres => Self::Postgres,
            _ => Self::Sqlite,
        }
    }

    pub(crate) fn backend(self) -> DbBackend {
        match self {
            Self::Postgres => DbBackend::Postgres,
            Self::Sqlite => DbBackend::Sqlite,
        }
    }

    /// The type of a column that holds JSON, for casts.
    pub(crate) fn json(self) -> &'static str {
        match self {
            Self::Postgres => "jsonb",
            Self::Sqlite => "text",
        }
    }

    /// The id that nothing has.
    pub(crate) fn nil_id(self) -> &'static str {
        match self {
            Self::Postgres => "CAST('00000000-0000-0000-0000-000000000000' AS uuid)",
            Self::Sqlite => "zeroblob(16)",
        }
    }

    /// A lock clause. A transaction on SQLite is the only writer, so it needs none.
    pub(crate) fn locking(self, clause: &'static str) -> &'static str {
        match self {
            Self::Postgres => clause,
            Self::Sqlite => "",
        }
    }

    /// Joins to each row the one row of `table`, if any, of which `condition` holds: one look-up a
    /// row. Left to itself, PostgreSQL reads a large table from its start for every page, to merge.
    pub(crate) fn looked_up(self, table: &str, alias: &str, condition: &str) -> String {
        match self {
            Self::Postgres => format!(
                "LEFT JOIN LATERAL (SELECT * FROM {table} WHERE {condition} LIMIT 1) AS {alias} \
                 ON true"
            ),
            Self::Sqlite => format!("LEFT JOIN {table} AS {alias} ON {alias}.{condition}"),
        }
    }

    /// A time, to be compared. SQLite stores the text of RFC 3339 in UTC, with as many digits as it
    /// takes: without the `Z` behind them it sorts as the times do.
    pub(crate) fn moment(self, time: &str) -> String {
        match self {
            Self::Postgres => time.to_owned(),
            Self::Sqlite => format!("rtrim({time}, 'Z')"),
        }
    }

    /// Puts the keys of the object `patch` in the place of the same keys of `document`.
    ///
    /// SQLite's merges nested objects, too; an entry of a profile is patched by its successor, which
    /// has every field that it has, so both come out the same.
    pub(crate) fn patched(self, document: &str, patch: &str) -> String {
        match self {
            Self::Postgres => format!("{document} || CAST({patch} AS jsonb)"),
            Self::Sqlite => format!("json_patch({document}, {patch})"),
        }
    }
}
