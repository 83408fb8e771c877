//! Keys at an address: fetched when they are needed, and no more often than that.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use api::{Access, JwksError, JwksSource, JwtVerifier};
use app_service::{Clock, Timestamp};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    door::Door,
    issuer::{claims, settings},
    signers::Signer,
};

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn keys_are_fetched_once_for_any_number_of_tokens() {
    let place = Place::with([Signer::ed25519("one")]).await;
    let token = place.signers[0].sign(&claims());
    let (door, _) = place.door().await;

    for _ in 0..5 {
        assert_eq!(door.read_as(&format!("Bearer {token}")).await.status, 200);
    }

    assert_eq!(place.asked(), 1);
}

#[tokio::test]
async fn names_that_nobody_knows_make_us_ask_once_a_minute_at_most() {
    let place = Place::with([Signer::ed25519("one")]).await;
    let (door, clock) = place.door().await;
    let mut asked = vec![];

    for _ in 0..3 {
        for number in 0..10 {
            let token = Signer::ed25519(&format!("unknown {number}")).sign(&claims());
            let refused = door.read_as(&format!("Bearer {token}")).await;
            assert_eq!(refused.said(), (401, "token-invalid"));
        }
        asked.push(place.asked());
        clock.advance(MINUTE);
    }

    assert_eq!(asked, [1, 2, 3]);
}

#[tokio::test]
async fn a_new_key_is_taken_as_soon_as_it_may_be_asked_for() {
    let place = Place::with([Signer::ed25519("one"), Signer::ed25519("two")]).await;
    let token = format!("Bearer {}", place.signers[1].sign(&claims()));
    place.shows(&[0]);
    let (door, clock) = place.door().await;

    place.shows(&[0, 1]);
    let at_once = door.read_as(&token).await;
    clock.advance(MINUTE);
    let after_a_minute = door.read_as(&token).await;

    assert_eq!((at_once.status.as_u16(), after_a_minute.status.as_u16()), (401, 200));
}

#[tokio::test]
async fn a_key_that_is_withdrawn_is_not_taken_for_longer_than_a_quarter_of_an_hour() {
    let place = Place::with([Signer::ed25519("one"), Signer::ed25519("two")]).await;
    let token = format!("Bearer {}", place.signers[1].sign(&claims()));
    let (door, clock) = place.door().await;

    place.shows(&[0]);
    clock.advance(14 * MINUTE);
    let before = door.read_as(&token).await;
    clock.advance(MINUTE);
    let after = door.read_as(&token).await;

    assert_eq!((before.status.as_u16(), after.status.as_u16()), (200, 401));
}

/// An issuer that is down for a while keeps nobody out, and not for ever either.
#[tokio::test]
async fn keys_outlive_an_issuer_that_does_not_answer_for_a_day() {
    let place = Place::with([Signer::ed25519("one")]).await;
    let token = format!("Bearer {}", place.signers[0].sign(&claims()));
    let (door, clock) = place.door().await;

    place.fails();
    clock.advance(Duration::from_hours(23));
    let within = door.read_as(&token).await;
    clock.advance(Duration::from_hours(1));
    let beyond = door.read_as(&token).await;

    assert_eq!((within.status.as_u16(), beyond.status.as_u16()), (200, 401));
}

#[tokio::test]
async fn an_issuer_that_is_down_at_the_start_is_asked_later() {
    let place = Place::with([Signer::ed25519("one")]).await;
    let token = format!("Bearer {}", place.signers[0].sign(&claims()));
    place.fails();
    let (door, clock) = place.door().await;
    let before = door.read_as(&token).await;

    place.shows(&[0]);
    clock.advance(MINUTE);
    let after = door.read_as(&token).await;

    assert_eq!((before.status.as_u16(), after.status.as_u16()), (401, 200));
}

/// Whoever can send us elsewhere could send us to keys of their own.
#[tokio::test]
async fn a_redirection_is_not_followed() {
    let elsewhere = Place::with([Signer::ed25519("one")]).await;
    let token = format!("Bearer {}", elsewhere.signers[0].sign(&claims()));
    let place = Place::with([Signer::ed25519("two")]).await;
    place.sends_to(&elsewhere.url);

    let (door, _) = place.door().await;

    assert_eq!(door.read_as(&token).await.said(), (401, "token-invalid"));
    assert_eq!(elsewhere.asked(), 0);
}

#[tokio::test]
async fn a_set_that_is_far_too_large_is_not_read() {
    let place = Place::with([Signer::ed25519("one")]).await;
    let token = format!("Bearer {}", place.signers[0].sign(&claims()));
    let padding = "x".repeat(2 << 20);
    let key = place.signers[0].public();
    place.answers(StatusCode::OK, &json!({ "keys": [key], "padding": padding }));

    let (door, _) = place.door().await;

    assert_eq!(door.read_as(&token).await.said(), (401, "token-invalid"));
}

#[tokio::test]
async fn keys_are_not_fetched_where_anybody_could_change_them_on_the_way() {
    for url in ["http://issuer.example/keys", "http://127.0.0.1.example/keys", "http://"] {
        let source = url.parse::<JwksSource>().unwrap();

        let refused = JwtVerifier::open(settings(source), Arc::new(MovedClock::default())).await;

        assert!(matches!(refused, Err(JwksError::Address)), "{url}: {refused:?}");
    }
}

#[tokio::test]
async fn a_file_without_keys_is_refused_at_the_start() {
    let directory = tempfile::tempdir().unwrap();
    for (name, text) in [("none", None), ("broken", Some("{")), ("empty", Some(r#"{"keys":[]}"#))] {
        let path = directory.path().join(name);
        if let Some(text) = text {
            std::fs::write(&path, text).unwrap();
        }
        let source = JwksSource::File(path);

        let refused = JwtVerifier::open(settings(source), Arc::new(MovedClock::default())).await;

        assert!(refused.is_err(), "{name}");
    }
}

/// A place where keys are, on this machine.
struct Place {
    url: String,
    signers: Vec<Signer>,
    shown: Arc<Mutex<Shown>>,
}

struct Shown {
    asked: u32,
    status: StatusCode,
    location: Option<String>,
    body: String,
}

impl Place {
    /// Shows the public keys of all of these.
    async fn with<const N: usize>(signers: [Signer; N]) -> Self {
        let body = String::new();
        let shown = Shown { asked: 0, status: StatusCode::OK, location: None, body };
        let shown = Arc::new(Mutex::new(shown));
        let router = Router::new().route("/keys", get(show)).with_state(Arc::clone(&shown));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/keys", listener.local_addr().expect("it is bound"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let place = Self { url, signers: signers.into(), shown };
        place.shows(&(0..N).collect::<Vec<_>>());
        place
    }

    fn shows(&self, which: &[usize]) {
        let keys: Vec<_> = which.iter().map(|it| self.signers[*it].public()).collect();
        self.answers(StatusCode::OK, &json!({ "keys": keys }));
    }

    fn fails(&self) {
        self.answers(StatusCode::INTERNAL_SERVER_ERROR, &json!(null));
    }

    fn sends_to(&self, url: &str) {
        self.answers(StatusCode::TEMPORARY_REDIRECT, &json!(null));
        self.open().location = Some(url.to_owned());
    }

    fn answers(&self, status: StatusCode, body: &Value) {
        let mut shown = self.open();
        (shown.status, shown.body) = (status, body.to_string());
    }

    fn asked(&self) -> u32 {
        self.open().asked
    }

    fn open(&self) -> std::sync::MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A service that takes the tokens of these keys, and its clock.
    async fn door(&self) -> (Door, Arc<MovedClock>) {
        let clock = Arc::new(MovedClock::default());
        let source = JwksSource::Url(self.url.clone());
        let verifier =
            JwtVerifier::open(settings(source), clock.clone()).await.expect("an address");
        (Door::with(Access::keys_and_tokens(verifier)), clock)
    }
}

async fn show(State(shown): State<Arc<Mutex<Shown>>>) -> impl IntoResponse {
    let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
    shown.asked += 1;
    let location = shown.location.iter().filter_map(|it| it.parse().ok());
    let headers: HeaderMap = location.map(|it| (header::LOCATION, it)).collect();
    (shown.status, headers, shown.body.clone())
}

/// A clock that stands until somebody moves it.
#[derive(Debug, Default)]
struct MovedClock(Mutex<Duration>);

impl MovedClock {
    fn advance(&self, by: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH + self.monotonic()
    }

    fn monotonic(&self) -> Duration {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
