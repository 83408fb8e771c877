//! R05: one badge awarded twice.

use std::collections::BTreeSet;

use domain::{BadgeType, NewBadge, Player, PlayerId, Progress, TournamentStatus as Status};
use ports::spi::Recorded;

use crate::{
    cast::{ANNA, BEN, CUP, field, newcomer, newcomers},
    scene::{Scene, finalizing, told},
    script::{Script, lock},
};

/// R05: a badge that is there already is neither an error nor counted; everything else is paid.
#[tokio::test]
async fn a_badge_that_exists_costs_nothing() {
    let script = paying(newcomers(), Recorded::Replayed);
    let scene = Scene::new().begins(script).summarises(Status::RewardsDistributed);

    let distribution = scene.finalize().await.unwrap();

    assert_eq!((distribution.badges_awarded, distribution.entries_posted), (0, 4));
    assert!(distribution.failed.is_empty());
}

/// R05: one call awards all badges of a chunk, each (player, tournament, type) once.
#[tokio::test]
async fn no_badge_is_asked_for_twice() {
    let script = finalizing();
    let heard = script.heard();
    let scene = Scene::new().begins(script).summarises(Status::RewardsDistributed);

    let distribution = scene.finalize().await.unwrap();

    let badges = &lock(&heard).badges;
    let distinct: BTreeSet<NewBadge> = badges.iter().copied().collect();
    assert_eq!(distinct.len(), badges.len());
    assert!(badges.iter().all(|it| it.tournament == CUP));
    assert_eq!(distribution.badges_awarded, 6);
}

/// R05: milestones are read off the counters that the player's lock found, so that of two
/// tournaments at once only the fifth asks for what the fifth brings.
#[tokio::test]
async fn a_milestone_is_asked_for_only_when_its_number_is_reached_under_the_lock() {
    let fourth = badges_of(Progress { tournaments: 4, ..Progress::default() }).await;
    let fifth = badges_of(Progress { tournaments: 5, win_streak: 2, ..Progress::default() }).await;

    assert!(fourth.contains(&BadgeType::TournamentVeteran));
    assert!(!fourth.contains(&BadgeType::FirstTournament));
    assert!(!fifth.contains(&BadgeType::TournamentVeteran));
    assert!(fifth.contains(&BadgeType::TripleCrown));
}

/// What Anna is given after so much.
async fn badges_of(progress: Progress) -> BTreeSet<BadgeType> {
    let script = paying(vec![seasoned(ANNA, progress), newcomer(BEN)], Recorded::New);
    let heard = told(script).await;
    heard.badges.iter().filter(|it| it.player == ANNA).map(|it| it.badge).collect()
}

fn seasoned(id: PlayerId, progress: Progress) -> Player {
    Player { progress, ..newcomer(id) }
}

fn paying(players: Vec<Player>, badges: Recorded) -> Script {
    let script = Script::default().locks(Status::InProgress).freezes(field([ANNA, BEN]));
    let script = script.locks_players(players).posts(Recorded::New);
    script.badges(badges).steps().saves_progress().marks().advances().commits()
}
