//! R03: two different triggers, finalize here and distribute there, for one tournament.

use app_service::DistributeScope;
use domain::TournamentStatus as Status;

use crate::{
    cast::{ANNA, BEN, existing, field, newcomers, usual_awards},
    scene::{Scene, distributing},
    script::{Script, lock},
};

/// R03: the read without a lock said "completed"; the shared lock knows better. Nothing is
/// claimed, no player is locked, nothing is committed, and the answer is what the other made.
#[tokio::test]
async fn the_trigger_that_comes_second_gives_way_under_the_lock() {
    let scene = Scene::new()
        .reads(Status::Completed)
        .begins(Script::default().shares(Status::RewardsDistributed))
        .begins(Script::default().locks(Status::RewardsDistributed))
        .summarises(Status::RewardsDistributed);

    let refusal = scene.distribute(DistributeScope::Pending).await.unwrap_err();

    assert_eq!(existing(refusal).awards_applied, 2);
}

/// R03: a distribution of one named player goes through the same lock, claim and state.
#[tokio::test]
async fn a_player_who_was_paid_by_the_other_trigger_is_not_claimed() {
    let scene = Scene::new()
        .reads(Status::Completed)
        .finds_nothing_to_claim()
        .closes()
        .finds_the_award()
        .summarises(Status::RewardsDistributed);

    let distribution = scene.distribute(DistributeScope::Player(ANNA)).await.unwrap();

    assert_eq!((distribution.applied, distribution.entries_posted), (0, 0));
}

/// R03: a large finalize pays through the very chunks that distribute pays through, so that a
/// distribution that began right after the freezing shares the work instead of doubling it.
#[tokio::test]
async fn finalize_pays_a_large_field_through_claims_like_everybody_else() {
    let paying = Script::default().shares(Status::Completed);
    let paying = paying.settles(usual_awards(), newcomers()).commits();
    let scene = Scene::new()
        .with_chunk_size(1)
        .begins(freezing_page_by_page())
        .begins(paying)
        .finds_nothing_to_claim()
        .finds_nothing_to_claim()
        .closes()
        .summarises(Status::RewardsDistributed);

    let distribution = scene.finalize().await.unwrap();

    assert_eq!(distribution.applied, 2);
}

/// R03: whoever froze the plan is no second caller, also when another trigger has paid it whole
/// in the meantime.
#[tokio::test]
async fn finalize_whose_plan_another_trigger_paid_is_no_conflict() {
    let scene = Scene::new()
        .with_chunk_size(1)
        .begins(freezing_page_by_page())
        .begins(Script::default().shares(Status::RewardsDistributed))
        .begins(Script::default().locks(Status::RewardsDistributed))
        .summarises(Status::RewardsDistributed);

    let distribution = scene.finalize().await.unwrap();

    assert!(distribution.is_complete());
    assert_eq!(distribution.applied, 0);
}

/// R03: paying marks each award in the transaction that pays it, behind all that it pays.
#[tokio::test]
async fn an_award_is_marked_in_the_transaction_that_pays_it() {
    let script = distributing();
    let heard = script.heard();
    let scene = Scene::new().reads(Status::Completed).begins(script);
    let scene = scene.closes().summarises(Status::RewardsDistributed);

    let paid = scene.distribute(DistributeScope::Player(ANNA)).await.unwrap();

    assert!(paid.is_complete());
    let heard = lock(&heard);
    let paid: Vec<_> = usual_awards().iter().map(|it| it.planned.player).collect();
    assert_eq!(heard.outcomes.iter().map(|it| it.player).collect::<Vec<_>>(), paid);
    assert_eq!(heard.entries.len(), 4);
}

/// Freezes the usual field in pages of one: one pass to survey it, one over what was kept of it.
fn freezing_page_by_page() -> Script {
    let page = || field([ANNA, BEN]);
    let one = |at: usize| vec![page().remove(at)];
    let survey = Script::default().locks(Status::InProgress).reads_field(page());
    let survey = survey.reads_field(one(0)).reads_field(one(1)).reads_field(vec![]);
    survey.plans().plans().reads_field(vec![]).advances().commits()
}
