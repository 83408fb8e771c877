//! What goes over the wire for one tournament, counted and not timed.

use std::time::Duration;

use sea_orm::ConnectionTrait;
use sea_orm_adapter::ConnectOptions;
use serde::{Deserialize, Serialize};

use crate::{Failure, floor::Floor, ground::Ground, payer::Payer, tap::Tap};

/// What one tournament says to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Traffic {
    pub(crate) statements: u64,
    pub(crate) round_trips: u64,
    pub(crate) commits: u64,
}

/// The same tournament, by hand and by Guerdon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Compared {
    pub(crate) participants: u32,
    pub(crate) floor: Traffic,
    pub(crate) guerdon: Traffic,
}

/// Both, each with a single connection, which is tapped.
pub(crate) struct Tapped<'a> {
    ground: &'a Ground,
    tap: Tap,
    pub(crate) payer: Payer,
    floor: Floor,
    /// Commits that it takes to ask how many there were.
    asking: u64,
}

/// A tournament of several chunks.
const CHUNKS: u32 = 3_000;

/// Makes a session tell how much it has committed, instead of once in a while.
const TELL: &str = "SELECT pg_stat_force_next_flush()";

/// A session that has nothing to do has told by then.
const TOLD: Duration = Duration::from_secs(11);

impl<'a> Tapped<'a> {
    /// Taps for the case `name`, and pays until every statement has been prepared. Nobody else
    /// commits meanwhile: no autovacuum, until [`close`](Self::close).
    pub(crate) async fn beside(ground: &'a Ground, name: &str) -> Result<Self, Failure> {
        autovacuum(ground, "off").await?;
        let tap = Tap::to(&ground.url).await?;
        let options = ConnectOptions { connections_max: 1, ..ConnectOptions::new(&tap.url) };
        let payer = Payer::at(&options).await?;
        let floor = Floor::at(&tap.url).await?;
        let mut tapped = Self { ground, tap, payer, floor, asking: 0 };
        for size in [16, CHUNKS] {
            let id = tapped.payer.announce(&format!("{name}-{size}"), size, 0..size, 0).await?;
            tapped.payer.pay(id).await?;
        }
        tokio::time::sleep(TOLD).await;
        // To prepare the question is a commit, too: asking for the first time is dearer.
        tapped.commits_total().await?;
        tapped.asking = tapped.commits_total().await?.abs_diff(tapped.commits_total().await?);
        Ok(tapped)
    }

    /// What a tournament of so many says, by hand and by Guerdon.
    pub(crate) async fn compare(&self, size: u32) -> Result<Compared, Failure> {
        let (by_hand, by_guerdon) = (format!("counted-{size}-floor"), format!("counted-{size}"));
        let by_hand = self.payer.announce(&by_hand, size, 0..size, 1).await?;
        let by_guerdon = self.payer.announce(&by_guerdon, size, 0..size, 1).await?;
        self.ground.vacuum().await?;
        let floor = self.count(self.floor.pay(by_hand)).await?;
        let guerdon = self.count(async { self.payer.pay(by_guerdon).await.map(|()| 0) }).await?;
        Ok(Compared { participants: size, floor, guerdon })
    }

    /// What `work` says, which answers how many statements it has sent past the store.
    pub(crate) async fn count(
        &self,
        work: impl Future<Output = Result<u64, Failure>>,
    ) -> Result<Traffic, Failure> {
        let commits = self.commits_total().await?;
        let store = &self.payer.store;
        let (statements, round_trips) = (store.statements_total(), self.tap.round_trips_total());
        let by_hand = work.await?;
        let statements = by_hand + store.statements_total() - statements;
        let round_trips = self.tap.round_trips_total() - round_trips;
        let commits = self.commits_total().await? - commits - self.asking;
        Ok(Traffic { statements, round_trips, commits })
    }

    pub(crate) async fn close(self) -> Result<(), Failure> {
        autovacuum(self.ground, "on").await
    }

    /// Commits in this database.
    async fn commits_total(&self) -> Result<u64, Failure> {
        self.payer.store.connection().execute_unprepared(TELL).await?;
        self.floor.send(TELL).await?;
        self.ground.execute(TELL).await?;
        let text = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()";
        let commits: i64 = self.ground.row(text, []).await?.try_get("", "xact_commit")?;
        Ok(commits.try_into()?)
    }
}

async fn autovacuum(ground: &Ground, whether: &str) -> Result<(), Failure> {
    ground.execute(&format!("ALTER SYSTEM SET autovacuum = {whether}")).await?;
    ground.execute("SELECT pg_reload_conf()").await
}
