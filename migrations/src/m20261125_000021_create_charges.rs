//! Charges: what players spend, at once or after a hold. What they come to is in the ledger.

use sea_orm::{ConnectionTrait, DbErr};
use sea_orm_migration::prelude::*;

use crate::ddl;

const CHARGES: &str = "
    CREATE TABLE charges (
        player_id uuid NOT NULL,
        charge_id uuid NOT NULL,
        origin text NOT NULL,
        amount bigint NOT NULL,
        settled bigint NOT NULL,
        refunded bigint NOT NULL,
        state text NOT NULL,
        expires_at timestamptz,
        memo text NOT NULL,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT pk_charges PRIMARY KEY (player_id, charge_id),
        CONSTRAINT ck_charges_origin CHECK (
            origin = 'hold'
            OR (origin = 'spend' AND state = 'settled' AND settled = amount AND expires_at IS NULL)
        ),
        CONSTRAINT ck_charges_amount CHECK (amount > 0),
        CONSTRAINT ck_charges_state CHECK (state IN ('held', 'settled', 'released', 'expired')),
        CONSTRAINT ck_charges_settled CHECK (
            settled <= amount AND settled >= 0 AND (state = 'settled') = (settled > 0)
        ),
        CONSTRAINT ck_charges_refunded CHECK (refunded >= 0 AND refunded <= settled)
    )";

/// Those that somebody may still have to decide about: few beside all that were decided.
const HELD: &str = "
    CREATE INDEX ix_charges_held ON charges (player_id, charge_id) WHERE state = 'held'";

/// What belongs to one charge, in a ledger of mostly awards.
const ENTRIES: &str = "
    CREATE INDEX ix_ledger_entries_charge
    ON ledger_entries (player_id, charge_id) WHERE charge_id IS NOT NULL";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, CHARGES).await?;
        for index in [HELD, ENTRIES] {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = "DROP INDEX ix_ledger_entries_charge";
        manager.get_connection().execute_unprepared(index).await?;
        ddl::drop_tables(manager, &["charges"]).await
    }
}
