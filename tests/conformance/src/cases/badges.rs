//! Contract: a badge is had once.

use domain::{BadgeName, BadgeType, LockOrder, NewBadge, PlayerId, TournamentId};
use ports::spi::Recorded;

use crate::{
    Harness,
    fixtures::{award, register},
    waiting::at_once,
};

use Recorded::{New, Replayed};

/// BADGE-1: in the same unit of work and in a later one, and what is new beside it is awarded.
pub async fn equal_badge_is_replayed_not_repeated(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let champion = badge(id, "cup", BadgeType::Champion);
    let podium = badge(id, "cup", BadgeType::PodiumFinish);
    let mut uow = harness.units().begin().await.unwrap();
    let players = uow.lock_players(&LockOrder::of([id])).await.unwrap();

    assert_eq!(players.award_badges(&[champion]).await.unwrap(), [New]);
    assert_eq!(players.award_badges(&[champion]).await.unwrap(), [Replayed]);
    uow.commit().await.unwrap();
    assert_eq!(award(&harness.units(), &[champion, podium]).await.unwrap(), [Replayed, New]);

    assert_eq!(had(harness, &[id]).await, [champion, podium]);
}

/// BADGE-1: once for each tournament and each player, not once in all.
pub async fn badge_is_awarded_to_each_player_in_each_tournament(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let champion = |player, cup| badge(player, cup, BadgeType::Champion);
    award(&harness.units(), &[champion(ids[0], "one")]).await.unwrap();

    let others = [champion(ids[0], "two"), champion(ids[1], "one")];
    let answers = award(&harness.units(), &others).await.unwrap();

    assert_eq!(answers, [New, New]);
    assert_eq!(had(harness, &ids).await.len(), 3);
}

/// BADGE-2: the first tournament keeps it; another player can have it, too.
pub async fn badge_of_a_life_is_had_once_whatever_the_tournament(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let veteran = |player, cup| badge(player, cup, BadgeType::TournamentVeteran);
    let first = |player, cup| badge(player, cup, BadgeType::FirstTournament);
    award(&harness.units(), &[veteran(ids[0], "one"), first(ids[0], "one")]).await.unwrap();

    let later = [veteran(ids[0], "two"), first(ids[0], "two"), veteran(ids[1], "two")];
    let answers = award(&harness.units(), &later).await.unwrap();

    assert_eq!(answers, [Replayed, Replayed, New]);
    assert_eq!(
        sorted(had(harness, &ids).await),
        sorted(vec![veteran(ids[0], "one"), first(ids[0], "one"), veteran(ids[1], "two")])
    );
}

/// BADGE-2: the badge says so itself, whatever its type usually is.
pub async fn badge_of_ones_own_is_had_as_often_as_it_says(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let own = |name: &str, cup, once_in_a_life| {
        let own = BadgeType::Own(BadgeName::new(name).unwrap());
        NewBadge { once_in_a_life, ..badge(id, cup, own) }
    };
    let first = [own("OFTEN", "one", false), own("ONCE", "one", true)];
    award(&harness.units(), &first).await.unwrap();

    let later = [own("OFTEN", "two", false), own("ONCE", "two", true)];
    let answers = award(&harness.units(), &later).await.unwrap();

    assert_eq!(answers, [New, Replayed]);
    assert_eq!(
        sorted(had(harness, &[id]).await),
        sorted(vec![first[0], first[1], own("OFTEN", "two", false)])
    );
}

/// BADGE-2: two tournaments race for one milestone, round after round.
pub async fn concurrent_tournaments_award_a_badge_of_a_life_once(harness: &impl Harness) {
    let ids = register(harness, 10).await;

    for id in ids {
        let milestone = |cup| badge(id, cup, BadgeType::TournamentLegend);
        let worker = |cup| {
            let (units, milestone) = (harness.units(), milestone(cup));
            async move { award(&units, &[milestone]).await }
        };
        let answers = at_once(["one", "two", "three"].map(worker)).await;
        let new = answers.into_iter().flat_map(Result::unwrap).filter(|it| *it == New).count();
        assert_eq!((new, had(harness, &[id]).await.len()), (1, 1));
    }
}

fn badge(player: PlayerId, cup: &str, badge: BadgeType) -> NewBadge {
    NewBadge::new(player, TournamentId::of(cup), badge)
}

async fn had(harness: &impl Harness, players: &[PlayerId]) -> Vec<NewBadge> {
    let badges = harness.store().find_badges(players).await.unwrap();
    badges.into_iter().map(NewBadge::from).collect()
}

fn sorted(mut badges: Vec<NewBadge>) -> Vec<NewBadge> {
    badges.sort_unstable();
    badges
}
