//! The databases that the cup is paid in: prepared once, copied for each run, and read whole.

use sea_orm_adapter::SeaOrmStore;
use test_databases::{
    PostgresDatabase, SqliteDatabase, blank_sqlite, count, dump, fresh_postgres, tables,
};

use crate::cup::Cup;

/// What chance and the clock make of a row. The payload of an event has its time in it, and nothing
/// else that is not in the history.
const DIFFERENT_EACH_TIME: [&str; 13] = [
    "applied_at",
    "assessed_at",
    "begun_at",
    "changed_at",
    "created_at",
    "earned_at",
    "event_id",
    "occurred_at",
    "payload",
    "recorded_at",
    "reviewed_at",
    "revoked_at",
    "taken_at",
];

/// What a command writes down about itself: each run of it does.
const LOGBOOK: [&str; 2] = ["lock_observations", "verification_runs"];

/// Awards that say one thing where the ledger says another.
const HALVES: &str = "SELECT count(*) AS count FROM awards a WHERE (a.state = 'applied') <> \
                      EXISTS (SELECT 1 FROM ledger_entries e WHERE e.player_id = a.player_id \
                      AND e.tournament_id = a.tournament_id)";

/// Awards that a frozen plan still owes.
const OWED: &str = "SELECT count(*) AS count FROM awards WHERE state = 'pending'";

/// Rules that have not judged everybody yet.
const RUNNING: &str = "SELECT count(*) AS count FROM standing_rules WHERE state = 'running'";

/// A database with the cup imported.
pub(crate) struct Prepared {
    pub(crate) name: &'static str,
    pub(crate) cup: Cup,
    database: AnyDatabase,
}

/// A database of either kind.
pub(crate) enum AnyDatabase {
    Sqlite(SqliteDatabase),
    Postgres(PostgresDatabase),
}

impl Prepared {
    pub(crate) fn on_sqlite(cup: Cup) -> Self {
        let database = blank_sqlite();
        cup.import(database.url());
        Self { name: "SQLite", cup, database: AnyDatabase::Sqlite(database) }
    }

    pub(crate) async fn on_postgres(cup: Cup) -> Self {
        let database = fresh_postgres().await;
        cup.import(database.url());
        Self { name: "PostgreSQL", cup, database: AnyDatabase::Postgres(database) }
    }

    /// The same with everybody paid.
    pub(crate) fn paid(self) -> Self {
        self.cup.pay(self.database.url());
        self
    }

    pub(crate) async fn copied(&self) -> AnyDatabase {
        match &self.database {
            AnyDatabase::Sqlite(it) => AnyDatabase::Sqlite(it.copied()),
            AnyDatabase::Postgres(it) => AnyDatabase::Postgres(it.copied().await),
        }
    }
}

impl AnyDatabase {
    pub(crate) fn url(&self) -> &str {
        match self {
            Self::Sqlite(it) => it.url(),
            Self::Postgres(it) => it.url(),
        }
    }
}

/// All that is stored of tournaments and players, but for what is different each time.
pub(crate) async fn contents(url: &str) -> String {
    let store = open(url).await;
    let tables = tables(store.connection()).await;
    let tables = tables.iter().map(String::as_str).filter(|it| !LOGBOOK.contains(it));
    let tables: Vec<_> = tables.collect();
    let text = dump(store.connection(), &tables, &DIFFERENT_EACH_TIME).await;
    close(&store).await;
    text
}

/// Awards that are paid and do not say so, or say so and are not.
pub(crate) async fn paid_by_halves(url: &str) -> i64 {
    counted(url, HALVES).await
}

/// Whether somebody is still to be paid.
pub(crate) async fn owes(url: &str) -> bool {
    counted(url, OWED).await > 0
}

/// Whether a rule has judged some, and not all.
pub(crate) async fn backfills(url: &str) -> bool {
    counted(url, RUNNING).await > 0
}

async fn counted(url: &str, sql: &str) -> i64 {
    let store = open(url).await;
    let counted = count(store.connection(), sql).await;
    close(&store).await;
    counted
}

async fn open(url: &str) -> SeaOrmStore {
    SeaOrmStore::connect(url).await.expect("the database opens")
}

async fn close(store: &SeaOrmStore) {
    store.connection().close_by_ref().await.expect("the database closes");
}
