//! The HTTP interface as a client sees it, on a store in memory.

mod client;
mod headers;
mod metrics;
mod once;
mod refusals;
mod silent;

use app_service::domain::{PlayerId, TournamentId};
use axum::http::StatusCode;
use serde_json::json;

use self::client::{Client, finalize, get};

#[tokio::test]
async fn a_process_that_answers_is_alive_and_ready() {
    let client = Client::new().await;

    for path in ["/livez", "/readyz"] {
        let (status, body) = client.send(get(path)).await;

        assert_eq!((status, &body["status"]), (StatusCode::OK, &json!("ok")));
    }
}

#[tokio::test]
async fn the_first_finalize_pays_and_the_second_is_told_what_exists() {
    let client = Client::new().await;

    let (first, paid) = client.send(finalize("cup", "")).await;
    let (second, problem) = client.send(finalize("cup", "")).await;

    assert_eq!((first, &paid["outcome"]), (StatusCode::OK, &json!("distributed")));
    assert_eq!(paid["applied"], 3);
    assert_eq!(second, StatusCode::CONFLICT);
    assert_eq!(problem["code"], "already-finalized");
    assert_eq!(problem["existing"]["awards_applied"], 3);
    assert_eq!(problem["existing"]["xp_total"], paid["tournament"]["xp_total"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_eight_who_finalize_at_once_one_pays_and_seven_are_told() {
    let client = Client::new().await;

    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(finalize("cup", "")).await.0 })
        })
        .collect();
    let mut answers = vec![];
    for task in tasks {
        answers.push(task.await.unwrap());
    }

    let count = |status| answers.iter().filter(|it| **it == status).count();
    assert_eq!((count(StatusCode::OK), count(StatusCode::CONFLICT)), (1, 7), "{answers:?}");
}

#[tokio::test]
async fn tournaments_and_players_are_named_by_key_or_by_id() {
    let client = Client::new().await;
    client.send(finalize("cup", "")).await;
    let (cup, ada) = (TournamentId::of("cup").to_string(), PlayerId::of("ada").to_string());

    for tournament in ["cup", &cup] {
        let (status, summary) = client.send(get(&format!("/v1/tournaments/{tournament}"))).await;
        assert_eq!((status, &summary["key"]), (StatusCode::OK, &json!("cup")));

        for player in ["ada", &ada] {
            let path = format!("/v1/players/{player}/rewards/{tournament}");
            let (status, reward) = client.send(get(&path)).await;
            assert_eq!((status, &reward["award"]["player_key"]), (StatusCode::OK, &json!("ada")));
            assert_eq!(reward["award"]["xp_base"], 500);
        }
    }
}

#[tokio::test]
async fn only_the_plan_that_was_previewed_is_paid() {
    let client = Client::new().await;
    let other = format!(r#"{{ "expected_plan": "{}" }}"#, "0".repeat(64));
    let previewed = format!(r#"{{ "expected_plan": "{}" }}"#, client.plan_hash("cup").await);

    let (refused, problem) = client.send(finalize("cup", &other)).await;
    let (paid, _) = client.send(finalize("cup", &previewed)).await;

    assert_eq!((refused, &problem["code"]), (StatusCode::CONFLICT, &json!("plan-stale")));
    assert_eq!(paid, StatusCode::OK);
}

#[tokio::test]
async fn every_refusal_is_a_problem_with_its_code() {
    let client = Client::new().await;
    let big = "x".repeat(100 << 10);
    let refusals = [
        (get("/v1/tournaments/nope"), 404, "tournament-unknown"),
        (finalize("nope", ""), 404, "tournament-unknown"),
        (get("/v1/players/ada/rewards/nope"), 404, "tournament-unknown"),
        (get("/v1/players/nobody/rewards/cup"), 404, "award-unknown"),
        (finalize("announced", ""), 409, "results-missing"),
        (finalize("cancelled", ""), 409, "tournament-cancelled"),
        (finalize("cup", "{ nonsense"), 400, "body-invalid"),
        (finalize("cup", r#"{ "force": true }"#), 400, "body-invalid"),
        (finalize("cup", &big), 413, "body-too-large"),
        (get("/v1/nothing"), 404, "route-unknown"),
        (get("/v1/tournaments/cup/finalize"), 405, "method-not-allowed"),
    ];

    for (request, status, code) in refusals {
        let asked = format!("{} {}", request.method(), request.uri());
        let (found, problem) = client.send(request).await;

        assert_eq!((found.as_u16(), &problem["code"]), (status, &json!(code)), "{asked}");
        assert_eq!(problem["status"], status, "{asked}");
        assert_eq!(problem["type"], format!("urn:guerdon:problem:{code}"), "{asked}");
        assert_eq!(problem["retryable"], false, "{asked}");
        assert!(problem["trace_id"].is_string(), "{asked}");
    }
    assert_eq!(client.summary("cup").await["status"], "in_progress", "nothing was paid");
}

#[tokio::test]
async fn a_problem_names_the_request_as_the_caller_did() {
    let client = Client::new().await;
    let mut request = get("/v1/tournaments/nope");
    request.headers_mut().insert("x-request-id", "my-request".parse().unwrap());

    let (_, problem) = client.send(request).await;

    assert_eq!(problem["trace_id"], "my-request");
}

#[tokio::test]
async fn a_request_that_takes_too_long_may_be_sent_again() {
    let client = Client::without_patience().await;

    let (status, problem) = client.send(finalize("cup", "")).await;

    assert_eq!(status, StatusCode::GATEWAY_TIMEOUT);
    assert_eq!((&problem["code"], &problem["retryable"]), (&json!("timeout"), &json!(true)));
}

#[tokio::test]
async fn a_store_that_fails_is_a_problem_that_shows_nothing_of_it() {
    let failures = [
        (client::busy(), 503, "store-busy", true),
        (client::unusable(), 503, "store-unusable", true),
        (client::corrupt(), 500, "store-corrupt", false),
        (client::misused(), 500, "internal", false),
    ];

    for (failure, status, code, retryable) in failures {
        let client = Client::on(client::failing(failure));
        let (found, problem) = client.send(get("/readyz")).await;

        assert_eq!((found.as_u16(), &problem["code"]), (status, &json!(code)));
        assert_eq!(problem["retryable"], retryable);
        assert!(!problem.to_string().contains("secret"), "{problem}");
    }
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_writes_down_its_locks_and_stops() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let store = memory_adapter::MemoryStore::new();
    let guerdon = client::guerdon_on(&store).await;

    let stopped = api::serve(
        listener,
        api::Service::new(guerdon, api::Access::development()),
        api::Limits::default(),
        async {},
    )
    .await;

    assert!(stopped.is_ok(), "{stopped:?}");
    let logbook = app_service::Store::logbook(&store);
    let written = logbook.list_lock_observations(None, None, 10).await.unwrap();
    assert_eq!(written.len(), 1);
}
