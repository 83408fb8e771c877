//! What processes saw of their locks: distributions, as JSON that the database keeps as it is.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::prelude::*;

use crate::ddl;

const LOCK_OBSERVATIONS: &str = "
    CREATE TABLE lock_observations (
        observation_id uuid NOT NULL,
        observed_at timestamptz NOT NULL,
        document text NOT NULL,
        CONSTRAINT pk_lock_observations PRIMARY KEY (observation_id)
    )";

/// What is old is removed often. SQLite compares times without the letter at their end: see the
/// adapter's dialect.
fn by_age(backend: DbBackend) -> String {
    let moment = match backend {
        DbBackend::Sqlite => "rtrim(observed_at, 'Z')",
        _ => "observed_at",
    };
    format!("CREATE INDEX ix_lock_observations_age ON lock_observations ({moment})")
}

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, LOCK_OBSERVATIONS).await?;
        let by_age = by_age(manager.get_database_backend());
        manager.get_connection().execute_unprepared(&by_age).await.map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["lock_observations"]).await
    }
}
