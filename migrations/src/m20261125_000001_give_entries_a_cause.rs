//! Entries say why they exist, and players can owe: what a ledger needs besides awards.
//!
//! Every row stays. Going back refuses, with nothing changed, once there is what the older schema
//! cannot hold: a debt, an overdrawn account, or an entry of anything but an award.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::prelude::*;

use crate::{ddl, m20261124_000002_create_accounts as before};

const ACCOUNTS: &str = "
    CREATE TABLE accounts (
        player_id uuid NOT NULL,
        currency text NOT NULL,
        balance bigint NOT NULL,
        seq bigint NOT NULL,
        CONSTRAINT pk_accounts PRIMARY KEY (player_id, currency),
        CONSTRAINT ck_accounts_currency CHECK (currency IN ('XP', 'CREDIT', 'DEBT')),
        CONSTRAINT ck_accounts_balance CHECK (balance >= 0 OR currency = 'CREDIT'),
        CONSTRAINT ck_accounts_seq CHECK (seq >= 0)
    )";

const LEDGER_ENTRIES: &str = "
    CREATE TABLE ledger_entries (
        player_id uuid NOT NULL,
        currency text NOT NULL,
        seq bigint NOT NULL,
        amount bigint NOT NULL,
        balance_after bigint NOT NULL,
        cause text NOT NULL,
        tournament_id uuid,
        revision integer,
        level integer,
        charge_id uuid,
        refund_id uuid,
        idempotency_key text NOT NULL,
        recorded_at timestamptz NOT NULL,
        CONSTRAINT pk_ledger_entries PRIMARY KEY (player_id, currency, seq),
        CONSTRAINT uq_ledger_entries_idempotency_key UNIQUE (player_id, idempotency_key),
        CONSTRAINT ck_ledger_entries_amount CHECK (amount <> 0),
        CONSTRAINT ck_ledger_entries_balance_after CHECK (
            balance_after >= 0 OR (currency = 'CREDIT' AND (amount > 0 OR cause = 'correction'))
        ),
        CONSTRAINT ck_ledger_entries_cause CHECK (
            (cause IN ('award', 'correction') AND tournament_id IS NOT NULL
                AND revision IS NOT NULL AND revision >= 0
                AND (cause = 'award') = (revision = 0)
                AND level IS NULL AND charge_id IS NULL AND refund_id IS NULL)
            OR (cause = 'level_up' AND tournament_id IS NOT NULL
                AND level IS NOT NULL AND level >= 0
                AND revision IS NULL AND charge_id IS NULL AND refund_id IS NULL)
            OR (cause IN ('spend', 'hold', 'settle', 'release', 'expire', 'refund')
                AND charge_id IS NOT NULL AND (cause = 'refund') = (refund_id IS NOT NULL)
                AND tournament_id IS NULL AND revision IS NULL AND level IS NULL)
        )
    )";

/// What PostgreSQL changes in place. The digits at the end of a key are its revision, which is 0 for
/// every entry that a distribution has posted so far.
const POSTGRES_UP: &str = r"
    ALTER TABLE accounts
        DROP CONSTRAINT ck_accounts_currency,
        DROP CONSTRAINT ck_accounts_balance,
        ADD CONSTRAINT ck_accounts_currency CHECK (currency IN ('XP', 'CREDIT', 'DEBT')),
        ADD CONSTRAINT ck_accounts_balance CHECK (balance >= 0 OR currency = 'CREDIT');
    ALTER TABLE ledger_entries
        ADD COLUMN cause text NOT NULL DEFAULT 'award',
        ALTER COLUMN tournament_id DROP NOT NULL,
        ADD COLUMN revision integer DEFAULT 0,
        ADD COLUMN level integer,
        ADD COLUMN charge_id uuid,
        ADD COLUMN refund_id uuid;
    ALTER TABLE ledger_entries
        ALTER COLUMN cause DROP DEFAULT,
        ALTER COLUMN revision DROP DEFAULT;
    UPDATE ledger_entries
        SET cause = 'correction',
            revision = CAST(substring(idempotency_key FROM ':([0-9]{1,9})$') AS integer)
        WHERE idempotency_key ~ ':[1-9][0-9]{0,8}$';";

/// What takes part of an entry's cause away must not leave an entry that says something else.
const POSTGRES_DOWN: &str = "
    UPDATE ledger_entries SET tournament_id = NULL WHERE cause NOT IN ('award', 'correction');
    ALTER TABLE ledger_entries
        DROP CONSTRAINT ck_ledger_entries_balance_after,
        DROP COLUMN cause,
        DROP COLUMN revision,
        DROP COLUMN level,
        DROP COLUMN charge_id,
        DROP COLUMN refund_id,
        ALTER COLUMN tournament_id SET NOT NULL,
        ADD CONSTRAINT ck_ledger_entries_balance_after CHECK (balance_after >= 0);
    ALTER TABLE accounts
        DROP CONSTRAINT ck_accounts_currency,
        DROP CONSTRAINT ck_accounts_balance,
        ADD CONSTRAINT ck_accounts_currency CHECK (currency IN ('XP', 'CREDIT')),
        ADD CONSTRAINT ck_accounts_balance CHECK (balance >= 0);";

const ACCOUNT_COLUMNS: &str = "player_id, currency, balance, seq";

/// The columns of an entry and what fills them. `CAST` reads no digits as 0.
const ENTRIES_UP: (&str, &str) = (
    "player_id, currency, seq, amount, balance_after, tournament_id, idempotency_key, recorded_at, \
     cause, revision",
    "player_id, currency, seq, amount, balance_after, tournament_id, idempotency_key, recorded_at, \
     CASE WHEN revision > 0 THEN 'correction' ELSE 'award' END, revision \
     FROM (SELECT *, CAST(substr(idempotency_key, \
     length(rtrim(idempotency_key, '0123456789')) + 1) AS integer) AS revision \
     FROM ledger_entries_before)",
);
const ENTRIES_DOWN: (&str, &str) = (
    "player_id, currency, seq, amount, balance_after, tournament_id, idempotency_key, recorded_at",
    "player_id, currency, seq, amount, balance_after, \
     CASE WHEN cause IN ('award', 'correction') THEN tournament_id END, \
     idempotency_key, recorded_at FROM ledger_entries_before",
);

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            return in_sqlite(manager, [ACCOUNTS, LEDGER_ENTRIES], ENTRIES_UP).await;
        }
        let connection = manager.get_connection();
        connection.execute_unprepared(POSTGRES_UP).await?;
        let checks = ["ck_ledger_entries_balance_after", "ck_ledger_entries_cause"];
        for name in checks {
            let text = format!(
                "ALTER TABLE ledger_entries DROP CONSTRAINT IF EXISTS {name}, ADD {}",
                ddl::constraint(LEDGER_ENTRIES, name)
            );
            connection.execute_unprepared(&text).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            let tables = [before::ACCOUNTS, before::LEDGER_ENTRIES];
            return in_sqlite(manager, tables, ENTRIES_DOWN).await;
        }
        manager.get_connection().execute_unprepared(POSTGRES_DOWN).await.map(drop)
    }
}

/// SQLite changes no check of a table: the rows move to a new one.
async fn in_sqlite(
    manager: &SchemaManager<'_>,
    [accounts, entries]: [&str; 2],
    (columns, source): (&str, &str),
) -> Result<(), DbErr> {
    let from_accounts = format!("{ACCOUNT_COLUMNS} FROM accounts_before");
    ddl::rebuild_table(manager, "accounts", accounts, (ACCOUNT_COLUMNS, &from_accounts)).await?;
    ddl::rebuild_table(manager, "ledger_entries", entries, (columns, source)).await
}
