//! API keys, good ones and others.

use api::{Access, Limits};
use app_service::Role;
use axum::http::Method;
use memory_adapter::MemoryStore;
use ports::{
    StoreError, TransientCause,
    spi::{MockApiKeys, MockStore},
};
use std::{sync::Arc, time::Duration};

use crate::door::{Door, READ, bearer};

#[tokio::test]
async fn whoever_has_a_key_is_let_in() {
    let door = Door::with(Access::keys());
    let key = door.key(Role::Viewer).await;

    for authorization in [bearer(&key), bearer(&key).replace("Bearer", "bearer")] {
        assert_eq!(door.read_as(&authorization).await.status, 200);
    }
}

#[tokio::test]
async fn whoever_says_nothing_is_told_how_to() {
    let door = Door::with(Access::keys());

    for authorization in [&[][..], &["Basic YTpi"]] {
        let refused = door.ask(Method::GET, READ, authorization).await;

        assert_eq!(refused.said(), (401, "authentication-required"));
        assert_eq!(refused.header("www-authenticate"), r#"Bearer realm="guerdon""#);
    }
}

#[tokio::test]
async fn what_is_no_key_lets_nobody_in() {
    let door = Door::with(Access::keys());
    let key = bearer(&door.key(Role::Admin).await);
    let last = if key.ends_with('0') { '1' } else { '0' };
    let bad = [
        format!("{}{last}", &key[..key.len() - 1]),
        format!("{key}0"),
        key[..key.len() - 1].to_owned(),
        key.to_uppercase().replace("BEARER GRD_", "Bearer grd_"),
        key.replace("grd_", "grd__"),
        "Bearer grd_".to_owned(),
        format!("Bearer grd_AAAAAAAA_{}", "A".repeat(43)),
        "Bearer grd_' OR 1=1 --_x".to_owned(),
        format!("Bearer {}", "x".repeat(100_000)),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        "Bearer eyJhbGciOiJub25lIn0.e30.".to_owned(),
    ];

    for authorization in bad {
        let refused = door.read_as(&authorization).await;

        assert_eq!(refused.said(), (401, "token-invalid"), "{authorization:.200}");
        let challenge = refused.header("www-authenticate");
        assert!(challenge.contains(r#"error="invalid_token""#), "{challenge}");
        assert_eq!(refused.body["retryable"], false);
    }
}

/// Which of them counts would depend on who reads them.
#[tokio::test]
async fn two_keys_at_once_are_none() {
    let door = Door::with(Access::keys());
    let key = bearer(&door.key(Role::Admin).await);

    let refused = door.ask(Method::GET, READ, &[&key, &key]).await;

    assert_eq!(refused.said(), (401, "token-invalid"));
}

/// A key in a query would be in every log on the way.
#[tokio::test]
async fn a_key_elsewhere_is_not_looked_at() {
    let door = Door::with(Access::keys());
    let key = door.key(Role::Admin).await.secret.reveal();

    for parameter in ["access_token", "api_key", "authorization"] {
        let path = format!("{READ}?{parameter}={key}");
        let refused = door.ask(Method::GET, &path, &[]).await;

        assert_eq!(refused.said(), (401, "authentication-required"));
    }
}

#[tokio::test]
async fn a_key_that_is_taken_back_is_refused_from_the_next_request_on() {
    let door = Door::with(Access::keys());
    let key = door.key(Role::Admin).await;
    let before = door.read_as(&bearer(&key)).await;

    door.guerdon.revoke_api_key(&key.key.prefix).await.unwrap();

    assert_eq!(before.status, 200);
    assert_eq!(door.read_as(&bearer(&key)).await.said(), (401, "token-invalid"));
}

#[tokio::test]
async fn during_the_grace_of_a_rotation_both_secrets_are_let_in() {
    let door = Door::with(Access::keys());
    let old = door.key(Role::Viewer).await;

    let day = Duration::from_hours(24);
    let new = door.guerdon.rotate_api_key(&old.key.prefix, day).await.unwrap();

    for key in [&old, &new] {
        assert_eq!(door.read_as(&bearer(key)).await.status, 200);
    }
    door.guerdon.rotate_api_key(&old.key.prefix, Duration::ZERO).await.unwrap();
    for key in [&old, &new] {
        assert_eq!(door.read_as(&bearer(key)).await.said(), (401, "token-invalid"));
    }
}

/// A database that is gone has not said that the key is wrong, and lets nobody in either.
#[tokio::test]
async fn while_keys_cannot_be_looked_up_everybody_is_asked_to_come_again() {
    let issued = Door::with(Access::keys()).key(Role::Admin).await;
    let failures: [(fn() -> StoreError, _); 2] = [
        (|| StoreError::Unusable { during: "a test", source: "secret".into() }, "store-unusable"),
        (
            || StoreError::Transient {
                cause: TransientCause::PoolExhausted,
                during: "a test",
                source: "secret".into(),
            },
            "overloaded",
        ),
    ];

    for (failure, code) in failures {
        let mut store = MockStore::new();
        store.expect_api_keys().returning(move || {
            let mut keys = MockApiKeys::new();
            keys.expect_find().returning(move |_| Err(failure()));
            Arc::new(keys)
        });
        let refused =
            Door::on(store, Access::keys(), Limits::default()).read_as(&bearer(&issued)).await;

        assert_eq!(refused.said(), (503, code));
        assert!(!refused.header("retry-after").is_empty());
        assert!(!refused.body.to_string().contains("secret"), "{}", refused.body);
    }
}

#[tokio::test]
async fn in_development_everybody_is_everything() {
    let door = Door::of(&MemoryStore::new(), Access::development(), Limits::default());

    for authorization in [&[][..], &["Bearer nonsense"]] {
        assert_eq!(door.ask(Method::GET, READ, authorization).await.status, 200);
    }
}
