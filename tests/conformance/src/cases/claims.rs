//! Contract: which awards a claim takes, and whom it waits for.

use domain::{AwardState, PlayerId, TournamentId};
use ports::{
    LockError, UnitsOfWork,
    spi::{Claim, ClaimStates},
};

use crate::{
    Harness,
    fixtures::{applied, failed, frozen, mark, mark_and_commit, named, next, register},
    waiting::{finishes, open_beside, waits},
};

/// CLAIM-1: a failed one only where it is asked for, an applied one never.
pub async fn only_awards_in_a_state_of_the_claim_are_claimed(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let cup = frozen(harness, "cup", &ids).await;
    mark_and_commit(&harness.units(), cup, &named(ids[0]), &applied()).await;
    mark_and_commit(&harness.units(), cup, &named(ids[1]), &failed()).await;
    let with_failed = |claim: Claim| Claim { states: ClaimStates::PendingOrFailed, ..claim };

    assert_eq!(claim(harness.units(), cup, next(None, 10)).await.unwrap(), [ids[2]]);
    assert_eq!(claim(harness.units(), cup, with_failed(next(None, 10))).await.unwrap(), ids[1..]);
    assert_eq!(claim(harness.units(), cup, named(ids[1])).await.unwrap(), []);
    assert_eq!(claim(harness.units(), cup, with_failed(named(ids[1]))).await.unwrap(), [ids[1]]);
    assert_eq!(claim(harness.units(), cup, with_failed(named(ids[0]))).await.unwrap(), []);
}

/// CLAIM-1: the state at the start of the statement is not good enough, or the award is paid twice.
pub async fn award_that_was_applied_during_the_wait_is_not_claimed(harness: &impl Harness) {
    let ids = register(harness, 1).await;
    let cup = frozen(harness, "cup", &ids).await;
    let mut first = harness.units().begin().await.unwrap();
    mark(&mut first, cup, &named(ids[0]), &applied()).await;

    let second = waits(claim(harness.units(), cup, named(ids[0]))).await;
    first.commit().await.unwrap();

    assert_eq!(second.goes_on().await.unwrap(), []);
}

/// CLAIM-1: claims of one tournament leave the awards of another alone.
pub async fn claim_takes_nothing_of_another_tournament(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let (ours, theirs) =
        (frozen(harness, "ours", &ids).await, frozen(harness, "theirs", &ids).await);

    let paid = mark_and_commit(&harness.units(), ours, &next(None, 10), &applied()).await;

    assert_eq!(paid, ids);
    assert_eq!(claim(harness.units(), theirs, next(None, 10)).await.unwrap(), ids);
}

/// CLAIM-2: two workers pay different players, and the limit counts those who are to be had.
pub async fn next_claim_skips_what_another_worker_has_claimed(harness: &impl Harness) {
    let ids = register(harness, 5).await;
    let cup = frozen(harness, "cup", &ids).await;
    let mut first = harness.units().begin().await.unwrap();
    let ours = mark(&mut first, cup, &next(None, 2), &applied()).await;
    let first = open_beside(harness, first).await;

    let theirs = finishes(claim(harness.units(), cup, next(None, 2))).await.unwrap();

    assert_eq!(ours, ids[..2]);
    assert_eq!(theirs, ids[2..4]);
    drop(first);
}

/// CLAIM-2: a page of the queue, in ascending player id.
pub async fn next_claim_keeps_its_limit_and_where_it_starts(harness: &impl Harness) {
    let ids = register(harness, 5).await;
    let reversed: Vec<_> = ids.iter().rev().copied().collect();
    let cup = frozen(harness, "cup", &reversed).await;

    assert_eq!(claim(harness.units(), cup, next(None, 3)).await.unwrap(), ids[..3]);
    assert_eq!(claim(harness.units(), cup, next(Some(ids[1]), 2)).await.unwrap(), ids[2..4]);
    assert_eq!(claim(harness.units(), cup, next(Some(ids[4]), 2)).await.unwrap(), []);
}

/// CLAIM-3: it must not be skipped, because nobody would come back for it.
pub async fn claim_of_a_named_player_waits_for_whoever_has_it(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    let mut first = harness.units().begin().await.unwrap();
    mark(&mut first, cup, &next(None, 1), &applied()).await;

    let second = waits(claim(harness.units(), cup, named(ids[0]))).await;
    first.rollback().await.unwrap();

    assert_eq!(second.goes_on().await.unwrap(), [ids[0]]);
    let award = harness.store().find_award(cup, ids[0]).await.unwrap().unwrap().award;
    assert_eq!(award.state, AwardState::Pending);
}

/// Claims in a unit of work of its own, and gives the claim up again.
async fn claim(
    units: UnitsOfWork,
    id: TournamentId,
    claim: Claim,
) -> Result<Vec<PlayerId>, LockError> {
    let mut uow = units.begin().await?;
    let tournament = uow.share_tournament(id).await?;
    let awards = tournament.claim_awards(&claim).await?;
    let claimed = awards.as_slice().iter().map(|it| it.planned.player).collect();
    uow.rollback().await?;
    Ok(claimed)
}
