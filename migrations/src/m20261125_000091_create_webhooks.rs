//! Webhooks, and what is delivered to each.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

/// Types and secrets are JSON: whoever reads one of them reads all of the row.
const WEBHOOKS: &str = "
    CREATE TABLE webhooks (
        webhook_id uuid NOT NULL,
        version bigint NOT NULL,
        url text NOT NULL,
        description text NOT NULL,
        event_types text NOT NULL,
        secrets text NOT NULL,
        state text NOT NULL,
        feed_position bigint NOT NULL,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT pk_webhooks PRIMARY KEY (webhook_id),
        CONSTRAINT ck_webhooks_state CHECK (state IN ('active', 'paused', 'gone')),
        CONSTRAINT ck_webhooks_feed_position CHECK (feed_position >= 0)
    )";

/// `due_at` of a claimed delivery is when the claim is over.
const DELIVERIES: &str = "
    CREATE TABLE deliveries (
        webhook_id uuid NOT NULL,
        feed_position bigint NOT NULL,
        state text NOT NULL,
        attempts integer NOT NULL,
        due_at timestamptz NOT NULL,
        claim_id uuid,
        created_at timestamptz NOT NULL,
        tried_at timestamptz,
        status integer,
        error text NOT NULL,
        CONSTRAINT pk_deliveries PRIMARY KEY (webhook_id, feed_position),
        CONSTRAINT ck_deliveries_state CHECK (state IN ('pending', 'delivered', 'dead')),
        CONSTRAINT ck_deliveries_attempts CHECK (attempts >= 0)
    )";

const DUE: &str =
    "CREATE INDEX ix_deliveries_due ON deliveries (webhook_id, due_at) WHERE state = 'pending'";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, WEBHOOKS).await?;
        ddl::create_table(manager, DELIVERIES).await?;
        ddl::run(manager, &[DUE]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["webhooks", "deliveries"]).await
    }
}
