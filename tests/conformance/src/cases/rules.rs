//! Contract: a standing rule judges every player's past once.

use domain::{
    BadgeRule, BadgeType, LockOrder, NewBadge, PlayerId, Review, ReviewedRule, StandingRule,
    TournamentId,
};
use ports::{
    Actor, StoreError, UnitsOfWork,
    spi::{Recorded, RuleAdvance, RuleRecord},
};
use serde_json::json;

use crate::{
    Harness, NOW,
    fixtures::{actor, assert_corrupt, award, raw, register, step, take_step},
    waiting::{at_once, waits},
};

/// RULE-1
pub async fn known_rule_is_replayed_and_stays_as_it_is(harness: &impl Harness) {
    let rule = rule();
    let ids = register(harness, 1).await;
    let set_up = |by: &'static str| {
        let rule = rule.clone();
        async move {
            let tx = raw(harness).await;
            let recorded = tx.insert_standing_rule(&rule, &Actor::new(by), NOW).await.unwrap();
            tx.commit().await.unwrap();
            recorded
        }
    };

    let first = set_up("first").await;
    advance(&harness.units(), &ids, 3).await.unwrap();
    let second = set_up("second").await;

    assert_eq!((first, second), (Recorded::New, Recorded::Replayed));
    let stored = stored(harness).await;
    assert_eq!((stored.actor.as_str(), stored.rule.badges), ("first", 3));
    assert_eq!((&stored.rule.rule, stored.begun_at), (&rule.rule, NOW));
    assert_eq!(harness.store().list_rules(None, 9).await.unwrap(), [stored]);
}

/// RULE-1
pub async fn concurrent_callers_set_up_one_rule(harness: &impl Harness) {
    let worker = |by: &'static str| {
        let units = harness.units();
        async move {
            let mut uow = units.begin().await.unwrap();
            let locked = uow.set_up_rule(&rule(), &Actor::new(by)).await.unwrap();
            assert_eq!(*locked, rule());
            uow.commit().await.unwrap();
        }
    };

    at_once(["one", "two", "three"].map(worker)).await;

    assert_eq!(harness.store().list_rules(None, 9).await.unwrap().len(), 1);
}

/// RULE-2
pub async fn second_locker_of_a_rule_waits_and_sees_the_commit(harness: &impl Harness) {
    let ids = register(harness, 1).await;
    set_up(&harness.units()).await;

    let mut first = harness.units().begin().await.unwrap();
    let locked = first.set_up_rule(&rule(), &actor()).await.unwrap();

    let units = harness.units();
    let second = waits(async move {
        let mut uow = units.begin().await.unwrap();
        uow.set_up_rule(&rule(), &actor()).await.unwrap().cursor
    });
    let second = second.await;
    let page = locked.next_players(1).await.unwrap();
    locked.advance(&page, vec![Review { player: ids[0], through: 4 }], 1).await.unwrap();
    first.commit().await.unwrap();

    assert_eq!(second.goes_on().await, Some(ids[0]));
}

/// RULE-3: what the page says, and nothing else.
pub async fn reviews_cursor_and_counts_change_together(harness: &impl Harness) {
    let ids = register(harness, 3).await;

    advance(&harness.units(), &ids[..2], 5).await.unwrap();

    let stored = stored(harness).await.rule;
    assert_eq!((stored.cursor, stored.players, stored.badges), (Some(ids[1]), 2, 5));
    assert!(!stored.finished);
    let judged = ReviewedRule { rule: rule().rule, through: 7 };
    let tx = raw(harness).await;
    let reviewed = tx.select_reviewed_rules(&ids).await.unwrap();
    let expected = [(ids[0], vec![judged.clone()]), (ids[1], vec![judged])];
    assert_eq!(reviewed, expected.into());
}

/// RULE-3, UOW-2
pub async fn advance_that_is_rolled_back_leaves_no_trace(harness: &impl Harness) {
    let ids = register(harness, 1).await;
    set_up(&harness.units()).await;
    let before = stored(harness).await;
    let tx = raw(harness).await;
    tx.update_standing_rule(&page(&ids, 2, true), NOW).await.unwrap();

    tx.rollback().await.unwrap();

    assert_eq!(stored(harness).await, before);
    let tx = raw(harness).await;
    assert!(tx.select_reviewed_rules(&ids).await.unwrap().is_empty());
}

/// RULE-4
pub async fn finished_rule_does_not_advance(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    set_up(&harness.units()).await;
    let tx = raw(harness).await;
    tx.update_standing_rule(&page(&ids[..1], 1, true), NOW).await.unwrap();
    tx.commit().await.unwrap();

    let tx = raw(harness).await;
    let refused = tx.update_standing_rule(&page(&ids[1..], 1, true), NOW).await;

    assert_corrupt(refused);
    tx.rollback().await.unwrap();
    assert_eq!(stored(harness).await.rule.players, 1);
}

/// RULE-4
pub async fn player_is_not_reviewed_twice(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    advance(&harness.units(), &ids[..1], 1).await.unwrap();

    let tx = raw(harness).await;
    let refused = tx.update_standing_rule(&page(&ids[..1], 1, false), NOW).await;

    assert_corrupt(refused);
    tx.rollback().await.unwrap();
    assert_eq!(stored(harness).await.rule.badges, 1);
}

/// CAREER-2: every step in its order and every badge, of those who were asked for.
pub async fn history_is_whole_and_in_order(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let cups = ["spring", "autumn", "winter"].map(TournamentId::of);
    for (n, cup) in (0..).zip(cups) {
        take_step(&harness.units(), &step(cup, ids[0], &[("focus", 650 + n)])).await.unwrap();
    }
    take_step(&harness.units(), &step(cups[0], ids[1], &[("focus", 610)])).await.unwrap();
    let champion = NewBadge::new(ids[0], cups[1], BadgeType::Champion);
    award(&harness.units(), &[champion]).await.unwrap();

    let tx = raw(harness).await;
    let locked = tx.select_players_for_update(&LockOrder::of(ids.clone())).await.unwrap();
    let found = tx.select_histories(&[ids[0], ids[2]]).await.unwrap();

    assert_eq!(locked.len(), 3);
    let known: Vec<_> = found.keys().copied().collect();
    assert_eq!(known, [ids[0]], "who has no step has no history");
    let history = &found[&ids[0]];
    let taken: Vec<_> = history.steps.iter().map(|it| (it.seq, it.step.tournament)).collect();
    assert_eq!(taken, [(1, cups[0]), (2, cups[1]), (3, cups[2])]);
    assert_eq!(history.badges, [champion].into());
    assert_eq!(harness.store().find_histories(&[ids[0], ids[2]]).await.unwrap(), found);
}

/// READ-2
pub async fn next_players_are_behind_the_cursor(harness: &impl Harness) {
    let ids = register(harness, 5).await;
    let tx = raw(harness).await;

    let first = tx.select_next_players(None, 2).await.unwrap();
    let rest = tx.select_next_players(first.last().copied(), 9).await.unwrap();

    assert_eq!((first.as_slice(), rest.as_slice()), (&ids[..2], &ids[2..]));
}

fn rule() -> StandingRule {
    let document = json!({
        "badge": "THREE_PODIUMS",
        "once_in_a_life": true,
        "when": [{ "history": "podium_streak", "at_least": 3 }],
    });
    StandingRule::new(BadgeRule::from_document(&document).unwrap())
}

fn page(players: &[PlayerId], badges: u64, finished: bool) -> RuleAdvance {
    let review = |player: &PlayerId| Review { player: *player, through: 7 };
    let reviews = players.iter().map(review).collect();
    RuleAdvance { id: rule().id, reviews, cursor: players.last().copied(), badges, finished }
}

async fn set_up(units: &UnitsOfWork) {
    let mut uow = units.begin().await.unwrap();
    let _ = uow.set_up_rule(&rule(), &actor()).await.unwrap();
    uow.commit().await.unwrap();
}

/// Reviews the first players, and says that others are left.
async fn advance(units: &UnitsOfWork, players: &[PlayerId], badges: u64) -> Result<(), StoreError> {
    let mut uow = units.begin().await?;
    let rule = uow.set_up_rule(&rule(), &actor()).await?;
    let page = rule.next_players(u32::try_from(players.len()).unwrap()).await?;
    assert_eq!(page.players.as_slice(), players);
    let _ = rule.lock_players(&page).await?;
    let reviews = players.iter().map(|it| Review { player: *it, through: 7 }).collect();
    rule.advance(&page, reviews, badges).await?;
    uow.commit().await
}

async fn stored(harness: &impl Harness) -> RuleRecord {
    let found = harness.store().find_rules(&[rule().id]).await.unwrap();
    found.into_iter().next().expect("it is set up")
}
