//! What is due is done at its time, once, by whoever looks first.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use app_service::{
    Clock, FinalizedDue, GuerdonError, NextTurn, Scheduler, SystemClock, Timestamp, VerifyOptions,
    domain::{TournamentId, TournamentStatus},
};
use tokio::task::JoinSet;

use crate::arena::{Arena, me};

const START: Timestamp = time::macros::datetime!(2026-11-30 09:00 UTC);
const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn tournament_is_finalized_when_its_time_has_come_and_not_before() {
    let (arena, clock) = timed(3).await;
    let cup = arena.cup("cup", &arena.players).await;
    arena.guerdon.finalize_at(cup, START + HOUR, &me()).await.unwrap();

    let early = arena.guerdon.finalize_due().await.unwrap();
    clock.set(START + HOUR);
    let due = arena.guerdon.finalize_due().await.unwrap();
    let late = arena.guerdon.finalize_due().await.unwrap();

    assert_eq!(
        (early.finalized, due.finalized, late),
        (vec![], vec![cup], FinalizedDue::default())
    );
    assert_eq!(status(&arena, cup).await, TournamentStatus::RewardsDistributed);
    assert_eq!(arena.guerdon.finalizes_at(cup).await.unwrap(), None);
}

/// Eight processes look at the same moment: each tournament is finalized by one of them.
#[tokio::test]
async fn of_many_who_look_one_finalizes() {
    let (arena, clock) = timed(3).await;
    let mut cups = vec![];
    for number in 0..5 {
        let cup = arena.cup(&format!("cup-{number}"), &arena.players).await;
        arena.guerdon.finalize_at(cup, START + HOUR, &me()).await.unwrap();
        cups.push(cup);
    }
    clock.set(START + HOUR);

    let looks: JoinSet<_> = (0..8).map(|_| look(arena.guerdon.clone())).collect();
    let mut finalized: Vec<_> = looks.join_all().await.into_iter().flatten().collect();

    finalized.sort_unstable();
    cups.sort_unstable();
    assert_eq!(finalized, cups);
    crate::audit::audit(&arena, &cups).await;
}

#[tokio::test]
async fn tournament_without_results_is_finalized_once_they_are_in() {
    let (arena, clock) = timed(3).await;
    let cup = app_service::domain::NewTournament::new("cup", "Cup");
    let id = cup.id;
    arena.guerdon.create_tournament(cup).await.unwrap();
    arena.guerdon.finalize_at(id, START, &me()).await.unwrap();
    clock.set(START + HOUR);

    let before = arena.guerdon.finalize_due().await.unwrap();
    arena.submit(id, &crate::arena::ranked(&arena.players)).await.unwrap();
    let after = arena.guerdon.finalize_due().await.unwrap();

    assert_eq!((before.waiting, before.finalized), (vec![id], vec![]));
    assert_eq!((after.waiting, after.finalized), (vec![], vec![id]));
}

/// The process that finalized died behind its first chunk: whoever looks next pays the rest.
#[tokio::test]
async fn whoever_looks_after_a_crash_pays_what_is_left() {
    let (arena, clock) = timed(7).await;
    let arena = arena.chunked(2, 1);
    let cup = arena.cup("cup", &arena.players).await;
    arena.guerdon.finalize_at(cup, START, &me()).await.unwrap();
    arena.finalize_and_die(cup, 1).await;
    clock.set(START + HOUR);

    let due = arena.guerdon.finalize_due().await.unwrap();

    assert_eq!((due.settled, due.unkept), (vec![cup], vec![]));
    assert_eq!(status(&arena, cup).await, TournamentStatus::RewardsDistributed);
    crate::audit::audit(&arena, &[cup]).await;
}

#[tokio::test]
async fn appointment_is_moved_or_taken_back_until_it_is_kept() {
    let (arena, clock) = timed(3).await;
    let [moved, taken_back] =
        [arena.cup("moved", &arena.players).await, arena.cup("back", &arena.players).await];
    for cup in [moved, taken_back] {
        arena.guerdon.finalize_at(cup, START, &me()).await.unwrap();
    }

    arena.guerdon.finalize_at(moved, START + 2 * HOUR, &me()).await.unwrap();
    let was_there = arena.guerdon.finalize_by_hand(taken_back).await.unwrap();
    let is_there = arena.guerdon.finalize_by_hand(taken_back).await.unwrap();
    clock.set(START + HOUR);
    let due = arena.guerdon.finalize_due().await.unwrap();

    assert_eq!((was_there, is_there, due), (true, false, FinalizedDue::default()));
    assert_eq!(arena.guerdon.finalizes_at(moved).await.unwrap(), Some(START + 2 * HOUR));
}

#[tokio::test]
async fn no_appointment_is_made_for_what_is_done_or_called_off() {
    let (arena, _) = timed(3).await;
    let [done, cancelled] =
        [arena.cup("done", &arena.players).await, arena.cup("cancelled", &arena.players).await];
    let _ = arena.finalize(done).await.unwrap();
    arena.guerdon.cancel(cancelled, &me()).await.unwrap();

    let actor = me();
    let refused = |id| arena.guerdon.finalize_at(id, START, &actor);
    let answers = [refused(done).await, refused(cancelled).await];
    let unknown = refused(TournamentId::of("nowhere")).await.unwrap_err();

    assert!(matches!(&answers[0], Err(GuerdonError::Conflict { .. })), "{answers:?}");
    assert!(matches!(&answers[1], Err(GuerdonError::Cancelled(_))), "{answers:?}");
    assert!(matches!(unknown, GuerdonError::NoTournament(_)), "{unknown}");
}

/// Two processes verify on the same schedule: each turn is one's, and what was slept through is
/// made up for once.
#[tokio::test]
async fn turn_to_verify_is_had_by_one_process() {
    let (arena, clock) = timed(3).await;
    let scheduler =
        || Scheduler::new(arena.guerdon.clone()).verifying(hourly(), VerifyOptions::default());
    let mut processes = [scheduler(), scheduler()];

    for hours in [0, 1, 1, 5] {
        clock.set(START + hours * HOUR);
        for process in &mut processes {
            process.look().await;
        }
    }

    let runs = arena.guerdon.verifications(10).await.unwrap();
    let began: Vec<_> = runs.iter().map(|it| it.report.started_at).collect();
    assert_eq!(began, [START + 5 * HOUR, START + HOUR]);
}

/// A moment that somebody sets.
#[derive(Debug)]
struct HandClock {
    now: Mutex<Timestamp>,
    stopwatch: Arc<dyn Clock>,
}

impl HandClock {
    fn set(&self, now: Timestamp) {
        *self.now.lock().unwrap() = now;
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    fn monotonic(&self) -> Duration {
        self.stopwatch.monotonic()
    }
}

/// So many players, and a clock that stands at the start.
async fn timed(players: usize) -> (Arena, Arc<HandClock>) {
    let arena = Arena::of(players).await;
    let clock = Arc::new(HandClock { now: Mutex::new(START), stopwatch: SystemClock::shared() });
    let guerdon = arena.guerdon.clone().with_clock(Arc::clone(&clock) as _);
    (Arena { guerdon, ..arena }, clock)
}

/// Every full hour.
fn hourly() -> NextTurn {
    Arc::new(|after| {
        let hours = (after - START).whole_hours() + 1;
        u32::try_from(hours).ok().map(|it| START + it * HOUR)
    })
}

async fn look(guerdon: app_service::Guerdon) -> Vec<TournamentId> {
    guerdon.finalize_due().await.unwrap().finalized
}

async fn status(arena: &Arena, id: TournamentId) -> TournamentStatus {
    arena.guerdon.summary(id).await.unwrap().status
}
