//! INV-T01: teams are paid as teams.

use app_service::{Invariant, SubmitOptions};
use domain::{
    Finish, MemberWeight, Membership, NewTournament, Placement, PlayerId, RankedEntry, RankedList,
    Results, RewardPolicy, TournamentId,
};
use serde_json::json;

use crate::{
    Sabotage, Saboteur,
    scene::{Scene, assert_red, check, red},
};

/// Two of one team and one of another, who share equally.
pub async fn t01_teams_that_were_paid_as_teams_hold(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    let cup = cup_of_teams(&scene).await;
    let _ = scene.arena.clone().finalize(cup).await.expect("it is paid");

    let report = scene.verify().await;

    assert_eq!(red(&report), []);
    assert_eq!(check(&report, Invariant::T01).rows_checked, 3 + 9, "three tournaments of three");
}

/// A team that nobody counted competes all of a sudden.
pub async fn t01_member_who_is_said_to_play_for_others_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    let cup = cup_of_teams(&scene).await;
    scene.arena.freeze_only(saboteur, cup).await;
    saboteur.sabotage(Sabotage::OtherTeam(cup, scene.winner())).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::T01, Invariant::R08], "tournaments", cup);
}

/// Nobody has been paid yet, so that only the plan can tell.
pub async fn t01_part_that_is_not_equal_is_seen(saboteur: &impl Saboteur) {
    let scene = Scene::of(saboteur).await;
    let cup = cup_of_teams(&scene).await;
    scene.arena.freeze_only(saboteur, cup).await;
    let larger = std::cmp::max(scene.players[0], scene.players[1]);
    saboteur.sabotage(Sabotage::LargerPart(cup, larger)).await;

    let report = scene.verify().await;

    assert_red(&report, &[Invariant::T01, Invariant::R08], "awards", larger);
}

/// A tournament whose results are in: the first two players are red, the third is blue.
async fn cup_of_teams(scene: &Scene) -> TournamentId {
    let policy = json!({ "version": 1, "teams": { "share": "equal" } });
    let policy = RewardPolicy::from_document(&policy).expect("a policy");
    let cup = NewTournament { policy, ..NewTournament::new("teams", "teams") };
    let id = cup.id;
    let guerdon = &scene.arena.guerdon;
    guerdon.create_tournament(cup).await.expect("it is announced");
    let teams = [("red", 1), ("red", 1), ("blue", 2)];
    let rows = scene.players.iter().zip(teams).map(|(player, team)| row(*player, team)).collect();
    let results = Results::Ranked(RankedList::Placements(rows));
    let (reading, referee) = (SubmitOptions::default(), races::actor());
    let taken = guerdon.submit_results(id, &results, reading, &referee).await;
    taken.expect("the results are taken in");
    id
}

fn row(player: PlayerId, (team, rank): (&str, u32)) -> RankedEntry<Placement> {
    let placement = Placement::new(rank).expect("ranks start at 1");
    let team = Membership { name: team.to_owned(), weight: MemberWeight::ONE };
    RankedEntry { team: Some(team), ..RankedEntry::new(player, Finish::Marked(placement)) }
}
