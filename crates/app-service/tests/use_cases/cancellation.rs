//! A caller that goes away in the middle.

use std::{collections::BTreeSet, future::poll_fn, pin::pin, task::Poll};

use app_service::{DistributeScope, GuerdonError, Store};
use domain::{TournamentId, TournamentStatus};

use crate::{arena::Arena, audit::audit};

/// Dropped at one await after the other, finalize leaves everything or nothing; whoever asks next
/// leaves everything.
#[tokio::test]
async fn a_dropped_finalize_leaves_a_whole_chunk_or_nothing_of_it() {
    for (chunk_size, polls_max) in [(100, 12), (2, 40)] {
        let mut seen = BTreeSet::new();
        for polls in 1..polls_max {
            let arena = Arena::of(5).await.chunked(chunk_size, 2);
            let cup = arena.cup("cup", &arena.players).await;

            poll_and_drop(arena.finalize(cup), polls).await;

            wait_for_the_lock(&arena, cup).await;
            let summary = arena.guerdon.summary(cup).await.unwrap();
            if chunk_size == 100 {
                assert_eq!(summary.awards_pending, 0);
            }
            audit(&arena, &[cup]).await;
            seen.insert((summary.status, summary.awards_applied));
            pay_the_rest(&arena, cup).await;
            audit(&arena, &[cup]).await;
        }
        assert!(seen.contains(&(TournamentStatus::InProgress, 0)), "{seen:?}");
        assert!(seen.contains(&(TournamentStatus::RewardsDistributed, 5)), "{seen:?}");
        assert!(chunk_size == 100 || seen.len() > 3, "{seen:?}");
    }
}

/// Polls so often, with everybody else's turn in between, and goes away.
async fn poll_and_drop(future: impl Future, polls: usize) {
    let mut future = pin!(future);
    for _ in 0..polls {
        let ready = poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready())).await;
        if ready {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// A unit of work that was left behind ends by itself, and gives its lock back.
async fn wait_for_the_lock(arena: &Arena, cup: TournamentId) {
    let tx = arena.store.begin().await.unwrap_or_else(|it| panic!("{it}"));
    let found = tx.select_tournament_for_update(cup).await;
    assert!(matches!(found, Ok(Some(_))), "{found:?}");
}

async fn pay_the_rest(arena: &Arena, cup: TournamentId) {
    let finalized = arena.finalize(cup).await;
    assert!(matches!(finalized, Ok(_) | Err(GuerdonError::Conflict { .. })), "{finalized:?}");
    let distributed = arena.distribute(cup, DistributeScope::Pending).await;
    assert!(matches!(distributed, Ok(_) | Err(GuerdonError::Conflict { .. })), "{distributed:?}");
    let summary = arena.guerdon.summary(cup).await.unwrap_or_else(|it| panic!("{it}"));
    assert_eq!(summary.status, TournamentStatus::RewardsDistributed);
}
