//! Registered players, a store that can be broken, and Guerdon on top of it.

use std::sync::Arc;

use app_service::{
    Actor, DistributeScope, Distribution, FinalizeOptions, Guerdon, GuerdonError, ProgressListener,
    Settings, SubmitOptions, TournamentSummary,
};
use domain::{
    Better, Finish, NewPlayer, NewTournament, Placement, PlayerId, RankedEntry, RankedList,
    Results, RewardPolicy, TournamentId,
};
use ports::RetryPolicy;
use serde_json::Value;

use crate::faulty::FaultyStore;

/// One world of a test.
pub(crate) struct Arena {
    pub(crate) guerdon: Guerdon,
    pub(crate) store: FaultyStore,
    /// In ascending id.
    pub(crate) players: Vec<PlayerId>,
}

impl Arena {
    /// So many registered players; chunks of 100, one worker.
    pub(crate) async fn of(players: usize) -> Self {
        let store = FaultyStore::default();
        let guerdon = Guerdon::new(Arc::new(store.clone()));
        let new: Vec<_> = (0..players).map(newcomer).collect();
        let registered = guerdon.register_players(&new).await;
        assert!(registered.is_ok(), "{registered:?}");
        let mut players: Vec<_> = new.iter().map(|it| it.id).collect();
        players.sort_unstable();
        Self { guerdon, store, players }.chunked(100, 1)
    }

    pub(crate) fn chunked(self, chunk_size: u32, workers: u32) -> Self {
        let settings = Settings { chunk_size, workers, retries: RetryPolicy::default() };
        Self { guerdon: self.guerdon.with_settings(settings), ..self }
    }

    /// A tournament whose results are in: the players in this order.
    pub(crate) async fn cup(&self, key: &str, order: &[PlayerId]) -> TournamentId {
        self.cup_of(key, &ranked(order)).await
    }

    /// The same under a policy, as its document has it.
    pub(crate) async fn cup_under(
        &self,
        policy: &Value,
        key: &str,
        order: &[PlayerId],
    ) -> TournamentId {
        let policy = RewardPolicy::from_document(policy).expect("a policy");
        self.announced(NewTournament { policy, ..NewTournament::new(key, key) }, &ranked(order))
            .await
    }

    /// A tournament whose results are in.
    pub(crate) async fn cup_of(&self, key: &str, results: &Results) -> TournamentId {
        self.announced(NewTournament::new(key, key), results).await
    }

    async fn announced(&self, tournament: NewTournament, results: &Results) -> TournamentId {
        let id = tournament.id;
        let announced = self.guerdon.create_tournament(tournament).await;
        assert!(announced.is_ok(), "{announced:?}");
        let submitted = self.submit(id, results).await;
        assert!(submitted.is_ok(), "{submitted:?}");
        id
    }

    pub(crate) async fn submit(
        &self,
        id: TournamentId,
        results: &Results,
    ) -> Result<app_service::Submitted, GuerdonError> {
        self.guerdon.submit_results(id, results, SubmitOptions::default(), &me()).await
    }

    pub(crate) async fn finalize(&self, id: TournamentId) -> Result<Distribution, GuerdonError> {
        self.guerdon.finalize(id, FinalizeOptions::default(), &me()).await
    }

    pub(crate) async fn distribute(
        &self,
        id: TournamentId,
        scope: DistributeScope,
    ) -> Result<Distribution, GuerdonError> {
        self.guerdon.distribute(id, scope, &ProgressListener::default(), &me()).await
    }

    /// Finalizes a tournament whose store dies behind the freezing and so many chunks.
    pub(crate) async fn finalize_and_die(&self, id: TournamentId, chunks: u32) {
        *self.store.faults() = crate::faulty::Faults::default();
        self.store.faults().dies_at = Some(chunks + 2);
        let died = self.finalize(id).await;
        assert!(matches!(died, Err(GuerdonError::Store(_))), "{died:?}");
        *self.store.faults() = crate::faulty::Faults::default();
    }
}

pub(crate) fn me() -> Actor {
    Actor::new("referee")
}

pub(crate) fn newcomer(number: usize) -> NewPlayer {
    NewPlayer::new(format!("player-{number}"), format!("Player {number}"))
}

/// Results in this order, without ties.
pub(crate) fn ranked(order: &[PlayerId]) -> Results {
    let finish = |rank| Placement::new(rank).map_or(Finish::Absent, Finish::Marked);
    list(order.iter().zip(1..).map(|(player, rank)| row(*player, finish(rank))))
}

pub(crate) fn list(rows: impl IntoIterator<Item = RankedEntry<Placement>>) -> Results {
    Results::Ranked(RankedList::Placements(rows.into_iter().collect()))
}

/// Results by time, the shortest the best.
pub(crate) fn timed(times: impl IntoIterator<Item = (PlayerId, f64)>) -> Results {
    let entry = |(player, time)| RankedEntry::new(player, Finish::Marked(time));
    let entries = times.into_iter().map(entry).collect();
    Results::Ranked(RankedList::Measured { better: Better::Lower, entries })
}

pub(crate) fn row(player: PlayerId, finish: Finish<Placement>) -> RankedEntry<Placement> {
    RankedEntry::new(player, finish)
}

/// What the conflict carries.
pub(crate) fn existing(answer: Result<Distribution, GuerdonError>) -> TournamentSummary {
    match answer {
        Err(GuerdonError::Conflict { existing }) => *existing,
        other => panic!("no conflict: {other:?}"),
    }
}
