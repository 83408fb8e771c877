//! Levels: the highest one that a player ever had, and each one reached, once in a life.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const LEVEL_MAX: &str = "
    ALTER TABLE players ADD COLUMN level_max integer NOT NULL DEFAULT 0
    CONSTRAINT ck_players_level_max CHECK (level_max >= 0)";

const LEVEL_UPS: &str = "
    CREATE TABLE level_ups (
        player_id uuid NOT NULL,
        level integer NOT NULL,
        tournament_id uuid NOT NULL,
        revision integer NOT NULL,
        credits bigint NOT NULL,
        reached_at timestamptz NOT NULL,
        CONSTRAINT pk_level_ups PRIMARY KEY (player_id, level),
        CONSTRAINT ck_level_ups_level CHECK (level >= 1),
        CONSTRAINT ck_level_ups_revision CHECK (revision >= 0),
        CONSTRAINT ck_level_ups_credits CHECK (credits >= 0)
    )";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, &[LEVEL_MAX]).await?;
        ddl::create_table(manager, LEVEL_UPS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["level_ups"]).await?;
        ddl::run(manager, &["ALTER TABLE players DROP COLUMN level_max"]).await
    }
}
