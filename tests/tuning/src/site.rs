//! A server of a candidate's own, with all players in a database, and what happens there.

use std::{path::Path, sync::Arc};

use app_service::{Distribution, Guerdon, domain::TournamentId};
use postgres_keeper::{ACCOUNT_VARIABLE, Keeper, PROGRAMS_VARIABLE};
use races::Arena;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use sea_orm_adapter::{ConnectOptions, Pooler, SeaOrmStore};
use test_databases::TransactionPooler;

use crate::{Failure, candidates::Candidate, figures::Sample, stopwatch::Stopwatch};

/// As PostgreSQL comes, but for who may connect.
const USUAL: &str = "listen_addresses = '127.0.0.1'\n";

/// Where one candidate is measured.
pub(crate) struct Site {
    arena: Arena,
    /// Past Guerdon and the pooler.
    aside: DatabaseConnection,
    url: String,
    _pooler: Option<TransactionPooler>,
    _keeper: Keeper,
}

impl Site {
    /// Starts the server and registers so many players.
    pub(crate) async fn prepare(candidate: Candidate, players: u32) -> Result<Self, Failure> {
        let (keeper, url) = server(candidate.server)?;
        let aside = sea_orm::Database::connect(&url).await?;
        migrations::up(&aside).await?;
        aside.execute_unprepared(candidate.tables).await?;
        let pooler = candidate.pooled.then(|| TransactionPooler::before(&url, 20, ""));
        let behind = pooler.as_ref().map_or_else(|| url.clone(), |it| it.url_of(&url));
        let between = if candidate.pooled { Pooler::Transaction } else { Pooler::None };
        let options = ConnectOptions { pooler: between, ..ConnectOptions::new(behind) };
        let store = SeaOrmStore::connect_with(&options).await?;
        let arena = Arena::of(Guerdon::new(Arc::new(store)), players as usize).await;
        let site = Self { arena, aside, url, _pooler: pooler, _keeper: keeper };
        site.say("VACUUM ANALYZE").await?;
        Ok(site)
    }

    /// Another way to the same players, with so many connections.
    pub(crate) async fn with_connections(&self, connections_max: u32) -> Result<Guerdon, Failure> {
        let options = ConnectOptions { connections_max, ..ConnectOptions::new(&self.url) };
        let store = SeaOrmStore::connect_with(&options).await?;
        Ok(Guerdon::new(Arc::new(store)))
    }

    /// A tournament of the players from the `from`th on, in an order that its name draws.
    pub(crate) async fn announce(&self, name: &str, from: usize, size: usize) -> TournamentId {
        let mut players = self.arena.players[from..from + size].to_vec();
        let seed = name.bytes().fold(7, |seed, it| u64::from(it) + seed * 31);
        fastrand::Rng::with_seed(seed).shuffle(&mut players);
        self.arena.tournament(name, &players).await
    }

    /// Pays tournaments one after the other.
    pub(crate) async fn pay(&self, cups: &[TournamentId]) -> Result<Sample, Failure> {
        let before = self.wal_bytes().await?;
        let stopwatch = Stopwatch::start();
        for cup in cups {
            whole(&self.arena.clone().finalize(*cup).await?)?;
        }
        let seconds = stopwatch.seconds();
        Ok(Sample { seconds, wal_bytes: self.wal_bytes().await? - before })
    }

    /// Something for the server itself.
    pub(crate) async fn say(&self, sql: &str) -> Result<(), Failure> {
        self.aside.execute_unprepared(sql).await?;
        Ok(())
    }

    async fn wal_bytes(&self) -> Result<i64, Failure> {
        let sql = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS bytes";
        let statement = Statement::from_string(self.aside.get_database_backend(), sql);
        let row = self.aside.query_one_raw(statement).await?;
        Ok(row.ok_or("a server without a log")?.try_get("", "bytes")?)
    }
}

/// A measurement of half a tournament is none.
pub(crate) fn whole(paid: &Distribution) -> Result<(), Failure> {
    if paid.is_complete() {
        Ok(())
    } else {
        Err(format!("not everybody was paid: {paid:?}").into())
    }
}

fn server(settings: &str) -> Result<(Keeper, String), Failure> {
    let programs = std::env::var_os(PROGRAMS_VARIABLE);
    let programs = programs.ok_or("run `cargo xtask tune`, which finds PostgreSQL")?;
    let account = std::env::var(ACCOUNT_VARIABLE).ok();
    let settings = format!("{USUAL}{settings}");
    let mut keeper = Keeper::new(Path::new(&programs), &settings, account.as_deref())?;
    let port = keeper.start()?;
    Ok((keeper, format!("postgres://guerdon@127.0.0.1:{port}/postgres")))
}
