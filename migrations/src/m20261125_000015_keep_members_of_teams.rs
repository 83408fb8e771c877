//! Members of teams: what each counts in the results, and whom an award was planned for.
//!
//! Awards from before stay without a team: the plans that they belong to were hashed without one.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const UP: [&str; 3] = [
    "ALTER TABLE results ADD COLUMN weight integer NOT NULL DEFAULT 1
     CONSTRAINT ck_results_weight CHECK (weight BETWEEN 1 AND 1000000)",
    "ALTER TABLE awards ADD COLUMN team text",
    "ALTER TABLE awards ADD COLUMN weight integer NOT NULL DEFAULT 1
     CONSTRAINT ck_awards_weight CHECK (
        weight BETWEEN 1 AND 1000000 AND (weight = 1 OR team IS NOT NULL)
     )",
];

const DOWN: [&str; 3] = [
    "ALTER TABLE awards DROP COLUMN weight",
    "ALTER TABLE awards DROP COLUMN team",
    "ALTER TABLE results DROP COLUMN weight",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, &UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, &DOWN).await
    }
}
