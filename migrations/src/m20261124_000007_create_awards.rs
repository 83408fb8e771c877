//! Awards: the queue, the record and the guard of what each participant is owed.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const AWARDS: &str = "
    CREATE TABLE awards (
        tournament_id uuid NOT NULL,
        player_id uuid NOT NULL,
        revision integer NOT NULL,
        outcome text NOT NULL,
        placement integer,
        field_size integer NOT NULL,
        opponent_factor integer NOT NULL,
        match_modifier integer NOT NULL,
        wins integer NOT NULL,
        draws integer NOT NULL,
        losses integer NOT NULL,
        goals_for integer NOT NULL,
        goals_against integer NOT NULL,
        xp_base bigint NOT NULL,
        xp_bonus bigint NOT NULL,
        credits bigint NOT NULL,
        state text NOT NULL,
        failure text,
        applied_at timestamptz,
        CONSTRAINT pk_awards PRIMARY KEY (tournament_id, player_id),
        CONSTRAINT ck_awards_revision CHECK (revision >= 0),
        CONSTRAINT ck_awards_outcome CHECK (
            outcome IN ('placed', 'unplaced', 'absent', 'disqualified')
        ),
        CONSTRAINT ck_awards_placement CHECK (
            (outcome = 'placed') = (placement IS NOT NULL) AND COALESCE(placement, 1) >= 1
        ),
        CONSTRAINT ck_awards_field_size CHECK (field_size >= 0),
        CONSTRAINT ck_awards_record CHECK (
            wins >= 0 AND draws >= 0 AND losses >= 0 AND goals_for >= 0 AND goals_against >= 0
        ),
        CONSTRAINT ck_awards_amounts CHECK (xp_base >= 0 AND xp_bonus >= 0 AND credits >= 0),
        CONSTRAINT ck_awards_state CHECK (state IN ('pending', 'applied', 'failed')),
        CONSTRAINT ck_awards_failure CHECK ((state = 'failed') = (failure IS NOT NULL)),
        CONSTRAINT ck_awards_applied_at CHECK ((state = 'applied') = (applied_at IS NOT NULL))
    )";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, AWARDS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["awards"]).await
    }
}
