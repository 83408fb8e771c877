//! Finalizing and distributing, alone and with others.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use app_service::{DistributeScope, FinalizeOptions, GuerdonError, ProgressListener};
use domain::TournamentStatus;
use futures::future::join_all;

use crate::{
    arena::{Arena, existing, me},
    audit::audit,
};

#[tokio::test]
async fn a_field_that_fits_one_chunk_is_paid_in_one_transaction() {
    let arena = Arena::of(10).await;
    let cup = arena.cup("cup", &arena.players).await;
    let begun = arena.store.faults().begun;

    let paid = arena.finalize(cup).await.unwrap();

    assert_eq!(arena.store.faults().begun, begun + 1);
    assert!(paid.is_complete());
    assert_eq!((paid.applied, paid.steps_recorded, paid.entries_posted), (10, 10, 13));
    audit(&arena, &[cup]).await;
}

/// Ten do not fit, and neither do ten fit exactly into chunks of three or five.
#[tokio::test]
async fn a_large_field_is_paid_chunk_by_chunk_by_any_number_of_workers() {
    for (chunk_size, workers) in [(3, 1), (3, 3), (5, 2), (1, 4)] {
        let arena = Arena::of(10).await.chunked(chunk_size, workers);
        let cup = arena.cup("cup", &arena.players).await;
        let heard = Arc::new(AtomicU64::default());
        let ear = Arc::clone(&heard);
        let progress = ProgressListener::new(move |paid| {
            ear.fetch_add(paid, Ordering::Relaxed);
        });
        let options = FinalizeOptions { progress, ..FinalizeOptions::default() };

        let paid = arena.guerdon.finalize(cup, options, &me()).await.unwrap();

        assert!(paid.is_complete());
        assert_eq!((paid.applied, paid.entries_posted), (10, 13));
        assert_eq!(heard.load(Ordering::Relaxed), 10);
        audit(&arena, &[cup]).await;
    }
}

/// More pages than the second look at the field keeps of the first.
#[tokio::test]
async fn however_it_is_chunked_the_same_is_paid() {
    let small = Arena::of(70).await;
    let large = Arena::of(70).await.chunked(3, 2);
    let (first, second) =
        (small.cup("cup", &small.players).await, large.cup("cup", &large.players).await);

    let small_paid = small.finalize(first).await.unwrap();
    let large_paid = large.finalize(second).await.unwrap();

    assert_eq!(small_paid, large_paid);
}

#[tokio::test]
async fn of_many_that_finalize_at_once_exactly_one_pays() {
    for chunk_size in [3, 100] {
        let arena = Arena::of(10).await.chunked(chunk_size, 2);
        let cup = arena.cup("cup", &arena.players).await;

        let answers = join_all((0..5).map(|_| arena.finalize(cup))).await;

        let (paid, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!((paid.len(), refused.len()), (1, 4));
        for refusal in refused {
            assert!(existing(refusal).status.is_frozen());
        }
        audit(&arena, &[cup]).await;
    }
}

#[tokio::test]
async fn many_that_distribute_at_once_share_the_work() {
    let arena = Arena::of(10).await.chunked(2, 1);
    let cup = arena.cup("cup", &arena.players).await;
    arena.finalize_and_die(cup, 0).await;

    let scope = DistributeScope::Pending;
    let answers = join_all((0..4).map(|_| arena.distribute(cup, scope))).await;

    let applied: u64 = answers.iter().flatten().map(|it| it.applied).sum();
    assert_eq!(applied, 10);
    let status = arena.guerdon.summary(cup).await.unwrap().status;
    assert_eq!(status, TournamentStatus::RewardsDistributed);
    audit(&arena, &[cup]).await;
}

#[tokio::test]
async fn asking_again_by_whatever_trigger_gives_what_exists() {
    let arena = Arena::of(4).await;
    let cup = arena.cup("cup", &arena.players).await;
    let paid = arena.finalize(cup).await.unwrap().tournament;
    let begun = arena.store.faults().begun;

    let finalize = arena.finalize(cup).await;
    let distribute = arena.distribute(cup, DistributeScope::Pending).await;
    let one = arena.distribute(cup, DistributeScope::Player(arena.players[0])).await;

    assert_eq!([finalize, distribute, one].map(existing), [&paid, &paid, &paid].map(Clone::clone));
    assert_eq!(arena.store.faults().begun, begun + 1);
    audit(&arena, &[cup]).await;
}

#[tokio::test]
async fn one_named_player_is_paid_alone() {
    let arena = Arena::of(5).await.chunked(2, 1);
    let cup = arena.cup("cup", &arena.players).await;
    arena.finalize_and_die(cup, 0).await;
    let last = arena.players[4];

    let one = arena.distribute(cup, DistributeScope::Player(last)).await.unwrap();
    let again = arena.distribute(cup, DistributeScope::Player(last)).await.unwrap();

    assert_eq!((one.applied, again.applied), (1, 0));
    assert_eq!((one.tournament.awards_applied, one.tournament.awards_pending), (1, 4));
    assert!(!again.is_complete());
    let rest = arena.distribute(cup, DistributeScope::Pending).await.unwrap();
    assert_eq!(rest.applied, 4);
    assert!(rest.is_complete());
    audit(&arena, &[cup]).await;
}

#[tokio::test]
async fn a_named_player_who_did_not_take_part_is_a_mistake_and_not_a_success() {
    let arena = Arena::of(5).await.chunked(2, 1);
    let cup = arena.cup("cup", &arena.players[..4]).await;
    arena.finalize_and_die(cup, 0).await;
    let stranger = arena.players[4];

    let refusal = arena.distribute(cup, DistributeScope::Player(stranger)).await.unwrap_err();

    let expected = matches!(refusal, GuerdonError::NoAward { player, .. } if player == stranger);
    assert!(expected, "{refusal}");
}

#[tokio::test]
async fn nothing_is_distributed_before_it_is_finalized() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players).await;

    let refusal = arena.distribute(cup, DistributeScope::Pending).await.unwrap_err();

    let status = TournamentStatus::InProgress;
    assert!(
        matches!(refusal, GuerdonError::NotFinalized { status: it, .. } if it == status),
        "{refusal}"
    );
}
