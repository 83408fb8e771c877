//! The outbox: what happened, written where it happened, for whoever publishes it.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const OUTBOX_EVENTS: &str = "
    CREATE TABLE outbox_events (
        event_id uuid NOT NULL,
        tournament_id uuid NOT NULL,
        seq integer NOT NULL,
        event_type text NOT NULL,
        payload jsonb NOT NULL,
        occurred_at timestamptz NOT NULL,
        CONSTRAINT pk_outbox_events PRIMARY KEY (event_id)
    )";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, OUTBOX_EVENTS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["outbox_events"]).await
    }
}
