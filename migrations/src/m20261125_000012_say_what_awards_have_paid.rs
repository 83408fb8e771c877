//! What has been posted for an award by all of its revisions, so that a correction finds the
//! difference; and why a tournament was corrected.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

/// A check is added with the last column that it names, when all rows keep it.
const UP: [&str; 6] = [
    "ALTER TABLE awards ADD COLUMN paid_revision integer
     CONSTRAINT ck_awards_paid_revision CHECK (paid_revision BETWEEN 0 AND revision)",
    "ALTER TABLE awards ADD COLUMN xp_paid bigint NOT NULL DEFAULT 0",
    "UPDATE awards SET paid_revision = revision, xp_paid = xp_base + xp_bonus
     WHERE state = 'applied'",
    "ALTER TABLE awards ADD COLUMN credits_paid bigint NOT NULL DEFAULT 0
     CONSTRAINT ck_awards_paid CHECK (
        (paid_revision IS NOT NULL OR (state <> 'applied' AND xp_paid = 0 AND credits_paid = 0))
        AND (state = 'applied' OR paid_revision IS NULL OR paid_revision < revision)
     )",
    "UPDATE awards SET credits_paid = credits WHERE state = 'applied'",
    "ALTER TABLE tournament_changes ADD COLUMN reason text
     CONSTRAINT ck_tournament_changes_reason CHECK (event <> 'corrected' OR reason IS NOT NULL)",
];

const DOWN: [&str; 4] = [
    "ALTER TABLE tournament_changes DROP COLUMN reason",
    "ALTER TABLE awards DROP COLUMN credits_paid",
    "ALTER TABLE awards DROP COLUMN xp_paid",
    "ALTER TABLE awards DROP COLUMN paid_revision",
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
