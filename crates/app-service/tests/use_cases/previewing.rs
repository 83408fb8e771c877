//! Previewing a plan, and paying the one that was previewed.

use app_service::{FinalizeOptions, GuerdonError};
use domain::{NewTournament, TournamentStatus};

use crate::arena::{Arena, me, ranked};

#[tokio::test]
async fn a_preview_writes_nothing_and_names_the_plan_that_finalize_freezes() {
    for chunk_size in [3, 100] {
        let arena = Arena::of(10).await.chunked(chunk_size, 1);
        let cup = arena.cup("cup", &arena.players).await;
        let begun = arena.store.faults().begun;

        let preview = arena.guerdon.preview(cup, 4).await.unwrap();

        assert_eq!(arena.store.faults().begun, begun);
        let paid = arena.finalize(cup).await.unwrap().tournament;
        assert_eq!(paid.plan_hash, Some(preview.plan_hash));
        assert_eq!((paid.xp_total, paid.credits_total), (preview.xp_total, preview.credits_total));
    }
}

#[tokio::test]
async fn a_preview_shows_some_awards_and_the_totals_of_all() {
    let arena = Arena::of(10).await.chunked(3, 1);
    let cup = arena.cup("cup", &arena.players).await;

    let few = arena.guerdon.preview(cup, 4).await.unwrap();
    let all = arena.guerdon.preview(cup, 100).await.unwrap();

    assert_eq!((few.participants, few.awards.len()), (10, 4));
    assert_eq!(few.awards[..], all.awards[..4]);
    assert_eq!(few.xp_total, all.awards.iter().map(|it| it.reward.xp()).sum::<i64>());
    assert_eq!(few.credits_total, 175);
}

#[tokio::test]
async fn a_plan_that_changed_since_its_preview_is_not_paid() {
    let arena = Arena::of(3).await;
    let mut order = arena.players.clone();
    let cup = arena.cup("cup", &order).await;
    let seen = arena.guerdon.preview(cup, 0).await.unwrap().plan_hash;
    order.reverse();
    let replaced = arena.submit(cup, &ranked(&order)).await;
    let finalize = async |plan| {
        let options = FinalizeOptions { expected_plan: Some(plan), ..FinalizeOptions::default() };
        arena.guerdon.finalize(cup, options, &me()).await
    };

    let refusal = finalize(seen).await.unwrap_err();

    assert!(replaced.is_ok());
    let GuerdonError::StalePlan { expected, actual } = refusal else { panic!("{refusal}") };
    assert_eq!(expected, seen);
    let status = arena.guerdon.summary(cup).await.unwrap().status;
    assert_eq!(status, TournamentStatus::InProgress);
    assert!(finalize(actual).await.unwrap().is_complete());
}

#[tokio::test]
async fn the_preview_of_a_frozen_tournament_is_the_frozen_plan() {
    let arena = Arena::of(7).await.chunked(3, 1);
    let cup = arena.cup("cup", &arena.players).await;
    let before = arena.guerdon.preview(cup, 100).await.unwrap();

    arena.finalize_and_die(cup, 1).await;

    let after = arena.guerdon.preview(cup, 100).await.unwrap();
    assert_eq!(after.tournament.status, TournamentStatus::Completed);
    assert_eq!((after.plan_hash, after.awards), (before.plan_hash, before.awards));
    assert_eq!((after.xp_total, after.participants), (before.xp_total, before.participants));
}

#[tokio::test]
async fn without_results_there_is_nothing_to_preview_or_to_pay() {
    let arena = Arena::of(0).await;
    let tournament = NewTournament::new("cup", "The Cup");
    let cup = tournament.id;
    let announced = arena.guerdon.create_tournament(tournament).await;

    let preview = arena.guerdon.preview(cup, 1).await.unwrap_err();
    let finalize = arena.finalize(cup).await.unwrap_err();

    assert!(announced.is_ok());
    assert!(matches!(preview, GuerdonError::NoResults(it) if it == cup), "{preview}");
    assert!(matches!(finalize, GuerdonError::NoResults(it) if it == cup), "{finalize}");
}
