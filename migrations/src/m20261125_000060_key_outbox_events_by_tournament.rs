//! Events of the outbox are keyed by what they happened to, as the history is: a key without the
//! tournament could not be kept on a database that shards by it.
//!
//! `event_id` stays what consumers know an event by; it is made of the two columns of the key.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::prelude::*;

use crate::ddl;

const COLUMNS: &str = "event_id, tournament_id, seq, event_type, payload, occurred_at";

fn table(key: &str) -> String {
    format!(
        "
    CREATE TABLE outbox_events (
        event_id uuid NOT NULL,
        tournament_id uuid NOT NULL,
        seq integer NOT NULL,
        event_type text NOT NULL,
        payload jsonb NOT NULL,
        occurred_at timestamptz NOT NULL,
        CONSTRAINT pk_outbox_events PRIMARY KEY ({key})
    )"
    )
}

async fn rekey(manager: &SchemaManager<'_>, key: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Sqlite {
        let kept = format!("{COLUMNS} FROM outbox_events_before");
        return ddl::rebuild_table(manager, "outbox_events", &table(key), (COLUMNS, &kept)).await;
    }
    let rekeyed = format!(
        "ALTER TABLE outbox_events DROP CONSTRAINT pk_outbox_events, \
         ADD CONSTRAINT pk_outbox_events PRIMARY KEY ({key})"
    );
    manager.get_connection().execute_unprepared(&rekeyed).await.map(drop)
}

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rekey(manager, "tournament_id, seq").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        rekey(manager, "event_id").await
    }
}
