//! R01: two calls of finalize for one tournament.

use app_service::{FinalizeOptions, GuerdonError};
use domain::{RewardPolicy, TournamentStatus as Status};

use crate::{
    cast::{ANNA, BEN, CUP, cup, existing, field, referee},
    scene::{Scene, finalizing, told},
    script::{Script, lock},
};

/// R01: whatever is written is written under the exclusive lock, and the commit comes last.
#[tokio::test]
async fn the_tournament_is_locked_before_anything_is_written() {
    let scene = Scene::new().begins(finalizing()).summarises(Status::RewardsDistributed);

    let distribution = scene.finalize().await.unwrap();

    assert_eq!((distribution.applied, distribution.entries_posted), (2, 4));
    assert!(distribution.is_complete());
}

/// R01: what decides is the status that the lock found, never one that was read before it.
#[tokio::test]
async fn whoever_finds_the_books_open_no_more_under_the_lock_only_reads_the_summary() {
    for found in [Status::Completed, Status::RewardsDistributed, Status::Archived] {
        let scene = Scene::new().begins(Script::default().locks(found)).adds_up();

        let existing = existing(scene.finalize().await.unwrap_err());

        assert_eq!((existing.status, existing.xp_total), (found, 971));
    }
}

/// R01: a tournament that cannot be paid is refused under the lock, without a write.
#[tokio::test]
async fn without_results_or_after_cancelling_nothing_is_written() {
    let locks = |found| Scene::new().begins(Script::default().locks(found));

    let scheduled = locks(Status::Scheduled).finalize().await.unwrap_err();
    let cancelled = locks(Status::Cancelled).finalize().await.unwrap_err();

    assert!(matches!(scheduled, GuerdonError::NoResults(CUP)), "{scheduled}");
    assert!(matches!(cancelled, GuerdonError::Cancelled(CUP)), "{cancelled}");
}

/// R01: of two calls the second one meets the gate; each participant's award is inserted once.
#[tokio::test]
async fn the_second_of_two_calls_gets_what_the_first_one_made() {
    let first = finalizing();
    let heard = first.heard();
    let guerdon = Scene::new()
        .begins(first)
        .summarises(Status::RewardsDistributed)
        .begins(Script::default().locks(Status::RewardsDistributed))
        .adds_up()
        .guerdon();

    let paid = guerdon.finalize(CUP, FinalizeOptions::default(), &referee()).await.unwrap();
    let again = guerdon.finalize(CUP, FinalizeOptions::default(), &referee()).await.unwrap_err();

    assert_eq!(existing(again), paid.tournament);
    let planned: Vec<_> = lock(&heard).planned.iter().map(|it| it.player).collect();
    assert_eq!(planned, [ANNA, BEN]);
}

/// R01: a plan that nobody has previewed is not frozen: no award, no status change, no commit.
#[tokio::test]
async fn another_plan_than_the_previewed_one_is_not_frozen() {
    let script = Script::default().locks(Status::InProgress).reads_field(field([ANNA, BEN]));
    let guerdon = Scene::new().begins(script).guerdon();
    let expected = RewardPolicy::standard().hash();
    let options = FinalizeOptions { expected_plan: Some(expected), ..FinalizeOptions::default() };

    let refusal = guerdon.finalize(CUP, options, &referee()).await.unwrap_err();

    assert!(matches!(refusal, GuerdonError::StalePlan { expected: it, .. } if it == expected));
}

/// R01: the changes are numbered behind the one that the lock found, so that a second writer of
/// the same number would be refused.
#[tokio::test]
async fn each_status_change_carries_the_next_number() {
    let heard = told(finalizing()).await;

    let found = cup(Status::InProgress).change_seq;
    let changes: Vec<_> = heard.changes.iter().map(|it| (it.seq, it.to)).collect();
    let expected = [(found + 1, Status::Completed), (found + 2, Status::RewardsDistributed)];
    assert_eq!(changes, expected);
}
