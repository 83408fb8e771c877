//! What follows a lost race, and a row that the store refuses.

use app_service::{DistributeScope, GuerdonError};
use domain::{Paid, TournamentStatus as Status};
use ports::{
    StoreError,
    spi::{AwardOutcome, Verdict},
};

use crate::{
    cast::{ANNA, BEN, existing, field, newcomers, usual_awards},
    scene::{Scene, TRIES, deadlock, distributing, finalizing},
    script::{Script, lock},
};

/// Whichever call loses, the whole unit is run again, in a fresh transaction, from the lock on.
#[tokio::test]
async fn finalize_runs_again_from_the_lock_whichever_call_lost() {
    for at in 0..finalizing().len() {
        let scene = Scene::new()
            .begins_failing(finalizing(), at, deadlock())
            .begins(finalizing())
            .summarises(Status::RewardsDistributed);

        let distribution = scene.finalize().await.unwrap();

        assert_eq!((distribution.applied, distribution.entries_posted), (2, 4), "call {at}");
    }
}

/// A chunk that lost is claimed again as a whole: what the loser had claimed is not remembered.
#[tokio::test]
async fn a_chunk_runs_again_from_the_shared_lock_whichever_call_lost() {
    for at in 0..distributing().len() {
        let scene = Scene::new()
            .reads(Status::Completed)
            .begins_chunk_failing(distributing(), at, deadlock())
            .begins(distributing())
            .closes()
            .summarises(Status::RewardsDistributed);

        let distribution = scene.distribute(DistributeScope::Player(ANNA)).await.unwrap();

        assert_eq!(distribution.applied, 2, "call {at}");
    }
}

/// Losing over and over ends with the error, not in an endless loop.
#[tokio::test]
async fn retries_are_bounded() {
    let scene =
        (0..TRIES).fold(Scene::new(), |it, _| it.begins_failing(finalizing(), 0, deadlock()));

    let refusal = scene.finalize().await.unwrap_err();

    let GuerdonError::Store(StoreError::Transient { .. }) = refusal else { panic!("{refusal}") };
}

/// A commit that lost its race wrote nothing: who has frozen the plan since was somebody else.
#[tokio::test]
async fn a_lost_commit_does_not_make_another_callers_plan_ones_own() {
    let commit = finalizing().len() - 1;
    let scene = Scene::new()
        .begins_failing(finalizing(), commit, deadlock())
        .begins(Script::default().locks(Status::RewardsDistributed))
        .adds_up();

    let refusal = scene.finalize().await.unwrap_err();

    assert_eq!(existing(refusal).awards_applied, 2);
}

/// A row that the store refuses is looked for under savepoints, and costs its owner alone.
#[tokio::test]
async fn one_refused_participant_is_isolated_and_the_others_are_paid() {
    let halving = Script::default().locks(Status::InProgress).freezes(field([ANNA, BEN]));
    let halving = halving.locks_players(newcomers());
    let both = halving.savepoint().refuses_entries(corrupt()).rolls_back_to_savepoint();
    let anna = both.savepoint().pays().releases();
    let ben = anna.savepoint().refuses_entries(corrupt()).rolls_back_to_savepoint();
    let isolating = ben.marks().commits();
    let heard = isolating.heard();
    let scene = Scene::new()
        .begins_failing(finalizing(), LEDGER, corrupt())
        .begins(isolating)
        .summarises(Status::Completed);

    let distribution = scene.finalize().await.unwrap();

    assert_eq!((distribution.applied, distribution.failed[0].player), (1, BEN));
    let reason = corrupt().to_string();
    let annas = usual_awards().into_iter().find(|it| it.planned.player == ANNA).unwrap();
    let paid = Paid { revision: 0, xp: annas.planned.reward.xp(), credits: 100 };
    let expected = [(ANNA, Verdict::Applied(paid)), (BEN, Verdict::Failed { reason })];
    let expected = expected.map(|(player, verdict)| AwardOutcome { player, verdict });
    assert_eq!(lock(&heard).outcomes, expected);
}

/// A race that is lost while isolating is run again like any other.
#[tokio::test]
async fn isolating_survives_a_lost_race() {
    let isolating = || {
        let script = Script::default().shares(Status::Completed).claims(usual_awards());
        let script = script.locks_players(newcomers()).savepoint().pays();
        script.releases().marks().commits()
    };
    for at in 0..isolating().len() {
        let scene = Scene::new()
            .reads(Status::Completed)
            .begins_chunk_failing(distributing(), distributing().len() - 2, corrupt())
            .begins_chunk_failing(isolating(), at, deadlock())
            .begins(isolating())
            .closes()
            .summarises(Status::RewardsDistributed);

        let distribution = scene.distribute(DistributeScope::Player(ANNA)).await.unwrap();

        assert_eq!((distribution.applied, distribution.failed.len()), (2, 0), "call {at}");
    }
}

/// The call of [`finalizing`] that posts entries.
const LEDGER: usize = 5;

fn corrupt() -> StoreError {
    StoreError::Corrupt { table: "ledger_entries", rule: "an update was lost".into(), source: None }
}
