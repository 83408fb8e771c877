//! Badges: each once for a tournament, some of them once in a life.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const BADGES: &str = "
    CREATE TABLE badges (
        player_id uuid NOT NULL,
        tournament_id uuid NOT NULL,
        badge_type text NOT NULL,
        once_in_a_life boolean NOT NULL,
        earned_at timestamptz NOT NULL,
        CONSTRAINT pk_badges PRIMARY KEY (player_id, tournament_id, badge_type)
    )";

const ONCE_IN_A_LIFE: &str = "
    CREATE UNIQUE INDEX uq_badges_once_in_a_life
    ON badges (player_id, badge_type) WHERE once_in_a_life";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, BADGES).await?;
        manager.get_connection().execute_unprepared(ONCE_IN_A_LIFE).await.map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["badges"]).await
    }
}
