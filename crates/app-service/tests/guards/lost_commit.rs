//! What follows a commit whose answer never came.

use app_service::DistributeScope;
use domain::TournamentStatus as Status;
use ports::StoreError;

use crate::{
    cast::{ANNA, CUP, newcomer, referee, usual_awards},
    scene::{Scene, distributing, finalizing},
    script::Script,
};

/// The commit had not happened: the gate is open, and the whole unit runs again.
#[tokio::test]
async fn a_commit_that_did_not_happen_is_made_up_for() {
    let scene = unanswered().begins(finalizing()).summarises(Status::RewardsDistributed);

    let distribution = scene.finalize().await.unwrap();

    assert_eq!(distribution.applied, 2);
}

/// The commit had happened: the call finds its own work, pays nothing more, and is no conflict.
#[tokio::test]
async fn a_commit_that_did_happen_is_no_conflict() {
    let scene = unanswered()
        .begins(Script::default().locks(Status::RewardsDistributed))
        .begins(Script::default().shares(Status::RewardsDistributed))
        .begins(Script::default().locks(Status::RewardsDistributed))
        .summarises(Status::RewardsDistributed);

    let distribution = scene.finalize().await.unwrap();

    assert!(distribution.is_complete());
    assert_eq!(distribution.tournament.awards_applied, 2);
}

/// The commit had happened and somebody is still owed: the call goes on as its own successor.
#[tokio::test]
async fn a_commit_that_did_happen_is_gone_on_from() {
    let anna = usual_awards().remove(0);
    let rest = Script::default().shares(Status::Completed);
    let scene = unanswered()
        .begins(Script::default().locks(Status::Completed))
        .begins(rest.settles(vec![anna], vec![newcomer(ANNA)]).commits())
        .finds_nothing_to_claim()
        .finds_nothing_to_claim()
        .closes()
        .summarises(Status::RewardsDistributed);

    let distribution = scene.finalize().await.unwrap();

    assert_eq!(distribution.applied, 1);
}

/// A chunk is claimed again: what was applied is not returned by the claim, and not paid again.
#[tokio::test]
async fn a_chunk_whose_commit_did_happen_is_not_paid_again() {
    let commit = distributing().len() - 1;
    let scene = Scene::new()
        .reads(Status::Completed)
        .begins_failing(distributing(), commit, unknown())
        .finds_nothing_to_claim()
        .closes()
        .finds_the_award()
        .summarises(Status::RewardsDistributed);

    let distribution = scene.distribute(DistributeScope::Player(ANNA)).await.unwrap();

    assert!(distribution.is_complete());
    assert_eq!(distribution.entries_posted, 0);
}

/// The books were closed by the commit whose answer was lost: that is no conflict, either.
#[tokio::test]
async fn closing_whose_commit_did_happen_is_no_conflict() {
    let closing = Script::default().locks(Status::Completed).claims(vec![]).advances().commits();
    let commit = closing.len() - 1;
    let scene = Scene::new()
        .reads(Status::Completed)
        .finds_nothing_to_claim()
        .begins_failing(closing, commit, unknown())
        .begins(Script::default().locks(Status::RewardsDistributed))
        .summarises(Status::RewardsDistributed);

    let distribution = scene.distribute(DistributeScope::Pending).await.unwrap();

    assert!(distribution.is_complete());
}

/// Finalize, with a commit that was sent and not answered.
fn unanswered() -> Scene {
    Scene::new().begins_failing(finalizing(), finalizing().len() - 1, unknown())
}

/// A tournament that the lost commit has cancelled is cancelled, and not an illegal step.
#[tokio::test]
async fn cancelling_whose_commit_did_happen_is_done() {
    let cancelling = || Script::default().locks(Status::InProgress).advances().commits();
    let commit = cancelling().len() - 1;
    let guerdon = Scene::new()
        .begins_failing(cancelling(), commit, unknown())
        .begins(Script::default().locks(Status::Cancelled))
        .guerdon();

    let cancelled = guerdon.cancel(CUP, &referee()).await;

    assert!(cancelled.is_ok(), "{cancelled:?}");
}

fn unknown() -> StoreError {
    StoreError::CommitUnknown { source: "connection reset".into() }
}
