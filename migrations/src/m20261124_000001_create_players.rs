//! Players: who can be paid, where their skills start, and the row that their lock is.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const PLAYERS: &str = "
    CREATE TABLE players (
        player_id uuid NOT NULL,
        key text NOT NULL,
        name text NOT NULL,
        baseline_level integer NOT NULL,
        baseline_by_skill jsonb,
        tournaments integer NOT NULL,
        win_streak integer NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_players PRIMARY KEY (player_id),
        CONSTRAINT ck_players_baseline_level CHECK (baseline_level BETWEEN 0 AND 1000),
        CONSTRAINT ck_players_tournaments CHECK (tournaments >= 0),
        CONSTRAINT ck_players_win_streak CHECK (win_streak >= 0)
    )";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, PLAYERS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["players"]).await
    }
}
