//! Keys by which programs say who they are over HTTP: of a secret its hash, and nothing else of it.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const API_KEYS: &str = "
    CREATE TABLE api_keys (
        key_id uuid NOT NULL,
        prefix text NOT NULL,
        name text NOT NULL,
        role text NOT NULL,
        secret_hash text NOT NULL,
        previous_hash text,
        previous_until timestamptz,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz,
        CONSTRAINT pk_api_keys PRIMARY KEY (key_id),
        CONSTRAINT uq_api_keys_prefix UNIQUE (prefix),
        CONSTRAINT ck_api_keys_role CHECK (role IN ('viewer', 'operator', 'approver', 'admin')),
        CONSTRAINT ck_api_keys_secret_hash CHECK (length(secret_hash) = 64),
        CONSTRAINT ck_api_keys_previous CHECK (
            (previous_hash IS NULL) = (previous_until IS NULL)
        )
    )";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, API_KEYS).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["api_keys"]).await
    }
}
