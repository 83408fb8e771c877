//! R02: two distributions of one tournament.

use app_service::{DistributeScope, GuerdonError};
use domain::TournamentStatus as Status;
use ports::spi::{ClaimScope, ClaimStates};

use crate::{
    cast::{ANNA, BEN, CUP, existing, newcomer, usual_awards},
    scene::{Scene, distributing},
    script::{Script, lock},
};

/// R02: nobody is paid whose award this transaction has not claimed first.
#[tokio::test]
async fn awards_are_claimed_before_anybody_is_paid() {
    let scene = Scene::new()
        .reads(Status::Completed)
        .begins(distributing())
        .finds_nothing_to_claim()
        .finds_nothing_to_claim()
        .closes()
        .summarises(Status::RewardsDistributed);

    let distribution = scene.distribute(DistributeScope::Pending).await.unwrap();

    assert_eq!((distribution.applied, distribution.entries_posted), (2, 4));
}

/// R02: what is distributed is answered with what exists; not even a transaction is begun.
#[tokio::test]
async fn asking_again_gives_the_existing_summary() {
    for found in [Status::RewardsDistributed, Status::Archived] {
        let scene = Scene::new().summarises(found);

        let refusal = scene.distribute(DistributeScope::Pending).await.unwrap_err();

        assert_eq!(existing(refusal).awards_applied, 2);
    }
}

/// R02: an award that another worker has claimed is left to that worker.
#[tokio::test]
async fn what_is_claimed_elsewhere_is_skipped() {
    let mut awards = usual_awards();
    let ben = awards.remove(1);
    let script = Script::default().shares(Status::Completed);
    let script = script.settles(vec![ben], vec![newcomer(BEN)]).commits();
    let heard = script.heard();
    let scene = Scene::new()
        .reads(Status::Completed)
        .begins(script)
        .finds_nothing_to_claim()
        .finds_nothing_to_claim()
        .closes()
        .summarises(Status::RewardsDistributed);

    let distribution = scene.distribute(DistributeScope::Pending).await.unwrap();

    assert_eq!(distribution.applied, 1);
    let heard = lock(&heard);
    assert!(heard.entries.iter().all(|it| it.player == BEN));
    assert_eq!(heard.outcomes.len(), 1);
}

/// R02: an empty claim locks no player and pays nothing; the books are closed under a lock of
/// their own, and only while nothing is pending under it.
#[tokio::test]
async fn a_chunk_that_another_worker_gave_back_is_claimed_before_closing() {
    let given_back = Script::default().locks(Status::Completed).claims(usual_awards());
    let scene = Scene::new()
        .reads(Status::Completed)
        .finds_nothing_to_claim()
        .begins(given_back)
        .begins(distributing())
        .finds_nothing_to_claim()
        .finds_nothing_to_claim()
        .closes()
        .summarises(Status::RewardsDistributed);

    let distribution = scene.distribute(DistributeScope::Pending).await.unwrap();

    assert_eq!(distribution.applied, 2);
}

/// R02: claims are bounded, and start behind what this worker has paid already.
#[tokio::test]
async fn a_claim_starts_behind_the_last_one() {
    let mut awards = usual_awards();
    let ben = awards.remove(1);
    let one = |award, id| {
        let script = Script::default().shares(Status::Completed);
        script.settles(vec![award], vec![newcomer(id)]).commits()
    };
    let first = one(awards.remove(0), ANNA);
    let second = one(ben, BEN);
    let heard = [first.heard(), second.heard()];
    let scene = Scene::new()
        .with_chunk_size(1)
        .reads(Status::Completed)
        .begins(first)
        .begins(second)
        .finds_nothing_to_claim()
        .finds_nothing_to_claim()
        .closes()
        .summarises(Status::RewardsDistributed);

    let paid = scene.distribute(DistributeScope::Pending).await.unwrap();

    assert!(paid.is_complete());
    let claims = heard.map(|it| lock(&it).claims[0]);
    let next = |after| ClaimScope::Next { after, limit: 1 };
    assert_eq!(claims.map(|it| it.scope), [next(None), next(Some(ANNA))]);
    assert_eq!(claims.map(|it| it.states), [ClaimStates::Pending; 2]);
}

/// R02: nothing is paid before the plan is frozen, or after the tournament was called off.
#[tokio::test]
async fn without_a_frozen_plan_no_transaction_is_begun() {
    let open = Scene::new().reads(Status::InProgress);
    let cancelled = Scene::new().reads(Status::Cancelled);

    let open = open.distribute(DistributeScope::Pending).await.unwrap_err();
    let cancelled = cancelled.distribute(DistributeScope::Pending).await.unwrap_err();

    assert!(matches!(open, GuerdonError::NotFinalized { tournament: CUP, .. }), "{open}");
    assert!(matches!(cancelled, GuerdonError::Cancelled(CUP)), "{cancelled}");
}
