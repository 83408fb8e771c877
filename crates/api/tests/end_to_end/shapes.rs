//! What the service answers is what the types of the client, and so the document, say.

use client::wire::{
    Announced, ApiKey, Assessed, Award, Charge, Charged, CorrectionPreview, Distribution, Health,
    IssuedApiKey, Leader, LedgerEntry, Page, Plan, Player, Policy, Problem, Registered, Reward,
    Showcase, Submitted, Tournament, TournamentSummary, Verification,
};
use serde_json::json;

use crate::{on_both_stores, served::Served};

on_both_stores! {
    every_answer_has_the_shape_of_its_type
    every_change_has_the_shape_of_its_type
    matches_and_teams_are_taken_in_and_shown
}

async fn every_answer_has_the_shape_of_its_type(served: Served) {
    let served = served.with_results().await;
    served.finalized("cup").await;
    let spent = json!({ "charge": "hat", "amount": 10, "memo": "a hat" });
    served.posted::<Charged>("/v1/players/ada/charges", &[], &spent).await;
    served.posted::<Verification>("/v1/invariants", &[], &json!({})).await;
    let key = json!({ "name": "importer", "role": "operator" });
    served.posted::<IssuedApiKey>("/v1/api-keys", &[], &key).await;

    served.shape::<Page<ApiKey>>("/v1/api-keys").await;
    served.shape::<Health>("/livez").await;
    served.shape::<Health>("/readyz").await;
    served.shape::<Page<Tournament>>("/v1/tournaments?limit=1").await;
    served.shape::<TournamentSummary>("/v1/tournaments/cup").await;
    served.shape::<Policy>("/v1/tournaments/cup/policy").await;
    served.shape::<Plan>("/v1/tournaments/cup/plan").await;
    served.shape::<TournamentSummary>("/v1/tournaments/cup/distribution").await;
    served.shape::<Page<Award>>("/v1/tournaments/cup/awards").await;
    served.shape::<Page<Player>>("/v1/players").await;
    served.shape::<Player>("/v1/players/ada").await;
    served.shape::<Page<LedgerEntry>>("/v1/players/ada/ledger?currency=CREDIT").await;
    served.shape::<Showcase>("/v1/players/ada/badges").await;
    served.shape::<Reward>("/v1/players/ada/rewards/cup").await;
    served.shape::<Page<Charge>>("/v1/players/ada/charges").await;
    served.shape::<Page<Charge>>("/v1/players/ada/holds").await;
    served.shape::<Page<Leader>>("/v1/leaderboard?tournaments=cup&by=wins").await;
    served.shape::<Verification>("/v1/invariants").await;
    served.shape::<Problem>("/v1/nothing").await;
}

async fn every_change_has_the_shape_of_its_type(served: Served) {
    let served = served.with_results().await;
    let results = json!({ "results": { "placements": [
        { "player": "grace", "placement": 1 },
        { "player": "ada", "placement": 2 },
        { "player": "edsger", "without": "unplaced" },
        { "player": "barbara", "without": "absent" },
    ] } });
    let player = json!({ "players": [{ "key": "alan", "name": "Alan" }] });
    let cup = json!({ "key": "autumn", "name": "Autumn cup", "policy": { "version": 7 } });
    let said = json!({ "assessments": [
        { "occasion": "camp", "assessor": "eva", "skill": "focus", "percentage": 50 },
    ] });

    served.posted::<Registered>("/v1/players", &[], &player).await;
    served.posted::<Announced>("/v1/tournaments", &[], &cup).await;
    served.posted::<TournamentSummary>("/v1/tournaments/autumn/cancel", &[], &json!(null)).await;
    served.posted::<Assessed>("/v1/players/ada/assessments", &[], &said).await;
    served.posted::<Submitted>("/v1/tournaments/cup/results", &[], &results).await;
    served.posted::<Distribution>("/v1/tournaments/cup/finalize", &[], &json!({})).await;
    let path = "/v1/tournaments/cup/distribution";
    let again =
        served.posted::<Problem>(path, &[], &json!({ "scope": "pending_and_failed" })).await;
    assert_eq!(again.code, "already-finalized");
    let path = "/v1/tournaments/cup/disqualifications/preview";
    let struck = json!({ "players": ["grace"] });
    let preview = served.posted::<CorrectionPreview>(path, &[], &struck).await;
    let path = "/v1/tournaments/cup/disqualifications";
    let struck =
        json!({ "players": ["grace"], "plan_hash": preview.plan_hash, "reason": "a bribe" });
    served.posted::<Distribution>(path, &[("if-match", "*")], &struck).await;
    let held = json!({ "charge": "trip", "amount": 5, "expires_at": "2030-01-01T00:00:00Z" });
    served.posted::<Charged>("/v1/players/ada/holds", &[], &held).await;
}

async fn matches_and_teams_are_taken_in_and_shown(served: Served) {
    let served = served.with_results().await;
    served.announced("duel").await;
    served.announced("relay").await;
    let duel = json!({ "results": { "matches": [
        { "round": "final", "home": "ada", "away": "grace", "full_time": [1, 1],
          "extra_time": [1, 1], "penalties": [4, 3] },
    ] } });
    let relay = json!({ "results": { "measured": { "better": "lower", "rows": [
        { "player": "ada", "value": 40.5, "team": { "name": "reds" } },
        { "player": "grace", "value": 40.5, "team": { "name": "reds", "weight": 2 } },
        { "player": "edsger", "value": 41.25, "team": { "name": "blues" } },
    ] } } });

    served.posted::<Submitted>("/v1/tournaments/duel/results", &[], &duel).await;
    served.posted::<Submitted>("/v1/tournaments/relay/results", &[], &relay).await;
    served.finalized("duel").await;
    served.finalized("relay").await;

    let winner = served.shape::<Reward>("/v1/players/ada/rewards/duel").await;
    assert_eq!(winner.award.evidence.record.map(|it| it.wins), Some(1));
    let runner = served.shape::<Reward>("/v1/players/grace/rewards/relay").await;
    assert_eq!(runner.award.team.map(|it| (it.name, it.weight)), Some(("reds".to_owned(), 2)));
    assert_eq!(runner.award.evidence.measured, Some(40.5));
}
