//! A clock that is wound by hand, and a store between whose steps it goes on.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use app_service::{
    Actor, Clock, Guerdon, LockReport, LockRow, Settings, Store, StoreError, SubmitOptions,
    Timestamp,
    domain::{
        Assessment, AssessmentId, Finish, NewPlayer, NewTournament, Placement, PlayerId,
        RankedEntry, RankedList, Results, SkillName, Tenths, TournamentId,
    },
};
use async_trait::async_trait;
use interposed::{Call, InterposedStore, Interposer};
use memory_adapter::MemoryStore;
use ports::{RetryPolicy, TransientCause};
use tokio::sync::Notify;

/// A clock that is wound by hand.
#[derive(Debug, Clone, Default)]
pub(crate) struct HandClock(Arc<Mutex<Duration>>);

/// Time passes with each step, and some steps are lost.
#[derive(Debug, Clone)]
pub(crate) struct Steps {
    clock: HandClock,
    losses: Arc<Mutex<Vec<(&'static str, TransientCause)>>>,
    asked: Arc<Notify>,
}

/// What each step takes: sums of them are on the ruler, so that figures are exact.
pub(crate) fn takes_ms(step: &str) -> u64 {
    match step {
        "begin" => 1,
        "select_tournament_for_update" | "select_tournament_for_share" => 500,
        "select_awards_for_update" => 1_000,
        "select_players_for_update" => 4_000,
        "commit" => 50_000,
        _ => 0,
    }
}

/// Guerdon on a store in memory, with everything that the tests turn.
pub(crate) struct Scene {
    pub(crate) guerdon: Guerdon,
    pub(crate) store: MemoryStore,
    pub(crate) clock: HandClock,
    pub(crate) steps: Steps,
}

impl Scene {
    /// Three registered players and a tournament with their results; nothing counted yet.
    pub(crate) async fn new() -> Self {
        let (store, clock) = (MemoryStore::new(), HandClock::default());
        prepare(&Guerdon::new(store.shared())).await;
        let steps = Steps { clock: clock.clone(), losses: Arc::default(), asked: Arc::default() };
        let guerdon = Self::guerdon(&store, &clock, &steps);
        Self { guerdon, store, clock, steps }
    }

    /// Another process on the same store.
    pub(crate) fn another_process(&self) -> Guerdon {
        Self::guerdon(&self.store, &self.clock, &self.steps)
    }

    fn guerdon(store: &MemoryStore, clock: &HandClock, steps: &Steps) -> Guerdon {
        let by = Arc::new(steps.clone());
        let interposed = InterposedStore::new(store.shared(), by).shared();
        Guerdon::new(interposed).with_clock(Arc::new(clock.clone()))
    }

    pub(crate) async fn report(&self) -> LockReport {
        self.guerdon.lock_report(None).await.unwrap_or_else(|it| panic!("{it}"))
    }
}

impl Steps {
    /// The next time that `step` is taken, somebody else wins.
    pub(crate) fn lose(&self, step: &'static str, cause: TransientCause) {
        self.losses.lock().unwrap_or_else(PoisonError::into_inner).push((step, cause));
    }

    /// Waits until somebody asks for a tournament. On one thread whoever does has then either got
    /// it or waits for it.
    pub(crate) async fn tournament_is_asked_for(&self) {
        self.asked.notified().await;
    }
}

#[async_trait]
impl Interposer for Steps {
    async fn before(&self, call: &Call) -> Result<(), StoreError> {
        self.clock.pass(takes_ms(call.name));
        if call.name == "select_tournament_for_update" {
            self.asked.notify_one();
        }
        let mut losses = self.losses.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(lost) = losses.iter().position(|it| it.0 == call.name) else { return Ok(()) };
        let (_, cause) = losses.remove(lost);
        Err(StoreError::Transient { cause, during: "a test", source: "lost".into() })
    }
}

impl HandClock {
    pub(crate) fn pass(&self, ms: u64) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += Duration::from_millis(ms);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The row of one kind and caller.
pub(crate) fn row<'a>(report: &'a LockReport, kind: &str, caller: &str) -> &'a LockRow {
    let found = report.rows.iter().find(|it| it.kind == kind && it.caller == caller);
    found.unwrap_or_else(|| panic!("no {kind} locks of {caller}: {report:?}"))
}

pub(crate) fn cup() -> TournamentId {
    TournamentId::of("cup")
}

pub(crate) fn me() -> Actor {
    Actor::new("referee")
}

/// What a coach says of this player, once.
pub(crate) fn word(player: &str) -> Assessment {
    Assessment {
        id: AssessmentId::of("word"),
        player: PlayerId::of(player),
        skill: SkillName::new("focus").unwrap_or_else(|it| panic!("{it:?}")),
        percentage: Tenths::new(800),
        assessor: "coach".to_owned(),
    }
}

/// Guerdon on another store, that gives up at the first loss.
pub(crate) fn impatient(store: Arc<dyn Store>) -> Guerdon {
    let settings = Settings { retries: RetryPolicy::NEVER, ..Settings::default() };
    Guerdon::new(store).with_settings(settings)
}

async fn prepare(guerdon: &Guerdon) {
    let players = ["ada", "edsger", "grace"].map(|key| NewPlayer::new(key, key));
    let registered = guerdon.register_players(&players).await;
    assert!(registered.is_ok(), "{registered:?}");
    let announced = guerdon.create_tournament(NewTournament::new("cup", "Cup")).await;
    assert!(announced.is_ok(), "{announced:?}");
    let finish = |rank| Placement::new(rank).map_or(Finish::Absent, Finish::Marked);
    let entry = |(rank, player): (u32, &NewPlayer)| RankedEntry::new(player.id, finish(rank));
    let entries = (1..).zip(&players).map(entry).collect();
    let results = Results::Ranked(RankedList::Placements(entries));
    let submitted = guerdon.submit_results(cup(), &results, SubmitOptions::default(), &me()).await;
    assert!(submitted.is_ok(), "{submitted:?}");
}
