//! A tournament from announcement to reward, through the use cases.

use std::sync::Arc;

use app_service::{FinalizeOptions, Guerdon, Settings, SubmitOptions};
use domain::{
    BadgeType, Currency, Finish, NewPlayer, NewTournament, Placement, PlayerId, RankedEntry,
    RankedList, Results, TournamentId, TournamentStatus,
};
use ports::{
    Actor, RetryPolicy,
    spi::{Recorded, Store},
};
use sea_orm_adapter::SeaOrmStore;
use tokio::task::JoinSet;

use crate::databases::on_both;

/// Enough to meet each other, with fewer connections than each would like.
const RIVALS: u32 = 6;

on_both!(
    a_tournament_pays_everybody_once_and_can_be_read_back,
    text_survives_as_it_was_written,
    tournaments_over_the_same_players_at_once_neither_deadlock_nor_lose_an_update,
    registering_the_same_players_at_once_in_any_order_registers_each_once,
);

async fn a_tournament_pays_everybody_once_and_can_be_read_back(store: SeaOrmStore) {
    let (guerdon, cup) = announced(&store, 10).await;

    let paid = guerdon.finalize(cup, FinalizeOptions::default(), &actor()).await;
    let again = guerdon.finalize(cup, FinalizeOptions::default(), &actor()).await;

    assert!(paid.is_ok(), "{paid:?}");
    assert!(again.is_err(), "the second finalize is told what exists");
    let totals = store.award_totals(cup).await.unwrap();
    assert_eq!((totals.pending, totals.applied, totals.failed), (0, 10, 0));
    let winner = player(1);
    let ledger = store.list_ledger(winner, Currency::Xp, 0, 10).await.unwrap();
    assert_eq!(ledger.len(), 1);
    assert_eq!((ledger[0].seq, ledger[0].balance_after), (1, ledger[0].amount));
    let badges = store.find_badges(&[winner]).await.unwrap();
    let badges: Vec<_> = badges.iter().map(|it| it.badge).collect();
    assert_eq!(badges, [BadgeType::Champion, BadgeType::PodiumFinish, BadgeType::FirstTournament]);
    let found = store.find_players(&[winner]).await.unwrap();
    let state = found[0].state.as_ref().unwrap();
    assert_eq!((state.progress.tournaments, state.progress.win_streak, state.step_seq), (1, 1, 1));
    assert_eq!(state.accounts.xp.balance, ledger[0].amount);
    let steps = store.find_steps(cup, &[winner]).await.unwrap();
    assert_eq!(steps[0].changes.len(), 4);
    let tournament = &store.find_tournaments(&[cup]).await.unwrap()[0];
    assert_eq!(tournament.status, TournamentStatus::RewardsDistributed);
    assert_eq!((tournament.field_size, tournament.change_seq), (10, 3));
    assert!(tournament.plan_hash.is_some() && tournament.results_hash.is_some());
}

async fn text_survives_as_it_was_written(store: SeaOrmStore) {
    let guerdon = Guerdon::new(Arc::new(store.clone()));
    let name = "O'Brien \"the 🦊\" \\ {} $1 ?1 %";

    guerdon.register_players(&[NewPlayer::new("fox", name)]).await.unwrap();

    let found = store.find_players(&[PlayerId::of("fox")]).await.unwrap();
    assert_eq!(found[0].name, name);
}

async fn tournaments_over_the_same_players_at_once_neither_deadlock_nor_lose_an_update(
    store: SeaOrmStore,
) {
    let mut cups = vec![];
    for rival in 0..RIVALS {
        cups.push(announced_as(&store, &format!("cup-{rival}"), 40).await);
    }
    let mut finals = JoinSet::new();
    for (guerdon, cup) in cups {
        let guerdon = guerdon.with_settings(without_retries());
        finals.spawn(async move {
            guerdon.finalize(cup, FinalizeOptions::default(), &actor()).await.map(drop)
        });
    }

    let outcomes = finals.join_all().await;

    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    let ledger = store.list_ledger(player(1), Currency::Xp, 0, 100).await.unwrap();
    assert_eq!(ledger.len(), RIVALS as usize);
    let found = store.find_players(&[player(1)]).await.unwrap();
    let state = found[0].state.as_ref().unwrap();
    assert_eq!(state.accounts.xp.balance, ledger.iter().map(|it| it.amount).sum::<i64>());
    assert_eq!((state.progress.win_streak, state.step_seq), (RIVALS, RIVALS.into()));
    let badges = store.find_badges(&[player(1)]).await.unwrap();
    let milestones = badges.iter().filter(|it| it.badge == BadgeType::TournamentVeteran);
    assert_eq!(milestones.count(), 1);
}

async fn registering_the_same_players_at_once_in_any_order_registers_each_once(store: SeaOrmStore) {
    let mut players: Vec<_> = (1..=60).map(|it| NewPlayer::new(key(it), key(it))).collect();
    let mut registrations = JoinSet::new();
    for _ in 0..RIVALS {
        players.reverse();
        let (players, guerdon) = (players.clone(), Guerdon::new(Arc::new(store.clone())));
        let guerdon = guerdon.with_settings(without_retries());
        registrations.spawn(async move { guerdon.register_players(&players).await.unwrap() });
    }

    let answers = registrations.join_all().await;

    let new = answers.iter().flatten().filter(|it| **it == Recorded::New);
    assert_eq!(new.count(), players.len());
}

/// Settings under which a lost race is an error.
fn without_retries() -> Settings {
    Settings { retries: RetryPolicy::NEVER, ..Settings::default() }
}

/// A tournament of `size` players, by rank, with its results in.
pub(crate) async fn announced(store: &SeaOrmStore, size: u32) -> (Guerdon, TournamentId) {
    announced_as(store, "cup", size).await
}

async fn announced_as(store: &SeaOrmStore, name: &str, size: u32) -> (Guerdon, TournamentId) {
    announced_under(store, NewTournament::new(name, "The Cup"), size).await
}

/// The same for a tournament that brings a policy.
pub(crate) async fn announced_under(
    store: &SeaOrmStore,
    cup: NewTournament,
    size: u32,
) -> (Guerdon, TournamentId) {
    let guerdon = Guerdon::new(Arc::new(store.clone()));
    let players: Vec<_> = (1..=size).map(|it| NewPlayer::new(key(it), key(it))).collect();
    guerdon.register_players(&players).await.unwrap();
    let id = cup.id;
    guerdon.create_tournament(cup).await.unwrap();
    let finish = |rank| Finish::Marked(Placement::new(rank).unwrap());
    let entry = |rank| RankedEntry::new(player(rank), finish(rank));
    let results = Results::Ranked(RankedList::Placements((1..=size).map(entry).collect()));
    guerdon.submit_results(id, &results, SubmitOptions::default(), &actor()).await.unwrap();
    (guerdon, id)
}

pub(crate) fn player(rank: u32) -> PlayerId {
    PlayerId::of(&key(rank))
}

pub(crate) fn actor() -> Actor {
    Actor::new("test")
}

fn key(rank: u32) -> String {
    format!("player-{rank}")
}
