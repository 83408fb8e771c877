//! Members of teams: what each counts in the results, and whom an award was planned for.
//!
//! Awards from before stay without a team: the plans that they belong to were hashed without one.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

/// Each column with its table, in the order in which they come.
const COLUMNS: [(&str, &str, &str); 3] = [
    (
        "results",
        "weight",
        "integer NOT NULL DEFAULT 1 CONSTRAINT ck_results_weight
            CHECK (weight BETWEEN 1 AND 1000000)",
    ),
    ("awards", "team", "text"),
    (
        "awards",
        "weight",
        "integer NOT NULL DEFAULT 1 CONSTRAINT ck_awards_weight
            CHECK (weight BETWEEN 1 AND 1000000 AND (weight = 1 OR team IS NOT NULL))",
    ),
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column, definition) in COLUMNS {
            ddl::add_column(manager, table, column, definition).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column, _) in COLUMNS.into_iter().rev() {
            let statement = format!("ALTER TABLE {table} DROP COLUMN {column}");
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}
