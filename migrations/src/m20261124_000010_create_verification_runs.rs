//! Verifications: what each run found, as JSON that the database keeps as it is.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const VERIFICATION_RUNS: &str = "
    CREATE TABLE verification_runs (
        run_id uuid NOT NULL,
        started_at timestamptz NOT NULL,
        outcome text NOT NULL,
        report text NOT NULL,
        CONSTRAINT pk_verification_runs PRIMARY KEY (run_id),
        CONSTRAINT ck_verification_runs_outcome CHECK (
            outcome IN ('held', 'unchecked', 'violated')
        )
    )";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, VERIFICATION_RUNS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["verification_runs"]).await
    }
}
