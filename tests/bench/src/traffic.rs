//! What goes over the wire for one tournament, counted and not timed.

use app_service::Settings;
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
}

/// A tournament of several chunks.
const CHUNKS: u32 = 3_000;

impl<'a> Tapped<'a> {
    /// Taps for the case `name`, and pays until every statement has been prepared.
    pub(crate) async fn beside(
        ground: &'a Ground,
        name: &str,
        settings: Settings,
    ) -> Result<Self, Failure> {
        let tap = Tap::to(&ground.url).await?;
        let options = ConnectOptions { connections_max: 1, ..ConnectOptions::new(&tap.url) };
        let payer = Payer::at(&options).await?.with_settings(settings);
        let floor = Floor::at(&tap.url).await?;
        let tapped = Self { ground, tap, payer, floor };
        for size in [16, CHUNKS] {
            let id = tapped.payer.announce(&format!("{name}-{size}"), size, 0..size, 0).await?;
            tapped.payer.pay(id).await?;
        }
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
        let before = self.said();
        let by_hand = work.await?;
        let after = self.said();
        Ok(Traffic {
            statements: by_hand + after.statements - before.statements,
            round_trips: after.round_trips - before.round_trips,
            commits: after.commits - before.commits,
        })
    }

    fn said(&self) -> Traffic {
        Traffic {
            statements: self.payer.store.statements_total(),
            round_trips: self.tap.round_trips_total(),
            commits: self.tap.commits_total(),
        }
    }
}
