//! A caller that goes away in the middle, and a process that dies there.

use std::{collections::BTreeSet, future::poll_fn, pin::pin, task::Poll};

use app_service::{DistributeScope, GuerdonError, Store, TournamentSummary};
use domain::{
    TournamentId,
    TournamentStatus::{Completed, InProgress, RewardsDistributed},
};
use tokio::runtime::Runtime;

use crate::{arena::Arena, audit::audit};

const PLAYERS: usize = 5;

/// A caller that goes away leaves units of work that end by themselves.
#[test]
fn a_dropped_finalize_leaves_whole_chunks() {
    assert_whole_chunks(Some);
}

/// A process that dies takes its units of work with it; what was committed stays.
#[test]
fn a_process_that_dies_leaves_whole_chunks() {
    assert_whole_chunks(drop_it);
}

fn assert_whole_chunks(end: fn(Runtime) -> Option<Runtime>) {
    let small = left_behind_at_each_await(100, end);
    let large = left_behind_at_each_await(2, end);

    let applied = |left: &[TournamentSummary]| {
        left.iter().map(|it| (it.status, it.awards_applied)).collect::<BTreeSet<_>>()
    };
    assert_eq!(applied(&small), [(InProgress, 0), (RewardsDistributed, 5)].into());
    let halfway = [0, 2, 4, 5].map(|it| (Completed, it));
    let ends = [(InProgress, 0), (RewardsDistributed, 5)];
    assert_eq!(applied(&large), halfway.into_iter().chain(ends).collect());
}

/// What finalize leaves when it is dropped before its first poll, after one, and so on to its end.
/// Whoever asks next pays what is left.
fn left_behind_at_each_await(
    chunk_size: u32,
    end: fn(Runtime) -> Option<Runtime>,
) -> Vec<TournamentSummary> {
    let mut left = vec![];
    let mut finished = false;
    for polls in 0.. {
        if finished {
            break;
        }
        let runtime = runtime();
        let (arena, cup) = runtime.block_on(async {
            let arena = Arena::of(PLAYERS).await.chunked(chunk_size, 1);
            let cup = arena.cup("cup", &arena.players).await;
            finished = poll_and_drop(arena.finalize(cup), polls).await;
            (arena, cup)
        });
        let next = end(runtime).unwrap_or_else(self::runtime);
        left.push(next.block_on(look_and_pay_the_rest(&arena, cup)));
    }
    left
}

async fn look_and_pay_the_rest(arena: &Arena, cup: TournamentId) -> TournamentSummary {
    wait_for_the_lock(arena, cup).await;
    let left = summary(arena, cup).await;
    audit(arena, &[cup]).await;
    let finalized = arena.finalize(cup).await;
    assert!(matches!(finalized, Ok(_) | Err(GuerdonError::Conflict { .. })), "{finalized:?}");
    let distributed = arena.distribute(cup, DistributeScope::Pending).await;
    assert!(matches!(distributed, Ok(_) | Err(GuerdonError::Conflict { .. })), "{distributed:?}");
    assert_eq!(summary(arena, cup).await.status, RewardsDistributed);
    audit(arena, &[cup]).await;
    left
}

/// Polls so often, with everybody else's turn in between, and goes away. Whether it had finished.
async fn poll_and_drop(future: impl Future + Send, polls: usize) -> bool {
    let mut future = pin!(future);
    for _ in 0..polls {
        let ready = poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready())).await;
        if ready {
            return true;
        }
        tokio::task::yield_now().await;
    }
    false
}

/// A unit of work that was left behind ends, and gives its lock back.
async fn wait_for_the_lock(arena: &Arena, cup: TournamentId) {
    let tx = arena.store.begin().await.unwrap_or_else(|it| panic!("{it}"));
    let found = tx.select_tournament_for_update(cup).await;
    assert!(matches!(found, Ok(Some(_))), "{found:?}");
}

async fn summary(arena: &Arena, cup: TournamentId) -> TournamentSummary {
    arena.guerdon.summary(cup).await.unwrap_or_else(|it| panic!("{it}"))
}

/// Ends every task where it stands.
fn drop_it(runtime: Runtime) -> Option<Runtime> {
    drop(runtime);
    None
}

fn runtime() -> Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.unwrap_or_else(|it| panic!("{it}"))
}
