//! A PostgreSQL database behind a pooler, for the suites and for the cases here.

use std::sync::{Arc, LazyLock};

use async_trait::async_trait;
use conformance::{Fault, Harness, Trail};
use domain::TournamentId;
use ports::spi::Store;
use sea_orm_adapter::{ConnectOptions, Pooler, SeaOrmStore};
use test_databases::{
    CommitProxy, Cut, PostgresDatabase, TransactionPooler, blank_postgres, fresh_postgres,
};

use crate::second_door;

/// As operators are told to configure it.
static USUAL: LazyLock<TransactionPooler> = LazyLock::new(|| TransactionPooler::start(20, ""));
/// With fewer sessions than callers: each of them gets whichever session is free.
static CROWDED: LazyLock<TransactionPooler> = LazyLock::new(|| TransactionPooler::start(4, ""));

/// A database that is reached through a pooler, and past it.
pub(crate) struct Pooled {
    /// Past the pooler.
    pub(crate) direct: SeaOrmStore,
    /// The address behind the pooler.
    pub(crate) url: String,
    database: PostgresDatabase,
}

impl Pooled {
    /// A database with its schema in place, behind `pooler`.
    pub(crate) async fn behind(pooler: &TransactionPooler) -> Self {
        Self::of(fresh_postgres().await, pooler).await
    }

    /// A database without a schema, behind a pooler with four sessions.
    pub(crate) async fn blank() -> Self {
        Self::of(blank_postgres().await, &CROWDED).await
    }

    /// A database with its schema in place, behind a pooler with four sessions.
    pub(crate) async fn crowded() -> Self {
        Self::behind(&CROWDED).await
    }

    async fn of(database: PostgresDatabase, pooler: &TransactionPooler) -> Self {
        let direct = SeaOrmStore::connect(database.url()).await.unwrap();
        Self { direct, url: pooler.url_of(database.url()), database }
    }

    /// How to get at it.
    pub(crate) fn options(&self) -> ConnectOptions {
        ConnectOptions { pooler: Pooler::Transaction, ..ConnectOptions::new(&self.url) }
    }

    /// A store behind the pooler.
    pub(crate) async fn store(&self) -> SeaOrmStore {
        SeaOrmStore::connect_with(&self.options()).await.unwrap()
    }

    /// The address past the pooler.
    pub(crate) fn past(&self) -> String {
        self.database.url().to_owned()
    }
}

/// The store behind the usual pooler.
pub(crate) struct PooledHarness {
    store: SeaOrmStore,
    pooled: Pooled,
}

/// The store behind a pooler with four sessions, where eight callers race.
pub(crate) struct CrowdedHarness(PooledHarness);

impl PooledHarness {
    async fn of(pooled: Pooled) -> Self {
        Self { store: pooled.store().await, pooled }
    }
}

#[async_trait]
impl Harness for PooledHarness {
    async fn fresh() -> Self {
        Self::of(Pooled::behind(&USUAL).await).await
    }

    fn store(&self) -> Arc<dyn Store> {
        Arc::new(self.store.clone())
    }

    async fn plant(&self, fault: Fault) {
        second_door::plant(&self.pooled.direct, fault).await;
    }

    async fn trail(&self, tournament: TournamentId) -> Option<Trail> {
        Some(second_door::trail(&self.pooled.direct, tournament).await)
    }

    async fn unanswering(&self) -> Option<Arc<dyn Store>> {
        let proxy = CommitProxy::to(&self.pooled.url).await;
        proxy.cut_every(Cut::BeforeTheClientHears);
        let options = ConnectOptions { url: proxy.url().to_owned(), ..self.pooled.options() };
        Some(Arc::new(SeaOrmStore::connect_with(&options).await.unwrap()))
    }
}

#[async_trait]
impl Harness for CrowdedHarness {
    async fn fresh() -> Self {
        Self(PooledHarness::of(Pooled::crowded().await).await)
    }

    fn store(&self) -> Arc<dyn Store> {
        self.0.store()
    }

    async fn plant(&self, fault: Fault) {
        self.0.plant(fault).await;
    }
}
