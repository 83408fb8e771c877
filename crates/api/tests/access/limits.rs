//! How often and how much at once.

use std::{num::NonZeroU32, time::Duration};

use api::{Access, Limits, RateLimit};
use app_service::Role;
use axum::http::Method;
use memory_adapter::MemoryStore;

use crate::door::{Door, READ, bearer};

#[tokio::test]
async fn whoever_asks_too_often_is_told_when_to_come_again() {
    let door = Door::of(&MemoryStore::new(), Access::keys(), hourly(2));
    let (mine, yours) =
        (bearer(&door.key(Role::Viewer).await), bearer(&door.key(Role::Viewer).await));

    let mut mine_told = vec![];
    for _ in 0..3 {
        mine_told.push(door.read_as(&mine).await);
    }
    let yours_told = door.read_as(&yours).await;

    let policy = r#""principal";q=2;w=3600"#;
    for (answer, left) in mine_told.iter().zip([1, 0, 0]) {
        assert_eq!(answer.header("ratelimit-policy"), policy);
        let standing = answer.header("ratelimit");
        assert!(standing.starts_with(&format!(r#""principal";r={left};t="#)), "{standing}");
    }
    let [first, second, over] = &mine_told[..] else { panic!("three answers") };
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (200, 200));
    assert_eq!(over.said(), (429, "rate-limited"));
    assert_eq!(over.body["retryable"], true);
    let wait: u64 = over.header("retry-after").parse().unwrap();
    assert!((1..=1_800).contains(&wait), "{wait}");
    assert_eq!(yours_told.status, 200, "everybody has a limit of their own");
}

/// Another secret of the same key is not another caller.
#[tokio::test]
async fn a_rotation_gives_nobody_another_limit() {
    let door = Door::of(&MemoryStore::new(), Access::keys(), hourly(1));
    let old = door.key(Role::Viewer).await;
    let day = Duration::from_hours(24);
    let new = door.guerdon.rotate_api_key(&old.key.prefix, day).await.unwrap();

    let first = door.read_as(&bearer(&old)).await;
    let second = door.read_as(&bearer(&new)).await;

    assert_eq!((first.status.as_u16(), second.said()), (200, (429, "rate-limited")));
}

#[tokio::test]
async fn whoever_is_not_let_in_is_not_counted() {
    let door = Door::of(&MemoryStore::new(), Access::keys(), hourly(1));

    for _ in 0..3 {
        let refused = door.read_as("Bearer nonsense").await;
        assert_eq!(refused.said(), (401, "token-invalid"));
        assert_eq!(refused.header("ratelimit"), "");
        assert_eq!(door.ask(Method::GET, "/readyz", &[]).await.status, 200);
    }
}

#[tokio::test]
async fn beyond_the_places_requests_are_sent_away_and_the_process_still_lives() {
    let limits = Limits { in_flight: 0, ..Limits::default() };
    let door = Door::of(&MemoryStore::new(), Access::keys(), limits);
    let key = bearer(&door.key(Role::Viewer).await);

    let refused = door.read_as(&key).await;
    let alive = door.ask(Method::GET, "/livez", &[]).await;

    assert_eq!(refused.said(), (503, "overloaded"));
    assert_eq!((refused.header("retry-after"), &refused.body["retryable"]), ("1", &true.into()));
    assert_eq!(alive.status, 200);
}

/// A place is given back.
#[tokio::test]
async fn one_place_is_enough_for_one_after_the_other() {
    let limits = Limits { in_flight: 1, ..Limits::default() };
    let door = Door::of(&MemoryStore::new(), Access::keys(), limits);
    let key = bearer(&door.key(Role::Viewer).await);

    for path in [READ, "/v1/nothing", READ] {
        assert_ne!(door.ask(Method::GET, path, &[&key]).await.status, 503);
    }
}

fn hourly(requests: u32) -> Limits {
    let requests = NonZeroU32::new(requests).expect("some");
    let rate = Some(RateLimit { requests, per: Duration::from_hours(1) });
    Limits { rate, ..Limits::default() }
}
