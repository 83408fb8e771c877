//! Contract: a tournament is announced once, moves on with its trail, and is closed last.

use domain::{NewTournament, RewardPolicy, Tournament, TournamentId, TournamentStatus};
use ports::{
    LockError, UnitsOfWork,
    spi::{Recorded, TournamentChange, TournamentEvent},
};

use crate::{
    Harness, Trail,
    clock::NOW,
    fixtures::{
        actor, announced, applied, assert_corrupt, failed, frozen, in_progress, mark_and_commit,
        named, next, raw, register,
    },
    waiting::at_once,
};

/// TOURNAMENT-1: announcing it again changes neither its name nor what it pays.
pub async fn known_tournament_is_replayed_and_stays_as_it_is(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = in_progress(harness, "cup", &ids).await;
    let before = stored(harness, cup).await;
    let other = NewTournament::new("cup", "Another name").with_policy(other_policy());

    let (recorded, seen) = announce(harness.units(), other).await.unwrap();

    assert_eq!(recorded, Recorded::Replayed);
    assert_eq!(seen, before);
    assert_eq!(stored(harness, cup).await, before);
}

/// TOURNAMENT-1: eight announce it at the same moment; it is new to one of them.
pub async fn concurrent_announcements_make_one_tournament(harness: &impl Harness) {
    let announce = |n: usize| announce(harness.units(), NewTournament::new("cup", format!("{n}")));

    let answers = at_once((0..8).map(announce)).await;

    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    let new = answers.iter().filter(|it| it.0 == Recorded::New).count();
    let stored = stored(harness, TournamentId::of("cup")).await;
    assert_eq!(new, 1);
    assert!(answers.iter().all(|it| it.1 == stored), "somebody saw another tournament");
}

/// TOURNAMENT-2: every change leaves one line in the history and one event in the outbox.
pub async fn row_history_and_outbox_change_together(harness: &impl Harness) {
    let ids = register(harness, 1).await;
    let cup = frozen(harness, "cup", &ids).await;
    mark_and_commit(&harness.units(), cup, &next(None, 1), &applied()).await;

    assert!(close(harness.units(), cup).await);

    let closed = stored(harness, cup).await;
    assert_eq!((closed.status, closed.change_seq), (TournamentStatus::RewardsDistributed, 3));
    if let Some(trail) = harness.trail(cup).await {
        assert_eq!(trail, Trail::of(&["results_submitted", "completed", "rewards_distributed"]));
    }
}

/// TOURNAMENT-2: without the commit there is no change, no line, no event, and the number is free.
pub async fn change_that_is_rolled_back_leaves_no_trail(harness: &impl Harness) {
    let cup = announced(harness, "cup").await;
    let before = stored(harness, cup).await;
    let tx = raw(harness).await;
    assert!(tx.update_tournament(&cancelled(cup, TournamentStatus::Scheduled, 1)).await.unwrap());

    tx.rollback().await.unwrap();

    assert_eq!(stored(harness, cup).await, before);
    if let Some(trail) = harness.trail(cup).await {
        assert_eq!(trail, Trail::default());
    }
    assert!(
        raw(harness)
            .await
            .update_tournament(&cancelled(cup, TournamentStatus::Scheduled, 1))
            .await
            .unwrap()
    );
}

/// TOURNAMENT-2: what the change says is what the row shows.
pub async fn row_shows_what_the_changes_said(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let announced = stored(harness, announced(harness, "early").await).await;
    let running = stored(harness, in_progress(harness, "running", &ids).await).await;
    let frozen = stored(harness, frozen(harness, "frozen", &ids).await).await;

    assert_eq!((announced.status, announced.change_seq), (TournamentStatus::Scheduled, 0));
    assert_eq!((announced.field_size, announced.results_hash), (0, None));
    assert_eq!((running.status, running.change_seq), (TournamentStatus::InProgress, 1));
    assert_eq!((running.field_size, running.plan_hash), (3, None));
    assert!(running.results_hash.is_some());
    assert_eq!((frozen.status, frozen.change_seq), (TournamentStatus::Completed, 2));
    assert_eq!(frozen.results_hash, running.results_hash);
    assert!(frozen.plan_hash.is_some());
}

/// TOURNAMENT-3: neither over an award that waits, nor over one that failed; and nothing is written.
pub async fn books_stay_open_while_an_award_is_unpaid(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let cup = frozen(harness, "cup", &ids).await;
    let paid = frozen(harness, "paid", &ids).await;
    mark_and_commit(&harness.units(), paid, &next(None, 3), &applied()).await;
    mark_and_commit(&harness.units(), cup, &next(None, 2), &applied()).await;
    let before = stored(harness, cup).await;

    assert!(!close(harness.units(), cup).await, "closed over a pending award");
    mark_and_commit(&harness.units(), cup, &named(ids[2]), &failed()).await;
    assert!(!close(harness.units(), cup).await, "closed over a failed award");

    assert_eq!(stored(harness, cup).await, before);
    if let Some(trail) = harness.trail(cup).await {
        assert_eq!(trail, Trail::of(&["results_submitted", "completed"]));
    }
}

/// TOURNAMENT-3: the transaction counts what it has itself applied.
pub async fn books_close_with_the_last_award(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    let mut uow = harness.units().begin().await.unwrap();
    let tournament = uow.lock_tournament(cup).await.unwrap();
    let awards = tournament.claim_awards(&next(None, 2)).await.unwrap();

    awards.mark(&crate::fixtures::outcomes(&ids, &applied())).await.unwrap();
    assert!(tournament.mark_distributed(&actor()).await.unwrap());
    uow.commit().await.unwrap();

    assert_eq!(stored(harness, cup).await.status, TournamentStatus::RewardsDistributed);
}

/// TOURNAMENT-3: a refusal is an answer; the transaction goes on.
pub async fn refusal_to_close_leaves_the_transaction_usable(harness: &impl Harness) {
    let ids = register(harness, 1).await;
    let cup = frozen(harness, "cup", &ids).await;
    let tx = raw(harness).await;
    let close = distributed(cup, 3);
    assert!(!tx.update_tournament(&close).await.unwrap());

    let all = crate::fixtures::outcomes(&ids, &applied());
    tx.update_awards(cup, &all, NOW).await.unwrap();
    assert!(tx.update_tournament(&close).await.unwrap());
    tx.commit().await.unwrap();

    assert_eq!(stored(harness, cup).await.change_seq, 3);
}

/// TOURNAMENT-4: of two who were at the same number, the second is refused.
pub async fn taken_change_number_is_refused(harness: &impl Harness) {
    let ids = register(harness, 1).await;
    let cup = in_progress(harness, "cup", &ids).await;
    let before = stored(harness, cup).await;
    let tx = raw(harness).await;

    let refusal = tx.update_tournament(&cancelled(cup, before.status, before.change_seq)).await;

    assert_corrupt(refusal);
    drop(tx);
    assert_eq!(stored(harness, cup).await, before);
}

async fn announce(
    units: UnitsOfWork,
    tournament: NewTournament,
) -> Result<(Recorded, Tournament), LockError> {
    let mut uow = units.begin().await?;
    let (recorded, locked) = uow.create_tournament(&tournament).await?;
    let seen = locked.clone();
    uow.commit().await?;
    Ok((recorded, seen))
}

async fn close(units: UnitsOfWork, id: TournamentId) -> bool {
    let mut uow = units.begin().await.unwrap();
    let tournament = uow.lock_tournament(id).await.unwrap();
    let closed = tournament.mark_distributed(&actor()).await.unwrap();
    uow.commit().await.unwrap();
    closed
}

async fn stored(harness: &impl Harness, id: TournamentId) -> Tournament {
    let mut found = harness.store().find_tournaments(&[id]).await.unwrap();
    found.pop().expect("the tournament is stored")
}

fn cancelled(tournament: TournamentId, from: TournamentStatus, seq: u32) -> TournamentChange {
    let (event, to) = (TournamentEvent::Cancelled, TournamentStatus::Cancelled);
    TournamentChange { tournament, seq, event, from, to, actor: actor(), reason: None, at: NOW }
}

fn distributed(tournament: TournamentId, seq: u32) -> TournamentChange {
    let (event, to) = (TournamentEvent::RewardsDistributed, TournamentStatus::RewardsDistributed);
    let from = TournamentStatus::Completed;
    TournamentChange { tournament, seq, event, from, to, actor: actor(), reason: None, at: NOW }
}

fn other_policy() -> RewardPolicy {
    let document = RewardPolicy::standard().to_document().to_string();
    let edited = document.replacen("500", "501", 1);
    assert_ne!(edited, document);
    RewardPolicy::from_document(&edited.parse().unwrap()).unwrap()
}
