//! From a row to the domain. Whatever does not fit is a corrupt row, never a panic.

use domain::{PlayerId, TournamentId};
use ports::{StoreError, Timestamp};
use sea_orm::{QueryResult, TryGetable};
use uuid::Uuid;

/// One row of an answer.
pub(crate) struct Row<'a> {
    row: &'a QueryResult,
    table: &'static str,
}

impl<'a> Row<'a> {
    pub(crate) fn of(row: &'a QueryResult, table: &'static str) -> Self {
        Self { row, table }
    }

    /// The same row, where it comes from another table.
    pub(crate) fn of_table(&self, table: &'static str) -> Self {
        Self { row: self.row, table }
    }

    pub(crate) fn get<T: TryGetable>(&self, column: &str) -> Result<T, StoreError> {
        self.row.try_get("", column).map_err(|source| StoreError::Corrupt {
            table: self.table,
            rule: format!("`{column}` can be read"),
            source: Some(source.into()),
        })
    }

    pub(crate) fn player(&self) -> Result<PlayerId, StoreError> {
        self.get::<Uuid>("player_id").map(PlayerId::from_uuid)
    }

    pub(crate) fn tournament(&self) -> Result<TournamentId, StoreError> {
        self.get::<Uuid>("tournament_id").map(TournamentId::from_uuid)
    }

    pub(crate) fn text(&self, column: &str) -> Result<String, StoreError> {
        self.get(column)
    }

    pub(crate) fn time(&self, column: &str) -> Result<Timestamp, StoreError> {
        self.get(column)
    }

    /// A 64-bit column.
    pub(crate) fn amount(&self, column: &str) -> Result<i64, StoreError> {
        self.get(column)
    }

    /// A number of rows.
    pub(crate) fn unsigned(&self, column: &str) -> Result<u64, StoreError> {
        let count = u64::try_from(self.amount(column)?);
        count.map_err(|_| self.broken(column, "is not negative"))
    }

    /// A 32-bit column.
    pub(crate) fn number(&self, column: &str) -> Result<i32, StoreError> {
        self.get(column)
    }

    /// A 32-bit column that is never negative.
    pub(crate) fn count(&self, column: &str) -> Result<u32, StoreError> {
        let count = u32::try_from(self.number(column)?);
        count.map_err(|_| self.broken(column, "is not negative"))
    }

    /// A column read by `parse`, such as the name of a status.
    pub(crate) fn parsed<T>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        parse(&self.text(column)?).ok_or_else(|| self.broken(column, "can be understood"))
    }

    /// A nullable column read by `parse`.
    pub(crate) fn parsed_if_any<T>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        let Some(text) = self.get::<Option<String>>(column)? else { return Ok(None) };
        parse(&text).map(Some).ok_or_else(|| self.broken(column, "can be understood"))
    }

    /// A column that breaks `rule`.
    pub(crate) fn broken(&self, column: &str, rule: &str) -> StoreError {
        StoreError::Corrupt { table: self.table, rule: format!("`{column}` {rule}"), source: None }
    }
}

/// The player of a row that holds nothing else of interest.
pub(crate) fn player_id(row: &Row<'_>) -> Result<PlayerId, StoreError> {
    row.player()
}

/// The tournament of a row that holds nothing else of interest.
pub(crate) fn tournament_id(row: &Row<'_>) -> Result<TournamentId, StoreError> {
    row.tournament()
}
