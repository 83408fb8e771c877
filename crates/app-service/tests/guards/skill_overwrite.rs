//! R04: two writers of one player's skills.

use app_service::GuerdonError;
use domain::{
    Assessed, Assessment, AssessmentId, LevelChange, LockOrder, Player, SkillName, Tenths,
    TournamentStatus as Status,
};
use ports::spi::Recorded;
use uuid::Uuid;

use crate::{
    cast::{ANNA, BEN, field, newcomer},
    scene::{Scene, finalizing, told},
    script::{Script, lock},
};

/// R04: the players of a chunk are locked together, in ascending id, before their skills move.
#[tokio::test]
async fn players_are_locked_before_their_skills() {
    let heard = told(finalizing()).await;

    assert_eq!(heard.locked, [LockOrder::of([ANNA, BEN])]);
    assert_eq!(heard.steps.len(), 2);
}

/// R04: a step starts at the level that the lock found, and carries the number behind the last
/// one: a writer who had read before the lock would be refused by that number.
#[tokio::test]
async fn a_step_builds_on_what_the_lock_found() {
    let anna = Player { step_seq: 4, ..stepped(newcomer(ANNA)) };
    let script = paying(vec![anna.clone(), newcomer(BEN)]);

    let heard = told(script).await;

    let step = &heard.steps[0];
    assert_eq!((step.step.player, step.seq), (ANNA, 5));
    let before = step.step.changes[&focus()].before;
    assert_eq!(before, anna.profile.entry(&focus(), &anna.baseline).level);
}

/// R04: a step writes the entries of its own skills and no others, and leaves in them what coaches
/// have said.
#[tokio::test]
async fn a_step_keeps_assessments_and_other_skills() {
    let mut anna = newcomer(ANNA);
    let juggling = SkillName::new("juggling").unwrap();
    for skill in [&focus(), &juggling] {
        anna.profile.assess(skill, Tenths::new(805), &anna.baseline);
    }
    let script = paying(vec![anna, newcomer(BEN)]);

    let heard = told(script).await;

    let entries = &heard.steps[0].entries;
    assert_eq!(entries[&focus()].assessed, Some(Assessed { total: 805, count: 1 }));
    assert!(!entries.contains_key(&juggling));
}

/// R04: a coach takes the same lock, and writes one entry whose level is the one that it found.
#[tokio::test]
async fn an_assessment_is_written_under_the_player_lock_and_keeps_the_level() {
    let anna = stepped(newcomer(ANNA));
    let level = anna.profile.entry(&focus(), &anna.baseline).level;
    let script = Script::default().locks_players(vec![anna]).assesses().commits();
    let heard = script.heard();
    let guerdon = Scene::new().begins(script).guerdon();

    let recorded = guerdon.assess(word()).await.unwrap();

    assert_eq!(recorded, Recorded::New);
    let heard = lock(&heard);
    assert_eq!(heard.locked, [LockOrder::of([ANNA])]);
    assert_eq!(heard.assessments, [word()]);
    let entry = heard.skills[0].entries[&focus()];
    assert_eq!((heard.skills[0].player, entry.level), (ANNA, level));
    assert_eq!(entry.assessed, Some(Assessed { total: 750, count: 1 }));
}

/// R04: many words take the calls that one takes, and the locks in their one order.
#[tokio::test]
async fn a_batch_of_assessments_takes_the_calls_of_one() {
    let players = vec![newcomer(ANNA), newcomer(BEN)];
    let script = Script::default().locks_players(players).assesses().commits();
    let heard = script.heard();
    let guerdon = Scene::new().begins(script).guerdon();
    let of = |id, player| Assessment { id: AssessmentId::of(id), player, ..word() };

    let recorded = guerdon.assess_all(&[of("a", BEN), of("b", ANNA), of("c", BEN)]).await.unwrap();

    assert_eq!(recorded, [Recorded::New; 3]);
    let heard = lock(&heard);
    assert_eq!(heard.locked, [LockOrder::of([ANNA, BEN])]);
    let totals = heard.skills.iter().map(|it| (it.player, it.entries[&focus()].assessed));
    let [once, twice] = [(750, 1), (1_500, 2)].map(|(total, count)| Assessed { total, count });
    assert_eq!(totals.collect::<Vec<_>>(), [(ANNA, Some(once)), (BEN, Some(twice))]);
}

/// R04: nobody who is not registered is assessed, and nothing is committed.
#[tokio::test]
async fn an_unknown_player_is_locked_in_vain() {
    let guerdon = Scene::new().begins(Script::default().locks_players(vec![])).guerdon();

    let refusal = guerdon.assess(word()).await.unwrap_err();

    assert!(matches!(refusal, GuerdonError::NoPlayer(ANNA)), "{refusal}");
}

fn paying(players: Vec<Player>) -> Script {
    let script = Script::default().locks(Status::InProgress);
    let script = script.freezes(field([ANNA, BEN]));
    script.settles_claimed(players).advances().commits()
}

/// The same player with a level of 71.3 in focus.
fn stepped(mut player: Player) -> Player {
    let [before, after] = [600, 713].map(Tenths::new);
    let changes = [(focus(), LevelChange { before, after })].into();
    player.profile.step(&changes, &player.baseline);
    player
}

fn word() -> Assessment {
    Assessment {
        id: AssessmentId::from_uuid(Uuid::from_u128(9)),
        player: ANNA,
        skill: focus(),
        percentage: Tenths::new(750),
        assessor: "coach".into(),
    }
}

fn focus() -> SkillName {
    SkillName::new("focus").unwrap_or_else(|it| panic!("{it}"))
}
