//! Skills: the profile, the steps that it is the fold of, and what coaches say.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const SKILL_PROFILES: &str = "
    CREATE TABLE skill_profiles (
        player_id uuid NOT NULL,
        skills jsonb NOT NULL,
        seq bigint NOT NULL,
        CONSTRAINT pk_skill_profiles PRIMARY KEY (player_id),
        CONSTRAINT ck_skill_profiles_seq CHECK (seq >= 0)
    )";

const SKILL_STEPS: &str = "
    CREATE TABLE skill_steps (
        player_id uuid NOT NULL,
        seq bigint NOT NULL,
        tournament_id uuid NOT NULL,
        revision integer NOT NULL,
        changes jsonb NOT NULL,
        taken_at timestamptz NOT NULL,
        CONSTRAINT pk_skill_steps PRIMARY KEY (player_id, seq),
        CONSTRAINT uq_skill_steps_revision UNIQUE (player_id, tournament_id, revision)
    )";

const ASSESSMENTS: &str = "
    CREATE TABLE assessments (
        player_id uuid NOT NULL,
        assessment_id uuid NOT NULL,
        skill text NOT NULL,
        percentage integer NOT NULL,
        assessor text NOT NULL,
        assessed_at timestamptz NOT NULL,
        CONSTRAINT pk_assessments PRIMARY KEY (player_id, assessment_id),
        CONSTRAINT ck_assessments_percentage CHECK (percentage BETWEEN 0 AND 1000)
    )";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [SKILL_PROFILES, SKILL_STEPS, ASSESSMENTS] {
            ddl::create_table(manager, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["skill_profiles", "skill_steps", "assessments"]).await
    }
}
