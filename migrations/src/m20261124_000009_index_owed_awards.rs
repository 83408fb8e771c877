//! Awards that are owed, so that finding the next ones, or that none is left, never reads those that
//! were applied: the tournament is locked meanwhile, and its field may be large.

use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::prelude::*;

const OWED: &str = "
    CREATE INDEX ix_awards_owed
    ON awards (tournament_id, player_id) WHERE state <> 'applied'";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(OWED).await.map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DROP INDEX ix_awards_owed").await.map(drop)
    }
}
