//! From an announcement to a reward.

use client::wire::{
    AwardState, CheckOutcome, Currency, DistributionOutcome, FinalizeRequest, TournamentStatus,
    VerifyRequest,
};
use client::{BadgesQuery, LeaderboardQuery, LedgerQuery, PageQuery, PlanQuery};

use crate::{
    on_both_stores,
    served::{Served, key},
};

on_both_stores! {
    what_was_previewed_is_paid
    every_place_shows_the_same_reward
    a_second_finalize_is_told_what_exists
    a_tournament_ends
    what_is_paid_verifies
}

async fn what_was_previewed_is_paid(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;

    let plan = client.show_plan("cup", &PlanQuery::default()).await.unwrap().body;
    let expected = FinalizeRequest { expected_plan: Some(plan.plan_hash.clone()) };
    let paid = client.finalize("cup", &key(), &expected).await.unwrap().body;

    assert_eq!(paid.outcome, DistributionOutcome::Distributed);
    assert_eq!((paid.applied, paid.xp_posted), (plan.participants, plan.xp_total));
    assert_eq!(paid.tournament.plan_hash, Some(plan.plan_hash));
}

async fn every_place_shows_the_same_reward(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    served.finalized("cup").await;

    let reward = client.show_reward("ada", "cup").await.unwrap().body;
    let player = client.show_player("ada").await.unwrap().body;
    let xp = LedgerQuery { currency: Currency::Xp, cursor: None, limit: None };
    let ledger = client.list_ledger("ada", &xp).await.unwrap().body;
    let awards = client.list_awards("cup", &PageQuery::default()).await.unwrap().body;
    let badges = client.show_badges("ada", &BadgesQuery::default()).await.unwrap().body;
    let board = LeaderboardQuery { tournaments: "cup".to_owned(), ..LeaderboardQuery::default() };
    let leaders = client.list_leaders(&board).await.unwrap().body;

    let xp = reward.award.xp_total;
    assert_eq!(reward.award.state, AwardState::Applied);
    assert_eq!(player.xp_balance, xp);
    assert_eq!(ledger.items.iter().map(|it| it.amount).sum::<i64>(), xp);
    assert!(awards.items.contains(&reward.award));
    assert_eq!(badges.badges_total, reward.badges.len() as u64);
    assert_eq!((leaders.items[0].player, leaders.items[0].xp), (player.id, xp));
}

async fn a_second_finalize_is_told_what_exists(served: Served) {
    let served = served.with_results().await;
    let paid = served.finalized("cup").await;

    let second = served.client.finalize("cup", &key(), &FinalizeRequest::default()).await;

    let error = second.unwrap_err();
    let problem = error.problem().expect("the service says why");
    assert_eq!((problem.status, problem.code.as_str()), (409, "already-finalized"));
    let existing = problem.existing.as_deref().expect("it holds what exists");
    assert_eq!(*existing, client::wire::Existing::Tournament(paid.tournament));
    assert!(!error.is_retryable());
}

async fn a_tournament_ends(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    served.announced("rained-off").await;
    served.finalized("cup").await;

    let archived = client.archive_tournament("cup", &key()).await.unwrap().body;
    let cancelled = client.cancel_tournament("rained-off", &key()).await.unwrap().body;

    assert_eq!(archived.status, TournamentStatus::Archived);
    assert_eq!(cancelled.status, TournamentStatus::Cancelled);
}

async fn what_is_paid_verifies(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    served.finalized("cup").await;

    let run = client.verify(&key(), &VerifyRequest::default()).await.unwrap().body;
    let last = client.show_verification().await.unwrap().body;

    let violated: Vec<_> =
        run.checks.iter().filter(|it| it.outcome == CheckOutcome::Violated).collect();
    assert!(violated.is_empty(), "{violated:?}");
    assert_eq!(last.run, run.run);
}
