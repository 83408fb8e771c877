//! What is there before a run begins.

use ablations::Guard;
use conformance::Harness;
use domain::TournamentId;
use memory_adapter::MemoryStore;
use ports::spi::{AwardTotals, Store};
use races::Arena;
use schedules::{Cup, Ground};

use crate::catcher::BrokenHarness;

/// The tournament of a run.
const CUP: &str = "cup";

/// The one behind it.
const OTHER: &str = "other-cup";

/// A tournament in memory, and the use cases on a store without some guards.
pub(crate) struct Scene {
    pub(crate) harness: BrokenHarness,
    pub(crate) arena: Arena,
    pub(crate) cup: TournamentId,
}

impl Scene {
    /// A tournament of so many players that was played.
    pub(crate) async fn played(players: usize, guards: &[Guard]) -> Self {
        Self::of(&[Cup::played(CUP)], players, guards).await
    }

    /// A tournament of so many players whose plan is frozen.
    pub(crate) async fn frozen(players: usize, guards: &[Guard]) -> Self {
        Self::of(&[Cup::frozen(CUP)], players, guards).await
    }

    /// A tournament of so many players who are paid.
    pub(crate) async fn paid(players: usize, guards: &[Guard]) -> Self {
        Self::of(&[Cup::paid(CUP)], players, guards).await
    }

    /// The same, and its policy has levels.
    pub(crate) async fn paid_with_levels(players: usize, guards: &[Guard]) -> Self {
        Self::of(&[Cup::paid(CUP).with_levels()], players, guards).await
    }

    /// A tournament of so many players who are paid, and another one that was paid after it.
    pub(crate) async fn paid_twice(players: usize, guards: &[Guard]) -> Self {
        Self::of(&[Cup::paid(CUP), Cup::paid(OTHER)], players, guards).await
    }

    async fn of(cups: &[Cup], players: usize, guards: &[Guard]) -> Self {
        let harness = BrokenHarness::without(guards);
        let ground = Ground::of(cups).with_players(players);
        ground.lay(harness.healthy().shared()).await;
        let arena = ground.arena(harness.store());
        Self { harness, arena, cup: cups[0].id() }
    }

    pub(crate) fn memory(&self) -> &MemoryStore {
        self.harness.healthy()
    }

    pub(crate) async fn totals(&self) -> AwardTotals {
        self.memory().award_totals(self.cup).await.unwrap()
    }
}
