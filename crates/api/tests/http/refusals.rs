//! Every problem that a caller can cause is caused here, once.

use axum::{body::Body, http::Request};
use serde_json::{Value, json};

use crate::client::{Client, finalize, get, post};

const RESULTS: &str = r#"{ "results": { "placements": [
    { "player": "ada", "placement": 1 },
    { "player": "grace", "placement": 2 },
    { "player": "edsger", "placement": 3 }
] } }"#;

#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let refused = [
        (get("/v1/players?limit=0"), "query-invalid"),
        (get("/v1/players?limit=1001"), "query-invalid"),
        (get("/v1/players?limti=1"), "query-invalid"),
        (get("/v1/players/ada/ledger"), "query-invalid"),
        (get("/v1/players/ada/ledger?currency=GOLD"), "query-invalid"),
        (get("/v1/leaderboard?tournaments=,"), "query-invalid"),
        (get("/v1/tournaments/cup/plan?awards=1001"), "query-invalid"),
        (get("/v1/players?cursor=eyJ4Ijox"), "cursor-invalid"),
        (get("/v1/players/%ff"), "path-invalid"),
        (post("/v1/tournaments", ""), "body-invalid"),
        (post("/v1/tournaments", r#"{ "key": "x" }"#), "body-invalid"),
        (post("/v1/tournaments/cup/results", r#"{ "results": { "goals": [] } }"#), "body-invalid"),
        (unnamed("/v1/tournaments/cup/finalize"), "idempotency-key-missing"),
        (named("/v1/tournaments/cup/finalize", "two words"), "idempotency-key-invalid"),
    ];

    expect(&Client::new().await, 400, refused).await;
}

#[tokio::test]
async fn a_list_may_be_larger_than_the_rest() {
    let client = Client::new().await;
    let long = format!(r#"{{ "players": [] {} }}"#, " ".repeat(3 << 20));

    let (taken, _) = client.send(post("/v1/players", &long)).await;

    assert_eq!(taken.as_u16(), 200);
    expect(&client, 413, [(finalize("cup", &long), "body-too-large")]).await;
    let too_long = " ".repeat(17 << 20);
    expect(&client, 413, [(post("/v1/players", &too_long), "body-too-large")]).await;
}

#[tokio::test]
async fn a_cursor_is_of_one_list() {
    let client = Client::new().await;
    let (_, players) = client.send(get("/v1/players?limit=1")).await;
    let cursor = players["next"].as_str().expect("there are more");

    let elsewhere = format!("/v1/tournaments?cursor={cursor}");

    expect(&client, 400, [(get(&elsewhere), "cursor-invalid")]).await;
}

#[tokio::test]
async fn what_there_is_none_of_is_said_to_be_unknown() {
    let unknown = [
        (get("/v1/tournaments/nope/awards"), "tournament-unknown"),
        (get("/v1/tournaments/nope/policy"), "tournament-unknown"),
        (get("/v1/players/nobody"), "player-unknown"),
        (get("/v1/players/nobody/badges"), "player-unknown"),
        (get("/v1/players/nobody/ledger?currency=XP"), "player-unknown"),
        (get("/v1/players/nobody/charges"), "player-unknown"),
        (post("/v1/players/ada/charges/nothing/settle", ""), "charge-unknown"),
        (get("/v1/invariants"), "verification-unknown"),
    ];

    expect(&Client::new().await, 404, unknown).await;
}

#[tokio::test]
async fn what_breaks_rules_is_refused() {
    let big = json!({ "players": vec![json!({ "key": "k", "name": "n" }); 10_001] }).to_string();
    let twice = RESULTS.replace("grace", "ada");
    let stranger = RESULTS.replace("grace", "nobody");
    let percent = |it: &str| {
        format!(
            r#"{{ "assessments": [
                {{ "occasion": "camp", "assessor": "eva", "skill": "focus", "percentage": {it} }}
            ] }}"#
        )
    };
    let refused = [
        (post("/v1/tournaments/cup/results", &twice), "results-invalid"),
        (post("/v1/tournaments/cup/results", &stranger), "players-unregistered"),
        (post("/v1/players", &big), "too-many-at-once"),
        (post("/v1/players", r#"{ "players": [{ "key": "", "name": "n" }] }"#), "text-invalid"),
        (post("/v1/tournaments", r#"{ "key": "a\nb", "name": "n" }"#), "text-invalid"),
        (
            post("/v1/tournaments", r#"{ "key": "x", "name": "n", "policy": { "ties": 1 } }"#),
            "policy-invalid",
        ),
        (post("/v1/players/ada/assessments", &percent("100.1")), "assessments-invalid"),
        (post("/v1/players/ada/assessments", &percent("50.05")), "assessments-invalid"),
        (post("/v1/players/nobody/assessments", &percent("50")), "assessments-invalid"),
        (post("/v1/players/ada/charges", r#"{ "charge": "hat", "amount": 0 }"#), "amount-invalid"),
    ];

    expect(&Client::new().await, 422, refused).await;
}

#[tokio::test]
async fn whatever_is_wrong_is_pointed_at() {
    let client = Client::new().await;
    let policy = r#"{ "key": "x", "name": "n",
        "policy": { "version": 1, "ties": "none", "skills": { "focus": { "weight": 9 } } } }"#;
    let wrong = [
        (
            post("/v1/tournaments/cup/results", &RESULTS.replace("grace", "ada")),
            json!(["/results/placements/1"]),
        ),
        (
            post("/v1/tournaments/cup/results", &RESULTS.replace(": 3", ": 7")),
            json!(["/results/placements/2/placement"]),
        ),
        (
            post("/v1/tournaments/cup/results", &RESULTS.replace("grace", "nobody")),
            json!(["/results/placements/1/player"]),
        ),
        (post("/v1/tournaments", policy), json!(["/policy/ties", "/policy/skills/focus/weight"])),
        (post("/v1/players", r#"{ "players": [{ "key": 1 }] }"#), json!(["/players/0/key"])),
    ];

    for (request, pointers) in wrong {
        let asked = request.uri().clone();
        let (_, problem) = client.send(request).await;
        let errors = problem["errors"].as_array().unwrap();
        let mut found: Vec<_> = errors.iter().map(|it| it["pointer"].clone()).collect();
        found.sort_by_key(ToString::to_string);
        let mut pointers = pointers.as_array().unwrap().clone();
        pointers.sort_by_key(ToString::to_string);
        assert_eq!(found, pointers, "{asked}: {problem}");
    }
}

#[tokio::test]
async fn what_the_state_does_not_allow_is_a_conflict() {
    let client = Client::new().await;
    client.send(finalize("cup", "")).await;
    let other = RESULTS.replace(": 1", ": 9").replace(": 2", ": 1").replace(": 9", ": 2");
    let renamed = r#"{ "key": "cup", "name": "another" }"#;
    let conflicts = [
        (post("/v1/tournaments", renamed), "tournament-differs"),
        (post("/v1/tournaments/cup/results", &other), "results-frozen"),
        (get("/v1/tournaments/announced/plan"), "results-missing"),
        (post("/v1/tournaments/cup/corrections/preview", RESULTS), "nothing-to-correct"),
        (post("/v1/tournaments/announced/distribution", ""), "state-conflict"),
        (post("/v1/tournaments/cup/cancel", ""), "state-conflict"),
        (post("/v1/tournaments/cup/distribution", ""), "already-finalized"),
    ];

    expect(&client, 409, conflicts).await;
}

#[tokio::test]
async fn a_charge_that_cannot_be_is_a_conflict() {
    let client = Client::new().await;
    client.send(finalize("cup", "")).await;
    let charge = |amount: i64| format!(r#"{{ "charge": "hat", "amount": {amount} }}"#);
    client.send(post("/v1/players/ada/charges", &charge(10))).await;
    let refund = r#"{ "refund": "sorry", "amount": 11 }"#;
    let conflicts = [
        (post("/v1/players/edsger/charges", &charge(1_000)), "credits-insufficient"),
        (post("/v1/players/ada/charges", &charge(11)), "charge-differs"),
        (post("/v1/players/ada/charges/hat/release", ""), "charge-not-held"),
        (post("/v1/players/ada/charges/hat/refunds", refund), "charge-exceeded"),
    ];

    expect(&client, 409, conflicts).await;
    let (_, differs) = client.send(post("/v1/players/ada/charges", &charge(11))).await;
    assert_eq!(differs["existing"]["amount"], 10, "the problem holds what exists");
}

#[tokio::test]
async fn a_correction_says_what_was_seen() {
    let client = Client::new().await;
    client.send(finalize("cup", "")).await;
    let body = json!({ "players": ["ada"], "plan_hash": "0".repeat(64), "reason": "a bribe" });
    let blind = post("/v1/tournaments/cup/disqualifications", &body.to_string());
    let mut stale = post("/v1/tournaments/cup/disqualifications", &body.to_string());
    stale.headers_mut().insert("if-match", "\"another\"".parse().unwrap());

    expect(&client, 428, [(blind, "precondition-required")]).await;
    expect(&client, 412, [(stale, "precondition-failed")]).await;
}

async fn expect<const N: usize>(client: &Client, status: u16, refused: [(Request<Body>, &str); N]) {
    for (request, code) in refused {
        let asked = format!("{} {}", request.method(), request.uri());
        let (found, problem) = client.send(request).await;

        assert_eq!(
            (found.as_u16(), &problem["code"]),
            (status, &json!(code)),
            "{asked}: {problem}"
        );
        assert!(problem["title"].is_string() && problem["detail"] != Value::Null, "{problem}");
    }
}

fn unnamed(path: &str) -> Request<Body> {
    let mut request = post(path, "");
    request.headers_mut().remove("idempotency-key");
    request
}

fn named(path: &str, key: &str) -> Request<Body> {
    let mut request = post(path, "");
    request.headers_mut().insert("idempotency-key", key.parse().expect("it is a header"));
    request
}
