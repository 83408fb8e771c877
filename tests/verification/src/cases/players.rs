//! INV-R02, INV-S01 to INV-S04, INV-L01, INV-E01: badges, skills, levels and events.

use app_service::Invariant;
use domain::TournamentId;

use crate::{
    Sabotage, Saboteur,
    scene::{Scene, and_guards, assert_red, assess_all, check, red},
};

/// A badge of one tournament that is there twice.
pub async fn r02_second_badge_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::SecondBadge(scene.paid, scene.winner())).await;

    let report = scene.verify().await;

    let red = and_guards(saboteur, &[Invariant::R02]);
    assert_red(&report, &red, "badges", scene.winner());
}

/// A badge of a life that was had in two tournaments, past an index that was told otherwise.
pub async fn r02_second_badge_of_a_life_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::SecondBadgeOfALife(scene.frozen, scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::R02], "badges", scene.winner());
}

/// A level that no step has led to.
pub async fn s01_edited_profile_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::EditedProfile(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::S01], "skill_profiles", scene.winner());
}

/// Milestones are read off the counters.
pub async fn s01_edited_counters_are_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::EditedCounters(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::S01], "players", scene.winner());
}

/// The counters are those of the last step, which does not follow from the one before.
pub async fn s01_step_that_counts_too_many_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::Miscounted(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::S01], "skill_steps", scene.winner());
    assert_eq!(check(&report, Invariant::S01).violations_total, 1);
}

/// A step that cannot even be read must not keep other players from being looked at. In memory there
/// is no such step.
pub async fn s01_step_that_cannot_be_read_is_seen_and_hides_nothing(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::UnreadableStep(scene.winner())).await;
    saboteur.sabotage(Sabotage::EditedProfile(scene.players[1])).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::S01], "skill_profiles", scene.players[1]);
    let rows = if saboteur.has_schema() {
        assert_red(&report, &[Invariant::S01], "skill_steps", scene.winner());
        2
    } else {
        1
    };
    assert_eq!(check(&report, Invariant::S01).violations_total, rows);
}

/// The word of a coach on a skill without a name. In memory there is no such skill.
pub async fn s01_assessment_that_cannot_be_read_is_seen_and_hides_nothing(
    saboteur: &impl Saboteur,
) {
    let scene = Scene::of(saboteur).await;
    assess_all(scene.arena.clone(), vec![scene.winner()]).await;
    saboteur.sabotage(Sabotage::UnreadableAssessment(scene.winner())).await;
    saboteur.sabotage(Sabotage::EditedProfile(scene.players[1])).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::S01], "skill_profiles", scene.players[1]);
    if saboteur.has_schema() {
        assert_red(&report, &[Invariant::S01], "assessments", scene.winner());
    }
    let rows = if saboteur.has_schema() { 2 } else { 1 };
    assert_eq!(check(&report, Invariant::S01).violations_total, rows);
}

/// Nobody knows where the skills started. In memory everybody does.
pub async fn s02_baseline_that_cannot_be_read_is_seen_and_hides_nothing(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::UnreadableBaseline(scene.winner())).await;
    saboteur.sabotage(Sabotage::UntypedEntry(scene.players[1])).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::S02], "skill_profiles", scene.players[1]);
    if saboteur.has_schema() {
        assert_red(&report, &[Invariant::S02], "players", scene.winner());
    }
    let rows = if saboteur.has_schema() { 2 } else { 1 };
    assert_eq!(check(&report, Invariant::S02).violations_total, rows);
}

/// Profile and accounts of somebody who is not there. In memory they go with the player.
pub async fn s02_player_who_is_gone_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::DeletedPlayer(scene.winner())).await;

    let report = scene.verify().await;

    if saboteur.has_schema() {
        assert_red(&report, &[Invariant::S02], "players", scene.winner());
    } else {
        assert_eq!(red(&report), []);
    }
}

/// A bare number, as the original left them.
pub async fn s02_untyped_entry_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::UntypedEntry(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::S02], "skill_profiles", scene.winner());
}

/// Somebody was placed, and nothing came of it.
pub async fn s03_missing_step_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::ForgottenSteps(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::S03], "awards", scene.winner());
}

/// A step that was taken twice, which the profile does not know of.
pub async fn s03_second_step_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::SecondStep(scene.winner())).await;

    let report = scene.verify().await;

    let red = and_guards(saboteur, &[Invariant::S03, Invariant::S01]);
    assert_red(&report, &red, "awards", scene.winner());
}

/// A step of a tournament that owes the player nothing.
pub async fn s03_step_without_an_award_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    let nowhere = TournamentId::of("nowhere");
    saboteur.sabotage(Sabotage::StrayStep(nowhere, scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::S03, Invariant::S01], "skill_steps", nowhere);
}

/// A mark that no level has left.
pub async fn l01_level_that_was_never_reached_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::LevelNeverReached(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::L01], "players", scene.winner());
}

/// A level that says what it pays, and no entry that has paid it.
pub async fn l01_level_that_has_not_paid_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::UnpaidLevel(scene.paid, scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::L01], "level_ups", scene.winner());
}

/// An event that is gone: the player's row knows how many there were.
pub async fn e01_lost_event_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::LostEvent(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::E01], "players", scene.winner());
}

/// An event that tells of nothing that was paid, so that nothing tells of what was.
pub async fn e01_award_that_nobody_is_told_of_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::MisnamedEvent(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::E01], "player_events", scene.winner());
}

/// A level above all that can be reached; step and profile agree on it.
pub async fn s04_level_out_of_bounds_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    saboteur.sabotage(Sabotage::LevelOutOfBounds(scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::S04], "skill_profiles", scene.winner());
}
