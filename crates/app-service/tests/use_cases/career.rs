//! Many tournaments of one player: milestones, streaks, and what coaches say.

use app_service::{
    GuerdonError,
    Recorded::{New, Replayed},
};
use domain::{
    Assessment, AssessmentId,
    BadgeType::{
        self, FirstTournament, TournamentLegend, TournamentParticipant, TournamentVeteran,
        TripleCrown,
    },
    PlayerId, SkillName, Tenths,
};
use uuid::Uuid;

use crate::{arena::Arena, audit::audit};

#[tokio::test]
async fn milestones_are_had_once_at_their_number() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    let mut earned = vec![];

    for number in 1..=12 {
        earned.push(badges_of(&arena, &format!("cup-{number}"), &[rival, star], star).await);
    }

    for (badges, number) in earned.iter().zip(1..) {
        assert_eq!(badges.contains(&FirstTournament), number == 1, "{number}");
        assert_eq!(badges.contains(&TournamentParticipant), number > 1, "{number}");
        assert_eq!(badges.contains(&TournamentVeteran), number == 5, "{number}");
        assert_eq!(badges.contains(&TournamentLegend), number == 10, "{number}");
        assert!(!badges.contains(&TripleCrown), "{number}");
    }
}

#[tokio::test]
async fn only_three_wins_in_a_row_make_a_triple_crown_and_only_once() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    let wins = [true, true, false, true, true, true, true, false, true, true, true];
    let mut crowns = vec![];

    for (won, number) in wins.into_iter().zip(1..) {
        let order = if won { [star, rival] } else { [rival, star] };
        let badges = badges_of(&arena, &format!("cup-{number}"), &order, star).await;
        crowns.extend(badges.contains(&TripleCrown).then_some(number));
    }

    assert_eq!(crowns, [6]);
    assert_eq!(arena.guerdon.profile(star).await.unwrap().win_streak, 3);
}

#[tokio::test]
async fn equal_assessments_both_count_and_one_id_counts_once() {
    let arena = Arena::of(1).await;
    let star = arena.players[0];

    let mut recorded = vec![];
    for (id, percentage) in [(1, 800), (2, 800), (2, 800), (3, 905)] {
        recorded.push(arena.guerdon.assess(word(id, star, percentage)).await.unwrap());
    }

    assert_eq!(recorded, [New, New, Replayed, New]);
    let skill = &arena.guerdon.profile(star).await.unwrap().skills[0];
    let assessed = skill.assessed.unwrap();
    assert_eq!((assessed.mean, assessed.count), (83.5, 3));
    assert_eq!((skill.level, skill.steps), (60.0, 0));
}

#[tokio::test]
async fn steps_and_assessments_leave_each_other_alone() {
    let arena = Arena::of(2).await;
    let star = arena.players[0];

    let first = arena.cup("first", &arena.players).await;
    let paid = arena.finalize(first).await.unwrap();
    let stepped = focus_of(&arena, star).await;
    let recorded = arena.guerdon.assess(word(1, star, 990)).await.unwrap();
    let assessed = focus_of(&arena, star).await;
    let second = arena.cup("second", &arena.players).await;
    let paid_again = arena.finalize(second).await.unwrap();
    let stepped_again = focus_of(&arena, star).await;

    assert!(paid.is_complete() && paid_again.is_complete());
    assert_eq!(recorded, New);
    assert_eq!((stepped.level, stepped.steps), (assessed.level, assessed.steps));
    assert_eq!(stepped.assessed, None);
    assert_eq!(assessed.assessed, stepped_again.assessed);
    assert_eq!(stepped_again.steps, 2);
    assert!(stepped_again.level > stepped.level);
    audit(&arena, &[first, second]).await;
}

#[tokio::test]
async fn what_is_no_percentage_or_no_player_is_refused() {
    let arena = Arena::of(1).await;
    let stranger = PlayerId::of("nobody");

    let above = arena.guerdon.assess(word(1, arena.players[0], 1_001)).await.unwrap_err();
    let below = arena.guerdon.assess(word(2, arena.players[0], -1)).await.unwrap_err();
    let nobody = arena.guerdon.assess(word(3, stranger, 500)).await.unwrap_err();

    assert!(matches!(above, GuerdonError::NotAPercentage { .. }), "{above}");
    assert!(matches!(below, GuerdonError::NotAPercentage { .. }), "{below}");
    assert!(matches!(nobody, GuerdonError::NoPlayer(it) if it == stranger), "{nobody}");
    assert!(arena.guerdon.profile(arena.players[0]).await.unwrap().skills.is_empty());
}

/// What one more tournament brings the player.
async fn badges_of(
    arena: &Arena,
    key: &str,
    order: &[PlayerId],
    player: PlayerId,
) -> Vec<BadgeType> {
    let cup = arena.cup(key, order).await;
    let paid = arena.finalize(cup).await;
    assert!(matches!(paid, Ok(it) if it.is_complete()));
    let reward = arena.guerdon.reward(cup, player).await.unwrap_or_else(|it| panic!("{it}"));
    reward.badges.iter().map(|it| it.badge).collect()
}

async fn focus_of(arena: &Arena, player: PlayerId) -> app_service::SkillView {
    let view = arena.guerdon.profile(player).await.unwrap_or_else(|it| panic!("{it}"));
    let focus = view.skills.into_iter().find(|it| it.skill.as_str() == "focus");
    focus.unwrap_or_else(|| panic!("no focus"))
}

fn word(id: u128, player: PlayerId, percentage: i32) -> Assessment {
    Assessment {
        id: AssessmentId::from_uuid(Uuid::from_u128(id)),
        player,
        skill: SkillName::new("focus").unwrap_or_else(|it| panic!("{it}")),
        percentage: Tenths::new(percentage),
        assessor: "coach".into(),
    }
}
