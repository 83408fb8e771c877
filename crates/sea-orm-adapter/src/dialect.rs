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

    /// A lock clause. A transaction on SQLite is the only writer, so it needs none.
    pub(crate) fn locking(self, clause: &'static str) -> &'static str {
        match self {
            Self::Postgres => clause,
            Self::Sqlite => "",
        }
    }

    /// A moment that can be compared. SQLite has it as text, whose fraction is as long as it must be
    /// and followed by a `Z`: without that letter a whole second comes before its parts.
    pub(crate) fn moment(self, expression: &str) -> String {
        match self {
            Self::Postgres => expression.to_owned(),
            Self::Sqlite => format!("rtrim({expression}, 'Z')"),
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
