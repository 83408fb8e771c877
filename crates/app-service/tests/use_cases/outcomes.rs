//! Ties, teams, and those without a placement.

use domain::{BadgeType, Finish, Outcome, Placement, PlayerId, RankedEntry};

use crate::{
    arena::{Arena, list, row},
    audit::audit,
};

#[tokio::test]
async fn absent_and_disqualified_get_nothing_and_their_awards_say_why() {
    let arena = Arena::of(4).await;
    let [winner, unplaced, absent, disqualified] = arena.players[..] else { unreachable!() };
    let rows = [
        row(winner, Finish::Marked(Placement::FIRST)),
        row(unplaced, Finish::Unplaced),
        row(absent, Finish::Absent),
        row(disqualified, Finish::Disqualified),
    ];
    let cup = arena.cup_of("cup", &list(rows)).await;

    let paid = arena.finalize(cup).await.unwrap();

    assert_eq!((paid.applied, paid.tournament.field_size), (4, 3));
    assert!(paid.is_complete());
    for (player, outcome) in [(absent, Outcome::Absent), (disqualified, Outcome::Disqualified)] {
        let reward = arena.guerdon.reward(cup, player).await.unwrap();
        assert_eq!((reward.award.evidence.outcome, reward.award.xp_total), (outcome, 0));
        assert!(reward.entries.is_empty() && reward.badges.is_empty() && reward.skills.is_empty());
        assert_eq!(arena.guerdon.profile(player).await.unwrap().tournaments, 0);
    }
    audit(&arena, &[cup]).await;
}

#[tokio::test]
async fn whoever_competed_without_a_placement_took_part() {
    let arena = Arena::of(2).await;
    let [winner, unplaced] = arena.players[..] else { unreachable!() };
    let rows = [row(winner, Finish::Marked(Placement::FIRST)), row(unplaced, Finish::Unplaced)];
    let cup = arena.cup_of("cup", &list(rows)).await;

    let paid = arena.finalize(cup).await.unwrap();

    let reward = arena.guerdon.reward(cup, unplaced).await.unwrap();
    assert!(paid.is_complete());
    assert_eq!((reward.award.reward.xp_base, reward.award.reward.credits), (50, 0));
    assert_eq!(reward.rarest_badge, Some(BadgeType::FirstTournament));
    assert!(reward.skills.is_empty());
}

#[tokio::test]
async fn every_member_of_a_team_gets_what_the_team_won() {
    let arena = Arena::of(4).await;
    let second = Placement::new(2).unwrap();
    let of_team = |player: PlayerId, team: &str, placement| RankedEntry {
        team: Some(team.into()),
        ..row(player, Finish::Marked(placement))
    };
    let [a, b, c, d] = arena.players[..] else { unreachable!() };
    let rows = [
        of_team(a, "red", Placement::FIRST),
        of_team(b, "red", Placement::FIRST),
        of_team(c, "blue", second),
        of_team(d, "blue", second),
    ];
    let cup = arena.cup_of("cup", &list(rows)).await;

    let paid = arena.finalize(cup).await.unwrap();

    assert_eq!((paid.tournament.field_size, paid.applied), (2, 4));
    let mut base = vec![];
    for player in [a, b, c, d] {
        let award = arena.guerdon.reward(cup, player).await.unwrap().award;
        base.push((award.reward.xp_base, award.evidence.field_size));
    }
    assert_eq!(base, [(500, 2), (500, 2), (300, 2), (300, 2)]);
    audit(&arena, &[cup]).await;
}
