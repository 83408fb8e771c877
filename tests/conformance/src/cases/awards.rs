//! Contract: an award exists once and is applied once.

use domain::AwardState;

use crate::{
    Harness,
    clock::NOW,
    fixtures::{
        ALL, applied, assert_corrupt, failed, frozen, mark_and_commit, named, next, outcomes,
        planned, raw, register,
    },
};

/// AWARD-1: also by whoever freezes again, with other amounts.
pub async fn second_award_for_one_participant_is_refused(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    let before = planned(harness, cup).await;
    let mut again = before[0].clone();
    again.reward.credits += 1_000;
    let tx = raw(harness).await;

    let refusal = tx.insert_awards(cup, 1, &[again]).await;

    assert_corrupt(refusal);
    drop(tx);
    assert_eq!(planned(harness, cup).await, before);
}

/// AWARD-1: the key is the pair; the same player is owed for another tournament.
pub async fn player_is_owed_for_each_tournament(harness: &impl Harness) {
    let ids = register(harness, 2).await;

    let (one, two) = (frozen(harness, "one", &ids).await, frozen(harness, "two", &ids).await);

    let store = harness.store();
    assert_eq!(store.award_totals(one).await.unwrap().pending, 2);
    assert_eq!(store.award_totals(two).await.unwrap().pending, 2);
}

/// AWARD-2: whatever the second verdict is, and whoever comes with it.
pub async fn applied_award_is_not_marked_again(harness: &impl Harness) {
    let ids = register(harness, 1).await;
    let cup = frozen(harness, "cup", &ids).await;
    mark_and_commit(&harness.units(), cup, &named(ids[0]), &applied()).await;
    let before = harness.store().find_award(cup, ids[0]).await.unwrap().unwrap();

    for verdict in [applied(), failed()] {
        let tx = raw(harness).await;
        assert_corrupt(tx.update_awards(cup, &outcomes(&ids, &verdict), NOW).await);
    }

    let after = harness.store().find_award(cup, ids[0]).await.unwrap().unwrap();
    assert_eq!(after, before);
    assert_eq!(after.award.state, AwardState::Applied);
}

/// AWARD-2: one bad outcome among good ones must not be lost in the count.
pub async fn award_that_does_not_exist_is_not_marked(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let cup = frozen(harness, "cup", &ids[..2]).await;
    let tx = raw(harness).await;

    let refusal = tx.update_awards(cup, &outcomes(&ids, &applied()), NOW).await;

    assert_corrupt(refusal);
    assert!(tx.commit().await.is_err(), "the transaction outlived the refusal");
    assert_eq!(harness.store().award_totals(cup).await.unwrap().pending, 2);
}

/// AWARD-2: what failed was not paid, so it can be paid later, and its reason goes away.
pub async fn failed_award_can_still_be_applied(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    mark_and_commit(&harness.units(), cup, &next(None, 10), &failed()).await;
    let tx = raw(harness).await;

    tx.update_awards(cup, &outcomes(&ids[..1], &applied()), NOW).await.unwrap();
    tx.commit().await.unwrap();

    let awards = harness.store().list_awards(cup, None, ALL).await.unwrap();
    assert_eq!((&awards[0].award.state, awards[0].applied_at), (&AwardState::Applied, Some(NOW)));
    let reason = "no such account".to_owned();
    assert_eq!(
        (&awards[1].award.state, awards[1].applied_at),
        (&AwardState::Failed { reason }, None)
    );
}
