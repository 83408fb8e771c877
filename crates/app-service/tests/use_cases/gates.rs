//! The arrows of the status machine, as the façade shows them.

use app_service::{DistributeScope, GuerdonError};
use domain::{IllegalTransition, TournamentStatus as Status};

use crate::arena::{Arena, existing, me, ranked};

#[tokio::test]
async fn a_cancelled_tournament_pays_nobody_and_takes_nothing() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players).await;
    let mut order = arena.players.clone();
    order.reverse();

    arena.guerdon.cancel(cup, &me()).await.unwrap();

    let finalize = arena.finalize(cup).await.unwrap_err();
    let distribute = arena.distribute(cup, DistributeScope::Pending).await.unwrap_err();
    let submit = arena.submit(cup, &ranked(&order)).await.unwrap_err();
    assert!(matches!(finalize, GuerdonError::Cancelled(it) if it == cup), "{finalize}");
    assert!(matches!(distribute, GuerdonError::Cancelled(it) if it == cup), "{distribute}");
    assert_eq!(illegal(submit).from, Status::Cancelled);
    assert_eq!(arena.guerdon.profile(order[0]).await.unwrap().xp_balance, 0);
}

#[tokio::test]
async fn what_is_cancelled_is_not_cancelled_again() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players).await;
    arena.guerdon.cancel(cup, &me()).await.unwrap();

    let refusal = arena.guerdon.cancel(cup, &me()).await.unwrap_err();

    let expected = IllegalTransition { from: Status::Cancelled, to: Status::Cancelled };
    assert_eq!(illegal(refusal), expected);
}

#[tokio::test]
async fn what_is_frozen_is_not_cancelled() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players).await;
    assert!(arena.finalize(cup).await.unwrap().is_complete());

    let refusal = arena.guerdon.cancel(cup, &me()).await.unwrap_err();

    let expected = IllegalTransition { from: Status::RewardsDistributed, to: Status::Cancelled };
    assert_eq!(illegal(refusal), expected);
}

#[tokio::test]
async fn only_what_is_distributed_is_archived_and_stays_as_it_is() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players).await;

    let early = arena.guerdon.archive(cup, &me()).await.unwrap_err();
    assert!(arena.finalize(cup).await.unwrap().is_complete());
    arena.guerdon.archive(cup, &me()).await.unwrap();

    assert_eq!(illegal(early).from, Status::InProgress);
    assert_eq!(existing(arena.finalize(cup).await).status, Status::Archived);
    let distribute = arena.distribute(cup, DistributeScope::Pending).await;
    assert_eq!(existing(distribute).awards_applied, 2);
}

fn illegal(refusal: GuerdonError) -> IllegalTransition {
    match refusal {
        GuerdonError::Illegal(it) => it,
        other => panic!("not refused by the status machine: {other:?}"),
    }
}
