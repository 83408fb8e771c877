//! Tournaments: the root of every lock, and the history of each.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const TOURNAMENTS: &str = "
    CREATE TABLE tournaments (
        tournament_id uuid NOT NULL,
        key text NOT NULL,
        name text NOT NULL,
        status text NOT NULL,
        policy jsonb NOT NULL,
        revision integer NOT NULL,
        change_seq integer NOT NULL,
        results_hash text,
        field_size integer NOT NULL,
        plan_hash text,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_tournaments PRIMARY KEY (tournament_id),
        CONSTRAINT ck_tournaments_status CHECK (status IN (
            'scheduled', 'in_progress', 'completed', 'rewards_distributed', 'archived',
            'cancelled'
        )),
        CONSTRAINT ck_tournaments_revision CHECK (revision >= 0),
        CONSTRAINT ck_tournaments_change_seq CHECK (change_seq >= 0),
        CONSTRAINT ck_tournaments_field_size CHECK (field_size >= 0)
    )";

const TOURNAMENT_CHANGES: &str = "
    CREATE TABLE tournament_changes (
        tournament_id uuid NOT NULL,
        seq integer NOT NULL,
        event text NOT NULL,
        from_status text NOT NULL,
        to_status text NOT NULL,
        actor text NOT NULL,
        occurred_at timestamptz NOT NULL,
        CONSTRAINT pk_tournament_changes PRIMARY KEY (tournament_id, seq),
        CONSTRAINT ck_tournament_changes_seq CHECK (seq >= 1)
    )";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, TOURNAMENTS).await?;
        ddl::create_table(manager, TOURNAMENT_CHANGES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["tournaments", "tournament_changes"]).await
    }
}
