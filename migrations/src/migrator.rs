//! Applies migrations, one process at a time.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{MigrationStatus, MigrationTrait, MigratorTrait};

use crate::{
    m20261124_000001_create_players, m20261124_000002_create_accounts,
    m20261124_000003_create_badges, m20261124_000004_create_skills,
    m20261124_000005_create_tournaments, m20261124_000006_create_results,
    m20261124_000007_create_awards, m20261124_000008_create_outbox_events,
    m20261124_000009_index_owed_awards, m20261124_000010_create_verification_runs,
    m20261124_000011_create_lock_observations, m20261125_000001_give_entries_a_cause,
    m20261125_000012_say_what_awards_have_paid, m20261125_000013_keep_histories,
    m20261125_000014_revoke_badges, m20261125_000015_keep_members_of_teams,
    m20261125_000021_create_charges, m20261125_000030_count_levels,
    m20261125_000031_create_standing_rules, m20261125_000040_keep_measured_values,
    m20261125_000060_key_outbox_events_by_tournament, m20261125_000070_create_requests,
    m20261125_000080_create_api_keys, m20261125_000090_tell_what_happens_to_players,
    m20261125_000091_create_webhooks, m20261125_000100_create_timetable,
};

/// Names the advisory lock that migrators take: `guerdon` in ASCII.
const LOCK: i64 = 0x0067_7565_7264_6f6e;

/// Where a migrator's transactions begin: in a pool, or in somebody's hands who has something to say
/// at the start of each.
pub trait Begin: Sync {
    /// Begins a transaction.
    fn begin(
        &self,
        options: TransactionOptions,
    ) -> impl Future<Output = Result<DatabaseTransaction, DbErr>> + Send;
}

impl Begin for DatabaseConnection {
    async fn begin(&self, options: TransactionOptions) -> Result<DatabaseTransaction, DbErr> {
        self.begin_with_options(options).await
    }
}

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261124_000001_create_players::Migration),
            Box::new(m20261124_000002_create_accounts::Migration),
            Box::new(m20261124_000003_create_badges::Migration),
            Box::new(m20261124_000004_create_skills::Migration),
            Box::new(m20261124_000005_create_tournaments::Migration),
            Box::new(m20261124_000006_create_results::Migration),
            Box::new(m20261124_000007_create_awards::Migration),
            Box::new(m20261124_000008_create_outbox_events::Migration),
            Box::new(m20261124_000009_index_owed_awards::Migration),
            Box::new(m20261124_000010_create_verification_runs::Migration),
            Box::new(m20261124_000011_create_lock_observations::Migration),
            Box::new(m20261125_000001_give_entries_a_cause::Migration),
            Box::new(m20261125_000012_say_what_awards_have_paid::Migration),
            Box::new(m20261125_000013_keep_histories::Migration),
            Box::new(m20261125_000014_revoke_badges::Migration),
            Box::new(m20261125_000015_keep_members_of_teams::Migration),
            Box::new(m20261125_000021_create_charges::Migration),
            Box::new(m20261125_000030_count_levels::Migration),
            Box::new(m20261125_000031_create_standing_rules::Migration),
            Box::new(m20261125_000040_keep_measured_values::Migration),
            Box::new(m20261125_000060_key_outbox_events_by_tournament::Migration),
            Box::new(m20261125_000070_create_requests::Migration),
            Box::new(m20261125_000080_create_api_keys::Migration),
            Box::new(m20261125_000090_tell_what_happens_to_players::Migration),
            Box::new(m20261125_000091_create_webhooks::Migration),
            Box::new(m20261125_000100_create_timetable::Migration),
        ]
    }
}

/// Applies everything that is pending, all of it or nothing. Others who do the same wait, and then
/// find nothing to do.
pub async fn up(db: &impl Begin) -> Result<(), DbErr> {
    let transaction = begin_alone(db).await?;
    Migrator::up(&transaction, None).await?;
    transaction.commit().await
}

/// Takes back the last `steps` migrations, or every one, with the data in their tables.
pub async fn down(db: &impl Begin, steps: Option<u32>) -> Result<(), DbErr> {
    let transaction = begin_alone(db).await?;
    Migrator::down(&transaction, steps).await?;
    transaction.commit().await
}

/// Drops every table of the database, Guerdon's or not, and applies every migration.
pub async fn fresh(db: &impl Begin) -> Result<(), DbErr> {
    let transaction = begin_alone(db).await?;
    Migrator::fresh(&transaction).await?;
    transaction.commit().await
}

/// Every migration in order, by name, and whether it is applied. Writes nothing.
pub async fn status(db: &impl Begin) -> Result<Vec<(String, bool)>, DbErr> {
    let transaction = db.begin(TransactionOptions::default()).await?;
    let migrations = Migrator::get_migration_with_status_read_only(&transaction).await?;
    transaction.rollback().await?;
    let status = |it: &sea_orm_migration::Migration| {
        (it.name().to_owned(), it.status() == MigrationStatus::Applied)
    };
    Ok(migrations.iter().map(status).collect())
}

/// How many migrations are not applied yet. Writes nothing.
pub async fn pending(db: &impl Begin) -> Result<usize, DbErr> {
    Ok(status(db).await?.iter().filter(|(_, applied)| !applied).count())
}

/// Begins a transaction beside which no other migrator can have one.
///
/// `CREATE TABLE IF NOT EXISTS` alone is no guard: two of them at once collide in PostgreSQL's
/// catalogue. Whoever waits here may wait for a long migration, and a migration may take long, so no
/// timeout applies. The lock is one of the transaction, not of its session: a pooler may stand
/// between, which hands sessions on.
async fn begin_alone(db: &impl Begin) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = db.begin(options).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        let lock = format!(
            "SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; \
             SELECT pg_advisory_xact_lock({LOCK})"
        );
        transaction.execute_unprepared(&lock).await?;
    }
    Ok(transaction)
}
