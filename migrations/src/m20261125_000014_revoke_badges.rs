//! Badges that a correction takes away stay to be seen; what is had once in a life may then be had
//! elsewhere.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const UP: [&str; 5] = [
    "ALTER TABLE badges ADD COLUMN revoked_at timestamptz",
    "ALTER TABLE badges ADD COLUMN revoked_by uuid",
    "ALTER TABLE badges ADD COLUMN revoked_revision integer
     CONSTRAINT ck_badges_revoked CHECK (
        (revoked_at IS NULL) = (revoked_by IS NULL)
        AND (revoked_at IS NULL) = (revoked_revision IS NULL)
     )",
    "DROP INDEX uq_badges_once_in_a_life",
    "CREATE UNIQUE INDEX uq_badges_once_in_a_life
     ON badges (player_id, badge_type) WHERE once_in_a_life AND revoked_at IS NULL",
];

/// Without the columns nobody could tell that a badge was taken away.
const DOWN: [&str; 6] = [
    "DELETE FROM badges WHERE revoked_at IS NOT NULL",
    "DROP INDEX uq_badges_once_in_a_life",
    "ALTER TABLE badges DROP COLUMN revoked_revision",
    "ALTER TABLE badges DROP COLUMN revoked_by",
    "ALTER TABLE badges DROP COLUMN revoked_at",
    "CREATE UNIQUE INDEX uq_badges_once_in_a_life
     ON badges (player_id, badge_type) WHERE once_in_a_life",
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
