//! What tournaments leave behind in a player's life: levels that pay, and badges of the past.

use app_service::{FinalizeOptions, Guerdon, Outcome, ProgressListener, VerifyOptions};
use domain::{BadgeRule, Currency, NewTournament, RewardPolicy};
use ports::spi::Store as _;
use sea_orm_adapter::SeaOrmStore;
use serde_json::json;

use crate::{
    databases::on_both,
    season::{actor, announced_under, player},
};

on_both!(
    several_levels_at_once_are_each_paid_in_order,
    a_rule_is_held_against_the_past_of_everybody_once,
);

async fn several_levels_at_once_are_each_paid_in_order(store: SeaOrmStore) {
    let levels = json!({ "base": 100, "growth": 1, "levels": 9, "credits": 7 });
    let policy = json!({ "version": 1, "levels": levels });
    let policy = RewardPolicy::from_document(&policy).unwrap();
    let cup = NewTournament { policy, ..NewTournament::new("cup", "The Cup") };
    let (guerdon, cup) = announced_under(&store, cup, 5).await;

    let paid = guerdon.finalize(cup, FinalizeOptions::default(), &actor()).await.unwrap();

    // 600, 371, 247, 57 and 57 XP.
    assert_eq!((paid.levels_reached, paid.credits_posted), (6 + 3 + 2, 175 + 11 * 7));
    let credits = store.list_ledger(player(1), Currency::Credit, 0, 10).await.unwrap();
    let left: Vec<_> = credits.iter().map(|it| (it.seq, it.balance_after)).collect();
    assert_eq!(left, [(1, 100), (2, 107), (3, 114), (4, 121), (5, 128), (6, 135), (7, 142)]);
    let reached = store.find_level_ups(&[player(1)]).await.unwrap();
    assert_eq!(reached.len(), 6);
    assert_all_holds(&guerdon).await;
}

async fn a_rule_is_held_against_the_past_of_everybody_once(store: SeaOrmStore) {
    let cup = NewTournament::new("cup", "The Cup");
    let (guerdon, cup) = announced_under(&store, cup, 5).await;
    let _ = guerdon.finalize(cup, FinalizeOptions::default(), &actor()).await.unwrap();
    let rule = json!({ "badge": "ON_TOP", "when": [{ "evidence": "top_percent", "at_most": 40 }] });
    let rule = BadgeRule::from_document(&rule).unwrap();

    let first = guerdon.backfill(&rule, &ProgressListener::default(), &actor()).await.unwrap();
    let second = guerdon.backfill(&rule, &ProgressListener::default(), &actor()).await.unwrap();

    assert_eq!((first.players, first.badges), (5, 2));
    assert_eq!((second.players, second.badges_total), (0, 2));
    let badges = store.find_badges(&[player(1), player(2), player(3)]).await.unwrap();
    let given = badges.iter().filter(|it| it.badge == rule.badge).map(|it| it.player);
    let mut expected = [player(1), player(2)];
    expected.sort_unstable();
    assert_eq!(given.collect::<Vec<_>>(), expected);
    assert_all_holds(&guerdon).await;
}

async fn assert_all_holds(guerdon: &Guerdon) {
    let report = guerdon.verify(VerifyOptions::default()).await.unwrap();
    assert_eq!(report.outcome, Outcome::Held, "{report:?}");
}
