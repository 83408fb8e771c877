//! Crashes, unanswered commits, busy stores, and rows that cannot be paid.

use std::time::Duration;

use app_service::{DistributeScope, Distribution, GuerdonError};
use domain::{PlayerId, TournamentStatus};
use ports::{StoreError, TransientCause};

use crate::{
    arena::Arena,
    audit::audit,
    faulty::{Commit, Faults},
};

/// Seven players in chunks of two: the store dies behind each of the transactions in turn.
#[tokio::test]
async fn whoever_comes_after_a_crash_pays_what_is_left() {
    for chunks in 0..4 {
        let arena = Arena::of(7).await.chunked(2, 1);
        let cup = arena.cup("cup", &arena.players).await;
        arena.finalize_and_die(cup, chunks).await;
        audit(&arena, &[cup]).await;

        let rest = arena.distribute(cup, DistributeScope::Pending).await.unwrap();

        assert_eq!(rest.applied, 7_u64.saturating_sub(2 * u64::from(chunks)));
        assert!(rest.is_complete());
        audit(&arena, &[cup]).await;
    }
}

/// Dying between freezing and the first chunk is a crash, and so is dying before the freezing.
#[tokio::test]
async fn a_crash_before_the_freezing_leaves_nothing() {
    let arena = Arena::of(3).await;
    let cup = arena.cup("cup", &arena.players).await;
    *arena.store.faults() = Faults { dies_at: Some(1), ..Faults::default() };

    let died = arena.finalize(cup).await.unwrap_err();

    let GuerdonError::Store(StoreError::Unusable { .. }) = died else { panic!("{died}") };
    let summary = arena.guerdon.summary(cup).await.unwrap();
    assert_eq!((summary.status, summary.plan_hash), (TournamentStatus::InProgress, None));
}

/// Every commit of a large and of a small finalize in turn, whether it happened or not.
#[tokio::test(start_paused = true)]
async fn a_commit_without_an_answer_pays_nobody_twice_and_nobody_less() {
    for (chunk_size, commits) in [(2, 6), (100, 1)] {
        for commit in 1..=commits {
            for outcome in [Commit::Happened, Commit::DidNotHappen] {
                let arena = Arena::of(7).await.chunked(chunk_size, 1);
                let cup = arena.cup("cup", &arena.players).await;
                *arena.store.faults() =
                    Faults { unanswered: Some((commit, outcome)), ..Faults::default() };

                let paid = arena.finalize(cup).await.unwrap();

                assert!(paid.is_complete(), "commit {commit}, {outcome:?}");
                assert_eq!(paid.tournament.awards_applied, 7);
                audit(&arena, &[cup]).await;
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_busy_store_is_waited_for_but_not_for_ever() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players).await;
    let started = tokio::time::Instant::now();

    arena.store.faults().busy = 10;
    let refusal = arena.finalize(cup).await.unwrap_err();
    arena.store.faults().busy = 9;
    let paid = arena.finalize(cup).await.unwrap();

    let GuerdonError::Store(StoreError::Transient { cause, .. }) = refusal else {
        panic!("{refusal}")
    };
    assert_eq!(cause, TransientCause::Busy);
    assert!(paid.is_complete());
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_player_who_cannot_be_read_costs_nobody_else() {
    one_bad_participant(|faults, player| faults.unreadable = player).await;
}

#[tokio::test]
async fn a_player_whose_entries_are_refused_costs_nobody_else() {
    one_bad_participant(|faults, player| faults.refused = player).await;
}

/// Isolated, reported, left alone by whoever asks for pending ones, and paid after the repair.
async fn one_bad_participant(break_it: fn(&mut Faults, Option<PlayerId>)) {
    for chunk_size in [3, 100] {
        let arena = Arena::of(8).await.chunked(chunk_size, 1);
        let cup = arena.cup("cup", &arena.players).await;
        let bad = arena.players[4];
        break_it(&mut arena.store.faults(), Some(bad));

        let first = ok(arena.finalize(cup).await);
        let ignored = ok(arena.distribute(cup, DistributeScope::Pending).await);
        let retried = ok(arena.distribute(cup, DistributeScope::PendingAndFailed).await);
        audit(&arena, &[cup]).await;
        break_it(&mut arena.store.faults(), None);
        let repaired = ok(arena.distribute(cup, DistributeScope::PendingAndFailed).await);

        assert_eq!((first.applied, first.failed.len(), first.failed[0].player), (7, 1, bad));
        assert_eq!(first.tournament.status, TournamentStatus::Completed);
        assert_eq!((ignored.applied, ignored.failed.len()), (0, 0));
        assert_eq!((retried.applied, &retried.failed), (0, &first.failed));
        assert_eq!((repaired.applied, repaired.is_complete()), (1, true));
        audit(&arena, &[cup]).await;
    }
}

/// What was in the way is shown with the award until it is paid.
#[tokio::test]
async fn a_failed_award_says_what_was_in_the_way() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players).await;
    let bad = arena.players[1];
    arena.store.faults().refused = Some(bad);

    let paid = arena.finalize(cup).await.unwrap();

    let award = arena.guerdon.reward(cup, bad).await.unwrap().award;
    assert_eq!((award.state, award.applied_at), ("failed", None));
    assert_eq!(award.failure.as_ref(), Some(&paid.failed[0].reason));
    arena.store.faults().refused = None;
    let one = arena.distribute(cup, DistributeScope::Player(bad)).await.unwrap();
    assert_eq!((one.applied, one.is_complete()), (1, true));
    let award = arena.guerdon.reward(cup, bad).await.unwrap().award;
    assert_eq!((award.state, award.failure), ("applied", None));
}

fn ok(answer: Result<Distribution, GuerdonError>) -> Distribution {
    answer.unwrap_or_else(|it| panic!("{it}"))
}
