//! What was measured of participants whose field was ranked by it, so that a badge may be for it.
//!
//! Results and awards from before stay without one: their hashes were made without it.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

/// As text, in decimals: on both databases a value is read as it was written, to the last bit.
const UP: [&str; 2] = [
    "ALTER TABLE results ADD COLUMN measured text
     CONSTRAINT ck_results_measured CHECK (measured IS NULL OR outcome = 'placed')",
    "ALTER TABLE awards ADD COLUMN measured text
     CONSTRAINT ck_awards_measured CHECK (measured IS NULL OR outcome = 'placed')",
];

const DOWN: [&str; 2] =
    ["ALTER TABLE awards DROP COLUMN measured", "ALTER TABLE results DROP COLUMN measured"];

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
