//! Badge rules that are held against the past: how far each has come, and through which step of
//! whose history.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const STANDING_RULES: &str = "
    CREATE TABLE standing_rules (
        rule_id uuid NOT NULL,
        document jsonb NOT NULL,
        state text NOT NULL,
        cursor_player_id uuid,
        players_total bigint NOT NULL,
        badges_total bigint NOT NULL,
        actor text NOT NULL,
        begun_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT pk_standing_rules PRIMARY KEY (rule_id),
        CONSTRAINT ck_standing_rules_state CHECK (state IN ('running', 'finished')),
        CONSTRAINT ck_standing_rules_totals CHECK (players_total >= 0 AND badges_total >= 0)
    )";

const RULE_REVIEWS: &str = "
    CREATE TABLE rule_reviews (
        player_id uuid NOT NULL,
        rule_id uuid NOT NULL,
        through_seq bigint NOT NULL,
        reviewed_at timestamptz NOT NULL,
        CONSTRAINT pk_rule_reviews PRIMARY KEY (player_id, rule_id),
        CONSTRAINT ck_rule_reviews_through_seq CHECK (through_seq >= 0)
    )";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [STANDING_RULES, RULE_REVIEWS] {
            ddl::create_table(manager, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["standing_rules", "rule_reviews"]).await
    }
}
