//! Levels: reached once, paid once, whatever XP a correction takes and gives.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use app_service::{Outcome, VerifyOptions};
use domain::{Currency, PlayerId, TournamentId};
use serde_json::{Value, json};

use crate::{
    arena::{Arena, ranked},
    correcting,
};

#[tokio::test]
async fn whoever_reaches_several_levels_at_once_is_paid_for_each() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };

    let cup = cup(&arena, "cup", &[star, rival], &curve()).await;
    let paid = arena.finalize(cup).await.unwrap();

    // A first place is 600 XP and 100 credits, a second one 371 and 50.
    assert_eq!((paid.levels_reached, paid.credits_posted), (5, 100 + 50 + 10 + 20 + 30 + 10 + 20));
    let star = arena.guerdon.profile(star).await.unwrap();
    assert_eq!((star.level, star.credit_balance), (3, 160));
    let reached: Vec<_> = star.level_ups.iter().map(|it| (it.level, it.credits)).collect();
    assert_eq!(reached, [(1, 10), (2, 20), (3, 30)]);
    assert!(star.level_ups.iter().all(|it| (it.tournament, it.revision) == (cup, 0)));
    assert_all_holds(&arena).await;
}

#[tokio::test]
async fn summary_of_a_reward_shows_the_levels_that_it_reached() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    let first = cup(&arena, "first", &[rival, star], &curve()).await;
    let _ = arena.finalize(first).await.unwrap();
    let second = cup(&arena, "second", &[star, rival], &curve()).await;
    let _ = arena.finalize(second).await.unwrap();

    let reward = arena.guerdon.reward(second, star).await.unwrap();

    let reached: Vec<_> = reward.level_ups.iter().map(|it| it.level).collect();
    assert_eq!(reached, [3, 4]);
    let causes = reward.entries.iter().filter_map(|it| it.level);
    assert_eq!(causes.collect::<Vec<_>>(), [3, 4]);
}

#[tokio::test]
async fn without_levels_in_the_policy_nobody_has_one() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players.clone()).await;

    let paid = arena.finalize(cup).await.unwrap();

    assert_eq!(paid.levels_reached, 0);
    let players = arena.guerdon.profiles(&arena.players).await.unwrap();
    assert!(players.iter().all(|it| it.level == 0 && it.level_ups.is_empty()));
}

#[tokio::test]
async fn level_that_a_correction_takes_down_and_up_pays_once() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    let cup = cup(&arena, "cup", &[star, rival], &curve()).await;
    let _ = arena.finalize(cup).await.unwrap();
    let before = level_entries(&arena, star).await;

    correct(&arena, cup, &[rival, star]).await;
    let down = arena.guerdon.profile(star).await.unwrap();
    correct(&arena, cup, &[star, rival]).await;
    let up = arena.guerdon.profile(star).await.unwrap();

    assert_eq!((down.xp_balance, down.level), (371, 3), "what was reached stays reached");
    assert_eq!((up.xp_balance, up.level), (600, 3));
    assert_eq!(level_entries(&arena, star).await, before);
    assert_eq!(before, [(1, 10), (2, 20), (3, 30)]);
    assert_all_holds(&arena).await;
}

#[tokio::test]
async fn correction_that_lifts_somebody_pays_the_new_levels_as_its_own() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    let cup = cup(&arena, "cup", &[star, rival], &curve()).await;
    let _ = arena.finalize(cup).await.unwrap();

    correct(&arena, cup, &[rival, star]).await;

    let rival = arena.guerdon.profile(rival).await.unwrap();
    let reached: Vec<_> = rival.level_ups.iter().map(|it| (it.level, it.revision)).collect();
    assert_eq!(reached, [(1, 0), (2, 0), (3, 1)]);
    assert_all_holds(&arena).await;
}

async fn level_entries(arena: &Arena, player: PlayerId) -> Vec<(u32, i64)> {
    let ledger = arena.guerdon.ledger(player, Currency::Credit, 0, 100).await.unwrap();
    ledger.into_iter().filter_map(|it| Some((it.level?, it.amount))).collect()
}

/// Levels at 100, 300, 600, 900 XP, paying 10, 20, 30 and 40 credits.
fn curve() -> Value {
    json!({ "steps": [
        { "xp": 100, "credits": 10 },
        { "xp": 300, "credits": 20 },
        { "xp": 600, "credits": 30 },
        { "xp": 900, "credits": 40 },
    ] })
}

async fn cup(arena: &Arena, key: &str, order: &[PlayerId], levels: &Value) -> TournamentId {
    arena.cup_under(&json!({ "version": 1, "levels": levels }), key, order).await
}

async fn correct(arena: &Arena, cup: TournamentId, order: &[PlayerId]) {
    let corrected = correcting::correct(arena, cup, &ranked(order)).await;
    assert!(corrected.is_some_and(|it| it.is_complete()));
}

/// Marks, levels, ledgers and profiles fit.
async fn assert_all_holds(arena: &Arena) {
    let report = arena.guerdon.verify(VerifyOptions::default()).await.unwrap();
    assert_eq!(report.outcome, Outcome::Held, "{report:?}");
}
