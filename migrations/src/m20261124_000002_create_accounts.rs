//! Accounts and the ledger behind them: entry n+1 can exist once, so that no update is lost.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

pub(crate) const ACCOUNTS: &str = "
    CREATE TABLE accounts (
        player_id uuid NOT NULL,
        currency text NOT NULL,
        balance bigint NOT NULL,
        seq bigint NOT NULL,
        CONSTRAINT pk_accounts PRIMARY KEY (player_id, currency),
        CONSTRAINT ck_accounts_currency CHECK (currency IN ('XP', 'CREDIT')),
        CONSTRAINT ck_accounts_balance CHECK (balance >= 0),
        CONSTRAINT ck_accounts_seq CHECK (seq >= 0)
    )";

pub(crate) const LEDGER_ENTRIES: &str = "
    CREATE TABLE ledger_entries (
        player_id uuid NOT NULL,
        currency text NOT NULL,
        seq bigint NOT NULL,
        amount bigint NOT NULL,
        balance_after bigint NOT NULL,
        tournament_id uuid NOT NULL,
        idempotency_key text NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT pk_ledger_entries PRIMARY KEY (player_id, currency, seq),
        CONSTRAINT uq_ledger_entries_idempotency_key UNIQUE (player_id, idempotency_key),
        CONSTRAINT ck_ledger_entries_amount CHECK (amount <> 0),
        CONSTRAINT ck_ledger_entries_balance_after CHECK (balance_after >= 0)
    )";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, ACCOUNTS).await?;
        ddl::create_table(manager, LEDGER_ENTRIES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["accounts", "ledger_entries"]).await
    }
}
