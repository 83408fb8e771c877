//! Registering, announcing, taking results in.

use app_service::{
    Actor, DistributeScope, FinalizeOptions, GuerdonError, ProgressListener, Recorded,
    SubmitOptions, Submitted,
};
use domain::{
    Finish, NewPlayer, NewTournament, Placement, PlayerId, RewardPolicy, TextProblem, TournamentId,
    TournamentStatus,
};

use crate::arena::{Arena, list, newcomer, ranked, row, timed};

#[tokio::test]
async fn registering_again_finds_the_same_player_and_keeps_the_name() {
    let arena = Arena::of(1).await;
    let again = NewPlayer { name: "Somebody else".into(), ..newcomer(0) };

    let recorded = arena.guerdon.register_players(&[again, newcomer(1)]).await.unwrap();

    assert_eq!(recorded, [Recorded::Replayed, Recorded::New]);
    assert_eq!(arena.guerdon.profile(newcomer(0).id).await.unwrap().name, "Player 0");
}

#[tokio::test]
async fn more_players_than_a_chunk_are_registered_in_the_order_given() {
    let arena = Arena::of(4).await.chunked(3, 1);
    let players: Vec<_> = (0..10).map(newcomer).collect();

    let recorded = arena.guerdon.register_players(&players).await.unwrap();

    assert_eq!(recorded[..4], [Recorded::Replayed; 4]);
    assert_eq!(recorded[4..], [Recorded::New; 6]);
}

/// PostgreSQL stores no NUL; what one database refuses in the middle of a batch, all refuse before.
#[tokio::test]
async fn what_is_no_readable_text_is_refused_before_anything_is_written() {
    let arena = Arena::of(0).await.chunked(1, 1);
    let nul = NewPlayer { name: "A\0da".into(), ..newcomer(1) };

    let player = arena.guerdon.register_players(&[newcomer(0), nul]).await.unwrap_err();
    let cup = NewTournament::new("c\0up", "The Cup");
    let tournament = arena.guerdon.create_tournament(cup).await.unwrap_err();

    assert_eq!(
        player.to_string(),
        "the player name \"A\\0da\" has the control character U+0000, \
         expected a text without control characters"
    );
    assert_eq!(refused(tournament), ("tournament key", TextProblem::Control { letter: '\0' }));
    assert!(arena.guerdon.players(None, 10).await.unwrap().is_empty());
    assert!(arena.guerdon.tournaments(None, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_actor_whom_no_record_can_show_moves_nothing() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players).await;
    let nobody = Actor::new("no\nbody");
    let (guerdon, results) = (&arena.guerdon, ranked(&arena.players));
    let progress = ProgressListener::default();
    let before = guerdon.summary(cup).await.unwrap();

    let refusals = [
        guerdon.submit_results(cup, &results, SubmitOptions::default(), &nobody).await.map(drop),
        guerdon.finalize(cup, FinalizeOptions::default(), &nobody).await.map(drop),
        guerdon.distribute(cup, DistributeScope::Pending, &progress, &nobody).await.map(drop),
        guerdon.cancel(cup, &nobody).await,
        guerdon.archive(cup, &nobody).await,
    ];

    for refusal in refusals {
        assert_eq!(refused(refusal.unwrap_err()), ("actor", TextProblem::LineBreak));
    }
    assert_eq!(guerdon.summary(cup).await.unwrap(), before);
}

#[tokio::test]
async fn an_error_does_not_carry_a_text_along_that_is_too_long() {
    let arena = Arena::of(0).await;
    let endless = NewTournament::new("cup", "x".repeat(100_000));

    let refusal = arena.guerdon.create_tournament(endless).await.unwrap_err();

    assert!(refusal.to_string().len() < 1_000, "{refusal}");
    assert_eq!(refused(refusal), ("tournament name", TextProblem::TooLong { chars: 100_000 }));
}

#[expect(clippy::needless_pass_by_value, reason = "a test ends with what it was told")]
fn refused(refusal: GuerdonError) -> (&'static str, TextProblem) {
    let GuerdonError::NotText { what, problem, .. } = refusal else { panic!("{refusal}") };
    (what, problem)
}

#[tokio::test]
async fn announcing_again_changes_nothing_and_another_policy_is_refused() {
    let arena = Arena::of(0).await;
    let cup = || NewTournament::new("cup", "The Cup");
    let document = serde_json::json!({ "version": 2, "skills": {} });
    let policy = RewardPolicy::from_document(&document).unwrap();

    let first = arena.guerdon.create_tournament(cup()).await.unwrap();
    let second = arena.guerdon.create_tournament(cup()).await.unwrap();
    let other = arena.guerdon.create_tournament(cup().with_policy(policy)).await.unwrap_err();

    assert_eq!((first, second), (Recorded::New, Recorded::Replayed));
    let GuerdonError::Differs { existing } = other else { panic!("{other}") };
    assert_eq!((existing.name.as_str(), existing.policy_version), ("The Cup", 1));
}

#[tokio::test]
async fn the_same_results_again_change_nothing_and_others_replace_them() {
    let arena = Arena::of(3).await;
    let mut order = arena.players.clone();
    let cup = arena.cup("cup", &order).await;

    let again = arena.submit(cup, &ranked(&order)).await.unwrap();
    order.reverse();
    let others = arena.submit(cup, &ranked(&order)).await.unwrap();

    assert_eq!((again.recorded, again.field_size), (Recorded::Replayed, 3));
    assert_eq!(others.recorded, Recorded::New);
    assert_ne!(others.results_hash, again.results_hash);
    let preview = arena.guerdon.preview(cup, 10).await.unwrap();
    let winner = preview.awards.iter().find(|it| it.reward.xp_base == 500);
    assert_eq!(winner.map(|it| it.player), order.first().copied());
}

#[tokio::test]
async fn frozen_results_can_be_repeated_but_not_replaced() {
    let arena = Arena::of(3).await;
    let mut order = arena.players.clone();
    let cup = arena.cup("cup", &order).await;
    let paid = arena.finalize(cup).await.unwrap();

    let again = arena.submit(cup, &ranked(&order)).await.unwrap();
    order.reverse();
    let others = arena.submit(cup, &ranked(&order)).await.unwrap_err();

    assert_eq!(again.recorded, Recorded::Replayed);
    let status = TournamentStatus::RewardsDistributed;
    assert!(
        matches!(others, GuerdonError::ResultsFrozen { status: it, .. } if it == status),
        "{others}"
    );
    assert_eq!(arena.guerdon.summary(cup).await.unwrap(), paid.tournament);
}

/// Measured values were forgotten once; a list that was paid then comes again with the same places.
#[tokio::test]
async fn frozen_places_can_be_repeated_by_the_values_that_made_them() {
    let arena = Arena::of(3).await;
    let mut order = arena.players.clone();
    let cup = arena.cup("cup", &order).await;
    let measured = |order: &[PlayerId]| timed(order.iter().copied().zip([9.58, 9.71, 9.84]));
    let kept = arena.submit(cup, &measured(&order)).await.unwrap();
    let forgotten = arena.submit(cup, &ranked(&order)).await.unwrap();
    assert!(arena.finalize(cup).await.unwrap().is_complete());

    let again = arena.submit(cup, &measured(&order)).await.unwrap();
    order.reverse();
    let others = arena.submit(cup, &measured(&order)).await.unwrap_err();

    assert_eq!([kept, forgotten].map(|it| it.recorded), [Recorded::New; 2], "not frozen yet");
    assert_eq!(again, Submitted { recorded: Recorded::Replayed, ..forgotten });
    assert!(matches!(others, GuerdonError::ResultsFrozen { .. }), "{others}");
}

#[tokio::test]
async fn everybody_who_is_not_registered_is_named_and_nothing_is_written() {
    let arena = Arena::of(1).await;
    let mut strangers = ["x", "y"].map(PlayerId::of);
    strangers.sort_unstable();
    let tournament = NewTournament::new("cup", "The Cup");
    let cup = tournament.id;
    let announced = arena.guerdon.create_tournament(tournament).await.unwrap();

    let order = [strangers[1], arena.players[0], strangers[0]];
    let refusal = arena.submit(cup, &ranked(&order)).await.unwrap_err();

    assert_eq!(announced, Recorded::New);
    let GuerdonError::Unregistered(named) = refusal else { panic!("{refusal}") };
    assert_eq!(named, strangers);
    let status = arena.guerdon.summary(cup).await.unwrap().status;
    assert_eq!(status, TournamentStatus::Scheduled);
}

#[tokio::test]
async fn every_problem_of_the_results_is_named_at_once() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players).await;
    let first = || Finish::Marked(Placement::FIRST);
    let rows = arena.players.iter().chain(&arena.players).map(|it| row(*it, first()));

    let refusal = arena.submit(cup, &list(rows)).await.unwrap_err();

    let GuerdonError::InvalidResults(problems) = refusal else { panic!("{refusal}") };
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[tokio::test]
async fn an_unknown_tournament_takes_no_results() {
    let arena = Arena::of(1).await;
    let unknown = TournamentId::of("nowhere");

    let refusal = arena.submit(unknown, &ranked(&arena.players)).await.unwrap_err();

    assert!(matches!(refusal, GuerdonError::NoTournament(it) if it == unknown), "{refusal}");
}
