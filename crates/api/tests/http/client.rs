//! A client of a router over three players and three tournaments, and stores that fail.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use api::{Access, Limits, Service, router};
use app_service::{
    Actor, Guerdon, Settings, Store, StoreError, SubmitOptions,
    domain::{
        Finish, NewPlayer, NewTournament, Placement, RankedEntry, RankedList, Results, TournamentId,
    },
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request, Response, StatusCode, header},
};
use memory_adapter::MemoryStore;
use ports::{
    RetryPolicy, TransientCause,
    spi::{Logbook, MockLogbook, MockStore},
};
use serde_json::Value;
use tower::ServiceExt;

const BODY_MAX: usize = 1 << 20;

/// Whoever asks.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    router: Router,
    guerdon: Guerdon,
}

impl Client {
    /// In front of [`guerdon`].
    pub(crate) async fn new() -> Self {
        let guerdon = guerdon().await;
        Self {
            router: router(Service::new(guerdon.clone(), Access::development()), Limits::default()),
            guerdon,
        }
    }

    /// The same, and no request may take any time.
    pub(crate) async fn without_patience() -> Self {
        let limits = Limits { timeout: Duration::ZERO, ..Limits::default() };
        let guerdon = guerdon().await;
        Self {
            router: router(Service::new(guerdon.clone(), Access::development()), limits),
            guerdon,
        }
    }

    /// In front of another store, whose errors are not retried.
    pub(crate) fn on(store: impl Store) -> Self {
        Self::trying(store, RetryPolicy::NEVER)
    }

    /// In front of another store.
    pub(crate) fn trying(store: impl Store, retries: RetryPolicy) -> Self {
        let settings = Settings { retries, ..Settings::default() };
        let guerdon = Guerdon::new(Arc::new(store)).with_settings(settings);
        Self {
            router: router(Service::new(guerdon.clone(), Access::development()), Limits::default()),
            guerdon,
        }
    }

    /// Sends a request; answers all of the answer.
    pub(crate) async fn raw(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("the router answers")
    }

    /// Sends a request; answers the body as text.
    pub(crate) async fn text(&self, request: Request<Body>) -> String {
        let body = to_bytes(self.raw(request).await.into_body(), BODY_MAX).await;
        String::from_utf8(body.expect("the body ends").into()).expect("the body is text")
    }

    /// Sends a request; answers the status and the body, which must be JSON and say so.
    pub(crate) async fn send(&self, request: Request<Body>) -> (StatusCode, Value) {
        let response = self.raw(request).await;
        let status = response.status();
        let wanted =
            if status.is_success() { "application/json" } else { "application/problem+json" };
        assert_eq!(response.headers()[header::CONTENT_TYPE], wanted);
        let body = to_bytes(response.into_body(), BODY_MAX).await.expect("the body ends");
        (status, serde_json::from_slice(&body).expect("the body is JSON"))
    }

    /// Asks for the metrics; answers their media type and their text.
    pub(crate) async fn scrape(&self) -> (String, String) {
        let response = self.raw(get("/metrics")).await;
        assert_eq!(response.status(), StatusCode::OK);
        let media_type = response.headers()[header::CONTENT_TYPE].to_str().expect("it is text");
        let media_type = media_type.to_owned();
        let body = to_bytes(response.into_body(), BODY_MAX).await.expect("the body ends");
        (media_type, String::from_utf8(body.into()).expect("the body is text"))
    }

    /// The use cases behind the router.
    pub(crate) fn guerdon(&self) -> &Guerdon {
        &self.guerdon
    }

    pub(crate) async fn plan_hash(&self, key: &str) -> String {
        let preview = self.guerdon.preview(TournamentId::of(key), 0).await;
        preview.expect("it has a plan").plan_hash.to_string()
    }

    pub(crate) async fn summary(&self, key: &str) -> Value {
        self.send(get(&format!("/v1/tournaments/{key}"))).await.1
    }
}

/// Three players; `cup` with results, `announced` without, `cancelled`.
pub(crate) async fn guerdon() -> Guerdon {
    guerdon_on(&MemoryStore::new()).await
}

/// The same, in this store.
pub(crate) async fn guerdon_on(store: &MemoryStore) -> Guerdon {
    let guerdon = Guerdon::new(store.shared());
    let players = ["ada", "grace", "edsger"].map(|key| NewPlayer::new(key, key));
    guerdon.register_players(&players).await.expect("players register");
    for key in ["cup", "announced", "cancelled"] {
        guerdon.create_tournament(NewTournament::new(key, key)).await.expect("it is announced");
    }
    let actor = Actor::new("test");
    guerdon.cancel(TournamentId::of("cancelled"), &actor).await.expect("it is cancelled");
    let finish = |rank| Finish::Marked(Placement::new(rank).expect("ranks start at 1"));
    let entry = |(rank, player): (u32, &NewPlayer)| RankedEntry::new(player.id, finish(rank));
    let entries = (1..).zip(&players).map(entry).collect();
    let results = Results::Ranked(RankedList::Placements(entries));
    let cup = TournamentId::of("cup");
    let submitted = guerdon.submit_results(cup, &results, SubmitOptions::default(), &actor).await;
    submitted.expect("the results are taken in");
    guerdon
}

pub(crate) fn get(path: &str) -> Request<Body> {
    Request::builder().uri(path).body(Body::empty()).expect("it is a request")
}

pub(crate) fn finalize(tournament: &str, body: &str) -> Request<Body> {
    post(&format!("/v1/tournaments/{tournament}/finalize"), body)
}

/// A request that changes something, under a key of its own.
pub(crate) fn post(path: &str, body: &str) -> Request<Body> {
    static REQUESTS: AtomicU64 = AtomicU64::new(0);
    let key = format!("request-{}", REQUESTS.fetch_add(1, Ordering::Relaxed));
    Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("Idempotency-Key", key)
        .body(Body::from(body.to_owned()))
        .expect("it is a request")
}

/// A store that fails once, the first time that it is read.
pub(crate) fn failing(error: StoreError) -> MockStore {
    let mut store = MockStore::new();
    store.expect_list_tournaments().return_once(|_, _| Err(error));
    store
}

/// A store where every transaction is the victim of a deadlock.
pub(crate) fn deadlocking() -> MockStore {
    let mut store = MockStore::new();
    store.expect_begin().returning(|| Err(busy()));
    let requests = MemoryStore::new().requests();
    store.expect_requests().returning(move || Arc::clone(&requests));
    store.expect_logbook().returning(|| MemoryStore::new().logbook());
    store
}

/// A store whose logbook cannot be read.
pub(crate) fn without_logbook() -> MockStore {
    with_logbook(|| {
        let mut logbook = MockLogbook::new();
        logbook.expect_list_runs().returning(|_| Err(unusable()));
        Arc::new(logbook)
    })
}

pub(crate) fn with_logbook(logbook: fn() -> Arc<dyn Logbook>) -> MockStore {
    let mut store = MockStore::new();
    store.expect_logbook().returning(logbook);
    store
}

pub(crate) fn busy() -> StoreError {
    let cause = TransientCause::Deadlock;
    StoreError::Transient { cause, during: "a test", source: "secret".into() }
}

pub(crate) fn unusable() -> StoreError {
    StoreError::Unusable { during: "a test", source: "secret".into() }
}

pub(crate) fn corrupt() -> StoreError {
    StoreError::Corrupt { table: "players", rule: "secret".into(), source: None }
}

pub(crate) fn misused() -> StoreError {
    StoreError::Invalid { rule: "secret" }
}
