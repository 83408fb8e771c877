//! A rule held against the past: previewed, given once, resumed, and judged again by corrections.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use app_service::{
    Backfill, BackfillPreview, GuerdonError, Outcome, ProgressListener, VerifyOptions,
};
use domain::{BadgeRule, BadgeType, PlayerId, TournamentId};
use futures::future::join_all;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    arena::{Arena, me, ranked},
    correcting,
    properties::results,
};

#[tokio::test]
async fn badge_is_given_for_the_tournament_where_its_conditions_came_true() {
    let arena = Arena::of(3).await;
    let [star, rival, third] = arena.players[..] else { unreachable!() };
    let cups =
        cups(&arena, &[[star, rival, third], [star, third, rival], [rival, star, third]]).await;

    let given = backfill(&arena, &often("win_streak", 2)).await;
    let again = backfill(&arena, &often("wins", 1)).await;

    assert_eq!((given.players, given.badges), (3, 1));
    assert_eq!(had(&arena, star, "WIN_STREAK"), [cups[1]]);
    assert_eq!((again.badges, had(&arena, star, "WINS")), (4, cups.clone()));
    assert_eq!(had(&arena, rival, "WINS"), [cups[2]], "the third one won nothing");
    assert_all_holds(&arena).await;
}

#[tokio::test]
async fn preview_says_what_is_given_and_writes_nothing() {
    let arena = Arena::of(3).await.chunked(2, 1);
    let [star, rival, third] = arena.players[..] else { unreachable!() };
    let cups = cups(&arena, &[[star, rival, third], [star, third, rival]]).await;
    let before = arena.store.snapshot();

    let preview = preview(&arena, &often("podiums", 1)).await;
    let untouched = arena.store.snapshot() == before;
    let given = backfill(&arena, &often("podiums", 1)).await;

    assert!(untouched);
    assert_eq!((preview.players, preview.players_given, preview.badges), (3, 3, 6));
    let first: Vec<_> = preview.first.iter().map(|it| (it.player, it.tournament)).collect();
    assert_eq!(first, [(star, cups[0]), (star, cups[1]), (rival, cups[0])]);
    assert_eq!((given.badges, given.players), (preview.badges, preview.players));
}

#[tokio::test]
async fn badge_of_a_life_is_given_for_the_first_of_them() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    let cups = cups(&arena, &[[rival, star], [star, rival], [star, rival]]).await;

    let given = backfill(&arena, &once("wins", 1)).await;

    assert_eq!(given.badges, 2);
    assert_eq!(had(&arena, star, "WINS"), [cups[1]]);
    assert_eq!(had(&arena, rival, "WINS"), [cups[0]]);
}

#[tokio::test]
async fn badge_of_a_life_that_a_policy_gave_is_not_given_again() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    cups(&arena, &[[star, rival]]).await;
    let rules = json!({ "version": 1, "badges": { "rules": [once("wins", 1).to_document()] } });
    let later = cup_under(&arena, "later", &[star, rival], &rules).await;

    let preview = preview(&arena, &once("wins", 1)).await;
    let given = backfill(&arena, &once("wins", 1)).await;

    assert_eq!((preview.badges, given.badges), (0, 0));
    assert_eq!(had(&arena, star, "WINS"), [later]);
}

#[tokio::test]
async fn second_backfill_finds_nothing_to_do() {
    let arena = Arena::of(3).await.chunked(2, 1);
    let [star, rival, third] = arena.players[..] else { unreachable!() };
    cups(&arena, &[[star, rival, third]]).await;
    let first = backfill(&arena, &often("podiums", 1)).await;
    let before = arena.store.snapshot();

    let second = backfill(&arena, &often("podiums", 1)).await;
    let preview = preview(&arena, &often("podiums", 1)).await;

    assert_eq!((first.badges, first.players_total), (3, 3));
    assert_eq!((second.players, second.badges, second.badges_total), (0, 0, 3));
    assert_eq!((preview.players, preview.badges), (0, 0));
    assert!(arena.store.snapshot() == before);
}

/// Dies behind each page in turn; the next call goes on there.
#[tokio::test]
async fn backfill_goes_on_where_it_died() {
    for pages in 0..4 {
        let arena = Arena::of(6).await.chunked(2, 1);
        let order = arena.players.clone();
        let cup = cup_under(&arena, "cup", &order, &json!({ "version": 1 })).await;
        *arena.store.faults() =
            crate::faulty::Faults { dies_at: Some(pages + 1), ..Default::default() };
        let died = arena.guerdon.backfill(&often("tournaments", 1), &listener(), &me()).await;
        *arena.store.faults() = crate::faulty::Faults::default();

        let preview = preview(&arena, &often("tournaments", 1)).await;
        let resumed = backfill(&arena, &often("tournaments", 1)).await;

        assert!(matches!(died, Err(GuerdonError::Store(_))), "{died:?}");
        let left = 6 - 2 * u64::from(pages);
        assert_eq!((preview.players, resumed.players, resumed.badges), (left, left, left));
        assert_eq!((resumed.players_total, resumed.badges_total), (6, 6));
        for player in &arena.players {
            assert_eq!(had(&arena, *player, "TOURNAMENTS"), [cup]);
        }
    }
}

#[tokio::test]
async fn callers_at_the_same_time_share_the_players() {
    let arena = Arena::of(20).await.chunked(3, 1);
    let order = arena.players.clone();
    cup_under(&arena, "cup", &order, &json!({ "version": 1 })).await;

    let rule = often("tournaments", 1);
    let ended = join_all((0..4).map(|_| backfill(&arena, &rule))).await;

    assert_eq!(ended.iter().map(|it| it.badges).sum::<u64>(), 20);
    assert_eq!(ended.iter().map(|it| it.players).sum::<u64>(), 20);
    assert!(ended.iter().all(|it| (it.players_total, it.badges_total) == (20, 20)));
}

#[tokio::test]
async fn whoever_cannot_be_read_costs_nobody_else_a_badge() {
    let arena = Arena::of(3).await;
    let order = arena.players.clone();
    cup_under(&arena, "cup", &order, &json!({ "version": 1 })).await;
    arena.store.faults().unreadable = Some(order[1]);

    let given = backfill(&arena, &often("tournaments", 1)).await;

    assert_eq!((given.badges, given.unreadable), (2, 1));
}

#[tokio::test]
async fn correction_judges_by_a_rule_that_judged_before() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    let cups = cups(&arena, &[[star, rival], [star, rival]]).await;
    backfill(&arena, &often("win_streak", 2)).await;

    correct(&arena, cups[0], &[rival, star]).await;
    let lost = had(&arena, star, "WIN_STREAK");
    correct(&arena, cups[1], &[rival, star]).await;
    let gained = had(&arena, rival, "WIN_STREAK");
    correct(&arena, cups[0], &[star, rival]).await;
    correct(&arena, cups[1], &[star, rival]).await;

    assert_eq!((lost, gained), (vec![], vec![cups[1]]));
    assert_eq!(had(&arena, star, "WIN_STREAK"), [cups[1]]);
    assert!(had(&arena, rival, "WIN_STREAK").is_empty());
    assert_all_holds(&arena).await;
}

/// Later tournaments are for their own policies to judge, also when they are corrected.
#[tokio::test]
async fn rule_judges_no_tournament_behind_its_review() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    cups(&arena, &[[star, rival]]).await;
    backfill(&arena, &often("win_streak", 2)).await;
    let later = cup_under(&arena, "later", &[star, rival], &json!({ "version": 1 })).await;

    correct(&arena, later, &[rival, star]).await;
    correct(&arena, later, &[star, rival]).await;

    assert!(had(&arena, star, "WIN_STREAK").is_empty());
}

#[tokio::test]
async fn badge_that_a_rule_gave_has_the_face_of_the_rule() {
    let arena = Arena::of(2).await;
    let order = arena.players.clone();
    let cup = cup_under(&arena, "cup", &order, &json!({ "version": 1 })).await;
    let rule = rule(&json!({
        "badge": "OLD_HAND",
        "category": "milestone",
        "face": { "title": "Old hand", "icon": "🧓" },
        "when": [{ "history": "tournaments", "at_least": 1 }],
    }));
    backfill(&arena, &rule).await;

    let profile = arena.guerdon.profile(order[0]).await.unwrap();
    let reward = arena.guerdon.reward(cup, order[0]).await.unwrap();

    for badges in [profile.badges, reward.badges] {
        let own = badges.iter().find(|it| it.badge.as_str() == "OLD_HAND").unwrap();
        assert_eq!((own.face.title.as_str(), own.face.icon.as_str()), ("Old hand", "🧓"));
        assert_eq!(own.category, domain::BadgeCategory::Milestone);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever rule has judged the past: correcting there and back ends where it began, and so it
    /// does when the rule comes before or after the correction.
    #[test]
    fn corrections_and_rules_end_in_one_state_in_any_order(
        fields in prop::collection::vec(prop::array::uniform6(1_u8..9), 4),
        corrected in 0..4_usize,
        truth in prop::array::uniform6(1_u8..9),
        at_least in 1..4_u32,
        field in prop::sample::select(vec!["podium_streak", "wins", "tournaments", "win_streak"]),
        of_a_life in any::<bool>(),
        chunk_size in 1_u32..8,
    ) {
        let rule = if of_a_life { once(field, at_least) } else { often(field, at_least) };
        correcting::block_on(async {
            let (early, cups) = correcting::season(&fields, chunk_size).await;
            let (late, _) = correcting::season(&fields, chunk_size).await;
            let right = results(&early.players, truth);
            backfill(&early, &rule).await;
            let before = badges(&early).await;

            correcting::correct(&early, cups[corrected], &right).await;
            correcting::correct(&late, cups[corrected], &right).await;
            backfill(&late, &rule).await;
            let there = (badges(&early).await, badges(&late).await);
            let wrong = results(&early.players, fields[corrected]);
            correcting::correct(&early, cups[corrected], &wrong).await;

            assert_eq!(there.0, there.1);
            assert_eq!(badges(&early).await, before);
            assert_all_holds(&early).await;
        });
    }
}

fn rule(document: &Value) -> BadgeRule {
    BadgeRule::from_document(document).unwrap()
}

/// A badge for every tournament at whose end the field of the history is at least so much; it is
/// called like the field.
fn often(field: &str, at_least: u32) -> BadgeRule {
    let badge = field.to_uppercase();
    rule(&json!({ "badge": badge, "when": [{ "history": field, "at_least": at_least }] }))
}

/// The same for the first of them.
fn once(field: &str, at_least: u32) -> BadgeRule {
    BadgeRule { once_in_a_life: true, ..often(field, at_least) }
}

async fn backfill(arena: &Arena, rule: &BadgeRule) -> Backfill {
    arena.guerdon.backfill(rule, &listener(), &me()).await.unwrap()
}

async fn preview(arena: &Arena, rule: &BadgeRule) -> BackfillPreview {
    arena.guerdon.preview_backfill(rule, 3).await.unwrap()
}

fn listener() -> ProgressListener {
    ProgressListener::default()
}

/// One tournament for each order, paid.
async fn cups<const N: usize>(arena: &Arena, orders: &[[PlayerId; N]]) -> Vec<TournamentId> {
    let mut cups = vec![];
    for (number, order) in orders.iter().enumerate() {
        let (key, standard) = (format!("cup-{number}"), json!({ "version": 1 }));
        cups.push(cup_under(arena, &key, order, &standard).await);
    }
    cups
}

async fn cup_under(arena: &Arena, key: &str, order: &[PlayerId], policy: &Value) -> TournamentId {
    let id = arena.cup_under(policy, key, order).await;
    assert!(arena.finalize(id).await.unwrap().is_complete());
    id
}

async fn correct(arena: &Arena, cup: TournamentId, order: &[PlayerId]) {
    let corrected = correcting::correct(arena, cup, &ranked(order)).await;
    assert!(corrected.is_some_and(|it| it.is_complete()));
}

/// The tournaments that gave the badge to the player, in the order of the history.
fn had(arena: &Arena, player: PlayerId, badge: &str) -> Vec<TournamentId> {
    let histories = arena.store.snapshot();
    let row = histories.players.get(player).unwrap();
    let has = |cup: &TournamentId| {
        let earned = row.badges.get(&(*cup, BadgeType::parse(badge).unwrap()));
        earned.is_some_and(|it| it.revoked.is_none())
    };
    row.steps.values().map(|it| it.tournament).filter(has).collect()
}

/// Every badge of everybody.
async fn badges(arena: &Arena) -> Vec<(PlayerId, TournamentId, BadgeType)> {
    let profiles = arena.guerdon.profiles(&arena.players).await.unwrap();
    let badges = profiles.into_iter().flat_map(|player| {
        let had = player.badges.into_iter().filter(|it| it.revoked.is_none());
        had.map(move |it| (player.id, it.tournament, it.badge))
    });
    badges.collect()
}

async fn assert_all_holds(arena: &Arena) {
    let report = arena.guerdon.verify(VerifyOptions::default()).await.unwrap();
    assert_eq!(report.outcome, Outcome::Held, "{report:?}");
}
