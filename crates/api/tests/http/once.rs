//! Requests that change something: sent again, at the same time, or left behind, each happens once.

use std::{sync::Arc, time::Duration};

use api::{Access, Limits, Service, router};
use app_service::{Clock, Guerdon, Store, SystemClock, Timestamp, domain::TournamentId};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderName, Request, StatusCode, header},
};
use memory_adapter::MemoryStore;
use ports::spi::Transaction;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::oneshot};
use tower::ServiceExt;

use crate::client::{Client, get, guerdon_on, post};

const FINALIZE: &str = "/v1/tournaments/cup/finalize";
const BODY_MAX: usize = 1 << 20;

/// So long that only somebody who waits for ever is still waiting.
const GIVE_UP: Duration = Duration::from_secs(20);

#[tokio::test]
async fn the_same_request_under_the_same_key_is_answered_the_same_byte_for_byte() {
    let scene = Scene::new().await;
    let body = r#"{ "players": [{ "key": "alan", "name": "Alan" }] }"#;
    let otherwise = r#"{"players":[{"name":"Alan","key":"alan"}]}"#;

    let first = scene.send(keyed("/v1/players", "a", body)).await;
    let again = scene.send(keyed("/v1/players", "a", body)).await;
    let spelled_otherwise = scene.send(keyed("/v1/players", "a", otherwise)).await;
    let another = scene.send(keyed("/v1/players", "b", body)).await;

    assert_eq!((first.status, first.replayed.as_deref()), (StatusCode::OK, None));
    for told in [again, spelled_otherwise] {
        assert_eq!((told.status, told.replayed.as_deref()), (first.status, Some("true")));
        assert_eq!(told.body, first.body);
    }
    assert_eq!((another.status, another.replayed), (StatusCode::OK, None));
    assert_ne!(another.body, first.body, "under another key the player is known already");
}

#[tokio::test]
async fn a_refusal_that_would_be_the_same_again_is_kept_with_what_exists() {
    let scene = Scene::new().await;
    scene.send(keyed(FINALIZE, "first", "")).await;

    let refused = scene.send(keyed(FINALIZE, "second", "")).await;
    let again = scene.send(keyed(FINALIZE, "second", "")).await;

    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.json()["existing"]["awards_applied"], 3);
    assert_eq!((again.status, again.replayed.as_deref()), (refused.status, Some("true")));
    assert_eq!(again.body, refused.body);
    assert_eq!(again.kind, "application/problem+json");
}

#[tokio::test]
async fn a_key_is_good_for_one_request() {
    let scene = Scene::new().await;
    scene.send(keyed(FINALIZE, "a", "")).await;

    let reused = scene.send(keyed(FINALIZE, "a", r#"{ "expected_plan": null }"#)).await;
    let elsewhere = scene.send(keyed("/v1/tournaments/cup/distribution", "a", "")).await;

    assert_eq!(reused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(reused.json()["code"], "idempotency-key-reused");
    assert_eq!(elsewhere.json()["code"], "already-finalized", "another route, another scope");
}

#[tokio::test]
async fn whoever_repeats_a_request_that_is_running_is_told_to_wait() {
    let scene = Scene::new().await;
    let held = scene.hold_up().await;
    let first = scene.spawn(keyed(FINALIZE, "a", ""));
    scene.waits().await;

    let second = scene.send(keyed(FINALIZE, "a", "")).await;
    drop(held);
    let first = first.await.expect("it ends");

    assert_eq!(second.status, StatusCode::CONFLICT);
    assert_eq!(second.json()["code"], "request-running");
    assert!(second.retry_after.is_some());
    assert_eq!((first.status, first.json()["applied"].clone()), (StatusCode::OK, json!(3)));
    let third = scene.send(keyed(FINALIZE, "a", "")).await;
    assert_eq!((third.status, third.body), (first.status, first.body));
}

#[tokio::test]
async fn whoever_goes_away_leaves_a_request_that_is_answered_all_the_same() {
    let scene = Scene::new().await;
    let held = scene.hold_up().await;
    let gone = scene.spawn(keyed(FINALIZE, "a", ""));
    scene.waits().await;
    gone.abort();
    assert!(gone.await.is_err(), "it was waiting");
    drop(held);

    let answer = scene.answered(FINALIZE, "a").await;

    assert_eq!((answer.status, answer.replayed.as_deref()), (StatusCode::OK, Some("true")));
    assert_eq!(answer.json()["applied"], 3);
}

#[tokio::test]
async fn what_may_come_out_otherwise_is_not_kept() {
    let client = Client::on(crate::client::deadlocking());
    for _ in 0..2 {
        let (status, problem) = client.send(keyed(FINALIZE, "a", "")).await;

        assert_eq!((status.as_u16(), &problem["code"]), (503, &json!("store-busy")));
    }
}

#[tokio::test]
async fn whoever_does_not_wait_looks_at_the_operation() {
    let scene = Scene::new().await;
    let held = scene.hold_up().await;

    let accepted = scene.send(unasked(FINALIZE, "a")).await;
    scene.waits().await;
    let again = scene.send(unasked(FINALIZE, "a")).await;
    let place = accepted.location.clone().expect("it says where");
    let running = scene.send(get(&place)).await.json();
    drop(held);
    let events = scene.events(&place, None).await;

    assert_eq!((accepted.status, again.status), (StatusCode::ACCEPTED, StatusCode::ACCEPTED));
    assert_eq!(again.location, accepted.location);
    assert_eq!((&running["state"], &running["claims"]), (&json!("running"), &json!(1)));
    assert_eq!(running["progress"], json!({ "applied": 0, "pending": 0, "failed": 0 }));
    assert!(events.contains("event: answer\n"), "{events}");
    let answered = scene.send(get(&place)).await.json();
    assert_eq!(answered["progress"], json!({ "applied": 3, "pending": 0, "failed": 0 }));
    assert_eq!(answered["answer"]["status"], 200);
    let told = scene.send(unasked(FINALIZE, "a")).await;
    assert_eq!((told.status, told.replayed.as_deref()), (StatusCode::OK, Some("true")));
    assert_eq!(answered["answer"]["body"], told.json());
}

#[tokio::test]
async fn whoever_comes_back_hears_only_of_what_has_changed() {
    let scene = Scene::new().await;
    let accepted = scene.send(unasked(FINALIZE, "a")).await;
    let place = accepted.location.expect("it says where");
    let whole = scene.events(&place, None).await;
    let last = whole.lines().filter_map(|it| it.strip_prefix("id: ")).next_back();

    let rest = scene.events(&place, last).await;

    assert!(whole.contains("event: answer\n"), "{whole}");
    assert_eq!(rest, "");
}

#[tokio::test]
async fn an_operation_that_nobody_knows_is_a_problem() {
    let scene = Scene::new().await;
    let nobodys = "/v1/operations/00000000-0000-0000-0000-000000000001";

    for path in [nobodys.to_owned(), format!("{nobodys}/events")] {
        let problem = scene.send(get(&path)).await;

        assert_eq!(problem.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(problem.json()["code"], "operation-unknown", "{path}");
    }
}

/// The process that began it is held up until somebody else has done it: it writes nothing then.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_operation_whose_process_has_gone_silent_is_taken_over_and_pays_once() {
    let scene = Scene::new().await;
    let silent = scene.beside(Arc::new(AnHourAgo(SystemClock::shared())));
    let held = scene.hold_up().await;
    let accepted = silent.send(unasked(FINALIZE, "a")).await;
    let place = accepted.location.expect("it says where");
    scene.waits().await;
    let (stop, stopped) = oneshot::channel::<()>();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
    let stopped = async { drop(stopped.await) };
    let limits = Limits::default();
    let server = tokio::spawn(api::serve(listener, scene.service.clone(), limits, stopped));
    scene.transactions_wait(2).await;
    drop(held);

    let events = scene.events(&place, None).await;

    assert!(events.contains("event: answer\n"), "{events}");
    let operation = scene.send(get(&place)).await.json();
    assert_eq!((&operation["claims"], &operation["answer"]["status"]), (&json!(2), &json!(200)));
    assert_eq!(operation["answer"]["body"]["applied"], 3);
    drop(stop);
    server.await.expect("it ends").expect("it was served");
}

/// A service in this process, and its store.
struct Scene {
    store: MemoryStore,
    service: Service,
    router: Router,
}

/// All of an answer.
#[derive(Debug)]
struct Told {
    status: StatusCode,
    replayed: Option<String>,
    retry_after: Option<String>,
    location: Option<String>,
    kind: String,
    body: String,
}

impl Scene {
    async fn new() -> Self {
        let store = MemoryStore::new();
        Self::of(store.clone(), guerdon_on(&store).await)
    }

    fn of(store: MemoryStore, guerdon: Guerdon) -> Self {
        let service = Service::new(guerdon, Access::development());
        Self { store, router: router(service.clone(), Limits::default()), service }
    }

    /// Another process on the same store.
    fn beside(&self, clock: Arc<dyn Clock>) -> Self {
        Self::of(self.store.clone(), Guerdon::new(self.store.shared()).with_clock(clock))
    }

    async fn send(&self, request: Request<Body>) -> Told {
        told(self.router.clone(), request).await
    }

    fn spawn(&self, request: Request<Body>) -> tokio::task::JoinHandle<Told> {
        tokio::spawn(told(self.router.clone(), request))
    }

    /// Somebody holds the tournament until this goes away.
    async fn hold_up(&self) -> Box<dyn Transaction> {
        let tx = self.store.begin().await.expect("it begins");
        let cup = TournamentId::of("cup");
        tx.select_tournament_for_update(cup).await.expect("it locks").expect("it is there");
        tx
    }

    /// Until somebody waits for the tournament.
    async fn waits(&self) {
        self.transactions_wait(1).await;
    }

    async fn transactions_wait(&self, count: usize) {
        let all_wait = async {
            while self.store.transactions_waiting() < count {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(GIVE_UP, all_wait).await.expect("nobody waits");
    }

    /// The answer to a request that is carried out by now or will be.
    async fn answered(&self, path: &str, key: &str) -> Told {
        let answered = async {
            loop {
                let told = self.send(keyed(path, key, "")).await;
                if told.retry_after.is_none() {
                    return told;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(GIVE_UP, answered).await.expect("it is never answered")
    }

    /// All events of an operation, until it is answered.
    async fn events(&self, place: &str, seen: Option<&str>) -> String {
        let mut request = get(&format!("{place}/events"));
        if let Some(seen) = seen {
            request.headers_mut().insert("last-event-id", seen.parse().expect("it is a header"));
        }
        let told = tokio::time::timeout(GIVE_UP, self.send(request)).await;
        let told = told.expect("the events never end");
        assert_eq!((told.status, told.kind.as_str()), (StatusCode::OK, "text/event-stream"));
        told.body
    }
}

impl Told {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("it is JSON")
    }
}

async fn told(router: Router, request: Request<Body>) -> Told {
    let response = router.oneshot(request).await.expect("the router answers");
    let (parts, body) = response.into_parts();
    let text = |name: HeaderName| {
        let value = parts.headers.get(name)?.to_str().expect("it is text");
        Some(value.to_owned())
    };
    let replayed = text(HeaderName::from_static("idempotency-replayed"));
    let (retry_after, location) = (text(header::RETRY_AFTER), text(header::LOCATION));
    let (status, kind) = (parts.status, text(header::CONTENT_TYPE).unwrap_or_default());
    let body = to_bytes(body, BODY_MAX).await.expect("the body ends");
    let body = String::from_utf8(body.into()).expect("the body is text");
    Told { status, replayed, retry_after, location, kind, body }
}

fn keyed(path: &str, key: &str, body: &str) -> Request<Body> {
    let mut request = post(path, body);
    request.headers_mut().insert("idempotency-key", key.parse().expect("it is a header"));
    request
}

fn unasked(path: &str, key: &str) -> Request<Body> {
    let mut request = keyed(path, key, "");
    request.headers_mut().insert("prefer", "respond-async".parse().expect("it is a header"));
    request
}

/// The clock of somebody whose leases have ended.
#[derive(Debug)]
struct AnHourAgo(Arc<dyn Clock>);

impl Clock for AnHourAgo {
    fn now(&self) -> Timestamp {
        self.0.now() - Duration::from_hours(1)
    }

    fn monotonic(&self) -> Duration {
        self.0.monotonic()
    }
}
