//! Many words of coaches at once: all of them, or none.

use app_service::{
    AssessmentFault, Guerdon, GuerdonError, InvalidAssessment,
    Recorded::{New, Replayed},
};
use domain::{Assessment, AssessmentId, PlayerId, SkillName, Tenths};

use crate::arena::Arena;

#[tokio::test]
async fn batch_counts_once_however_often_it_comes() {
    let arena = Arena::of(2).await;
    let [star, rival] = arena.players[..] else { unreachable!() };
    let batch = [word("a", star, 800), word("b", rival, 700), word("c", star, 600)];

    let first = arena.guerdon.assess_all(&batch).await.unwrap();
    let again = arena.guerdon.assess_all(&batch).await.unwrap();

    assert_eq!((first, again), (vec![New; 3], vec![Replayed; 3]));
    assert_eq!(heard(&arena, star).await, [(70.0, 2)]);
    assert_eq!(heard(&arena, rival).await, [(70.0, 1)]);
}

#[tokio::test]
async fn everything_wrong_with_a_batch_is_named_and_nothing_of_it_is_written() {
    let arena = Arena::of(1).await;
    let star = arena.players[0];
    let nul = Assessment { assessor: "co\0ach".into(), ..word("c", star, 1_001) };

    let refusal = arena.guerdon.assess_all(&[word("a", star, 800), word("b", star, -1), nul]).await;

    let Err(GuerdonError::InvalidAssessments(invalid)) = refusal else { panic!("{refusal:?}") };
    assert_eq!(invalid.iter().map(|it| it.position).collect::<Vec<_>>(), [1, 2, 2]);
    assert!(matches!(invalid[2].fault, AssessmentFault::NotText(_)), "{invalid:?}");
    assert!(heard(&arena, star).await.is_empty());
}

#[tokio::test]
async fn every_stranger_of_a_batch_is_named_and_nobody_is_assessed() {
    let arena = Arena::of(1).await;
    let (star, strangers) = (arena.players[0], [PlayerId::of("x"), PlayerId::of("y")]);
    let batch = [word("a", strangers[0], 800), word("b", star, 800), word("c", strangers[1], 800)];

    let refusal = arena.guerdon.assess_all(&batch).await;

    let Err(GuerdonError::InvalidAssessments(invalid)) = refusal else { panic!("{refusal:?}") };
    let stranger = |(position, id): (usize, PlayerId)| InvalidAssessment {
        position,
        fault: AssessmentFault::NoPlayer(id),
    };
    assert_eq!(invalid, [(0, strangers[0]), (2, strangers[1])].map(stranger));
    assert!(heard(&arena, star).await.is_empty());
}

#[tokio::test]
async fn batch_beyond_the_limit_is_refused_and_an_empty_one_is_nothing() {
    let arena = Arena::of(1).await;
    let many = vec![word("a", arena.players[0], 800); Guerdon::ASSESSMENTS_MAX + 1];

    let refusal = arena.guerdon.assess_all(&many).await;
    let nothing = arena.guerdon.assess_all(&[]).await;

    assert!(matches!(refusal, Err(GuerdonError::TooManyAssessments { .. })), "{refusal:?}");
    assert_eq!(nothing.unwrap(), []);
    assert!(heard(&arena, arena.players[0]).await.is_empty());
}

/// The mean and the number of the words about each of a player's skills.
async fn heard(arena: &Arena, player: PlayerId) -> Vec<(f64, u32)> {
    let view = arena.guerdon.profile(player).await.unwrap_or_else(|it| panic!("{it}"));
    view.skills.iter().filter_map(|it| it.assessed).map(|it| (it.mean, it.count)).collect()
}

fn word(id: &str, player: PlayerId, percentage: i32) -> Assessment {
    Assessment {
        id: AssessmentId::of(id),
        player,
        skill: SkillName::new("focus").unwrap_or_else(|it| panic!("{it}")),
        percentage: Tenths::new(percentage),
        assessor: "coach".into(),
    }
}
