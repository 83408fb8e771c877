//! The timetable: tournaments that are to be finalized at a time, and what was due and is taken on.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::prelude::*;

use crate::ddl;

const APPOINTMENTS: &str = "
    CREATE TABLE appointments (
        tournament_id uuid NOT NULL,
        finalize_at timestamptz NOT NULL,
        actor text NOT NULL,
        CONSTRAINT pk_appointments PRIMARY KEY (tournament_id)
    )";

const TURNS: &str = "
    CREATE TABLE turns (
        task text NOT NULL,
        due_at timestamptz NOT NULL,
        CONSTRAINT pk_turns PRIMARY KEY (task, due_at)
    )";

/// Whoever looks for what is due looks often. SQLite compares times without the letter at their end:
/// see the adapter's dialect.
fn by_time(backend: DbBackend) -> String {
    let moment = match backend {
        DbBackend::Sqlite => "rtrim(finalize_at, 'Z')",
        _ => "finalize_at",
    };
    format!("CREATE INDEX ix_appointments_time ON appointments ({moment}, tournament_id)")
}

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, APPOINTMENTS).await?;
        ddl::create_table(manager, TURNS).await?;
        let by_time = by_time(manager.get_database_backend());
        manager.get_connection().execute_unprepared(&by_time).await.map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["turns", "appointments"]).await
    }
}
