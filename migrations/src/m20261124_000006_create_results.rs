//! Results: how each participant ended.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const RESULTS: &str = "
    CREATE TABLE results (
        tournament_id uuid NOT NULL,
        player_id uuid NOT NULL,
        team text,
        outcome text NOT NULL,
        placement integer,
        wins integer NOT NULL,
        draws integer NOT NULL,
        losses integer NOT NULL,
        goals_for integer NOT NULL,
        goals_against integer NOT NULL,
        CONSTRAINT pk_results PRIMARY KEY (tournament_id, player_id),
        CONSTRAINT ck_results_outcome CHECK (
            outcome IN ('placed', 'unplaced', 'absent', 'disqualified')
        ),
        CONSTRAINT ck_results_placement CHECK (
            (outcome = 'placed') = (placement IS NOT NULL) AND COALESCE(placement, 1) >= 1
        ),
        CONSTRAINT ck_results_record CHECK (
            wins >= 0 AND draws >= 0 AND losses >= 0 AND goals_for >= 0 AND goals_against >= 0
        )
    )";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, RESULTS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["results"]).await
    }
}
