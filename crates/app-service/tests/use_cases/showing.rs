//! Badges and leaders as they are shown off.

use app_service::{Guerdon, LeaderMeasure};
use domain::{
    BadgeCategory,
    BadgeType::{self, Champion, FirstTournament, PodiumFinish, RunnerUp, TournamentParticipant},
    PlayerId, Rarity, TournamentId,
};
use serde_json::json;

use crate::{
    arena::{Arena, ranked},
    correcting,
};

#[tokio::test]
async fn a_showcase_has_each_kind_once_with_how_often_and_where_it_was_earned_last() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    paid(&arena, "first", &[star, rival]).await;
    paid(&arena, "second", &[rival, star]).await;
    let third = paid(&arena, "third", &[star, rival]).await;

    let shown = arena.guerdon.showcase(star, 2).await.unwrap();

    assert_eq!((shown.player, shown.badges_total, shown.badges_revoked), (star, 9, 0));
    let rarities =
        [(Rarity::Common, 2), (Rarity::Uncommon, 1), (Rarity::Rare, 4), (Rarity::Epic, 2)];
    assert_eq!(shown.by_rarity, rarities.into());
    assert_eq!(kinds(&shown.rarest), [(Champion, 2), (PodiumFinish, 3)]);
    let placement = &shown.by_category[&BadgeCategory::Placement];
    assert_eq!(kinds(placement), [(Champion, 2), (PodiumFinish, 3), (RunnerUp, 1)]);
    let participation = &shown.by_category[&BadgeCategory::Participation];
    assert_eq!(kinds(participation), [(FirstTournament, 1), (TournamentParticipant, 2)]);
    assert_eq!(shown.rarest[0].tournament, third);
    assert_eq!(shown.rarest[0].tournament_name.as_deref(), Some("third"));
}

#[tokio::test]
async fn latest_badges_come_latest_first() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    paid(&arena, "first", &[star, rival]).await;
    let second = paid(&arena, "second", &[rival, star]).await;

    let shown = arena.guerdon.showcase(star, 3).await.unwrap();

    let latest: Vec<_> = shown.latest.iter().map(|it| (it.badge, it.tournament)).collect();
    let expected = [RunnerUp, PodiumFinish, TournamentParticipant].map(|it| (it, second));
    assert_eq!(latest, expected, "equal moments: the rarest first");
}

#[tokio::test]
async fn badge_that_was_taken_away_is_counted_and_not_shown() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    let cup = paid(&arena, "cup", &[star, rival]).await;

    let _ = correcting::correct(&arena, cup, &ranked(&[rival, star])).await.unwrap();
    let shown = arena.guerdon.showcase(star, 9).await.unwrap();

    assert_eq!((shown.badges_total, shown.badges_revoked), (3, 1));
    assert_eq!(kinds(&shown.rarest), [(RunnerUp, 1), (PodiumFinish, 1), (FirstTournament, 1)]);
}

#[tokio::test]
async fn a_leaderboard_adds_up_what_its_tournaments_have_paid_and_nothing_else() {
    let arena = Arena::of(3).await;
    let [star, rival, third] = arena.players[..] else { unreachable!() };
    let levels = json!({ "version": 1, "levels": { "steps": [{ "xp": 100, "credits": 1_000 }] } });
    let first = arena.cup_under(&levels, "first", &[star, rival]).await;
    assert!(arena.finalize(first).await.unwrap().is_complete());
    let second = paid(&arena, "second", &[rival, star]).await;
    paid(&arena, "another season", &[third, star, rival]).await;

    let leaders = leaders(&arena.guerdon, &[first, second], LeaderMeasure::Credits).await;
    let wins = arena.guerdon.leaderboard(&[second], LeaderMeasure::Wins, None, 1).await.unwrap();

    let mut expected = [(1, star, 971, 150, 1), (1, rival, 971, 150, 1)];
    expected.sort_unstable();
    assert_eq!(leaders, expected, "a first and a second place each, and no credits of levels");
    assert_eq!((wins[0].player, wins[0].wins, wins.len()), (rival, 1, 1));
    assert!(wins[0].player_name.starts_with("Player "));
}

async fn leaders(
    guerdon: &Guerdon,
    cups: &[TournamentId],
    by: LeaderMeasure,
) -> Vec<(u64, PlayerId, i64, i64, u64)> {
    let leaders = guerdon.leaderboard(cups, by, None, 10).await.unwrap();
    leaders.iter().map(|it| (it.rank, it.player, it.xp, it.credits, it.wins)).collect()
}

fn kinds(shown: &[app_service::ShownBadge]) -> Vec<(BadgeType, usize)> {
    shown.iter().map(|it| (it.badge, it.times)).collect()
}

async fn paid(arena: &Arena, key: &str, order: &[PlayerId]) -> TournamentId {
    let cup = arena.cup(key, order).await;
    assert!(arena.finalize(cup).await.unwrap().is_complete());
    cup
}
