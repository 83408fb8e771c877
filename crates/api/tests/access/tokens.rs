//! Tokens, good ones and others: every way around a signature that has ever been found.

mod fetching;
mod forged;

use api::JwtAlgorithm;
use app_service::Role;
use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    door::{Door, bearer},
    issuer::{FAR, ISSUER, Issuer, access, claims},
    signers::Signer,
};

#[tokio::test]
async fn tokens_of_every_allowed_algorithm_are_taken() {
    for signer in [Signer::rsa("one"), Signer::p256("one"), Signer::ed25519("one")] {
        let issuer = Issuer::with(signer);
        let door = Door::with(issuer.access().await);

        let answer = door.read_as(&format!("Bearer {}", issuer.token())).await;

        assert_eq!(answer.status, 200, "{}: {}", issuer.signer.algorithm(), answer.body);
    }
}

#[tokio::test]
async fn keys_are_taken_beside_tokens() {
    let door = Door::with(Issuer::with(Signer::ed25519("one")).access().await);
    let key = door.key(Role::Viewer).await;

    assert_eq!(door.read_as(&bearer(&key)).await.status, 200);
}

#[tokio::test]
async fn a_token_may_do_what_its_role_may() {
    let issuer = Issuer::with(Signer::ed25519("one"));
    let door = Door::with(issuer.access().await);

    let mut statuses = vec![];
    for role in ["viewer", "admin"] {
        let token = format!("Bearer {}", issuer.signer.sign(&with("role", json!(role))));
        let answer = door.ask(Method::POST, "/v1/tournaments/x/finalize", &[&token]).await;
        statuses.push(answer.status.as_u16());
    }

    assert_eq!(statuses[0], 403);
    assert_ne!(statuses[1], 403);
}

#[tokio::test]
async fn a_token_without_a_role_may_do_nothing() {
    let issuer = Issuer::with(Signer::ed25519("one"));
    let door = Door::with(issuer.access().await);

    for role in [json!(null), json!("root"), json!(["x"]), json!(4), json!("Admin")] {
        let token = issuer.signer.sign(&with("role", role.clone()));
        let refused = door.read_as(&format!("Bearer {token}")).await;

        assert_eq!(refused.said(), (403, "role-missing"), "{role}");
    }
}

/// Each is signed as it should be, and says something that it must not.
#[tokio::test]
async fn what_a_good_signature_says_is_looked_at() {
    let issuer = Issuer::with(Signer::ed25519("one"));
    let door = Door::with(issuer.access().await);
    let refused = [
        ("exp", json!(1), "has expired"),
        ("exp", json!(null), "lacks"),
        ("exp", json!("tomorrow"), "lacks"),
        ("nbf", json!(FAR - 1), "not valid yet"),
        ("aud", json!("another"), "another audience"),
        ("aud", json!(["another"]), "another audience"),
        ("aud", json!([]), "another audience"),
        ("aud", json!(null), "lacks"),
        ("iss", json!("https://issuer.example/"), "another issuer"),
        ("iss", json!(null), "lacks"),
        ("iss", json!([ISSUER]), "lacks"),
        ("sub", json!(null), "lacks"),
        ("sub", json!(""), "lacks"),
        ("sub", json!("a\nb"), "lacks"),
        ("sub", json!("x".repeat(1_000)), "lacks"),
    ];

    for (claim, value, said) in refused {
        let token = issuer.signer.sign(&with(claim, value.clone()));
        let answer = door.read_as(&format!("Bearer {token}")).await;

        assert_eq!(answer.said(), (401, "token-invalid"), "{claim} {value}");
        let detail = answer.body["detail"].as_str().unwrap();
        assert!(detail.contains(said), "{claim} {value}: {detail}");
    }
    let several = with("aud", json!(["another", "guerdon"]));
    let answer = door.read_as(&format!("Bearer {}", issuer.signer.sign(&several))).await;
    assert_eq!(answer.status, 200, "one of several audiences is enough");
}

#[tokio::test]
async fn clocks_may_differ_by_the_leeway() {
    let issuer = Issuer::with(Signer::ed25519("one"));
    let mut settings = issuer.settings();
    settings.leeway = std::time::Duration::from_hours(24);
    let door = Door::with(access(settings).await);
    let now = app_service::SystemClock::shared().now().unix_timestamp();

    let just_over = issuer.signer.sign(&with("exp", json!(now - 3_600)));
    let not_quite_yet = issuer.signer.sign(&with("nbf", json!(now + 3_600)));

    for token in [just_over, not_quite_yet] {
        assert_eq!(door.read_as(&format!("Bearer {token}")).await.status, 200);
    }
}

#[tokio::test]
async fn only_algorithms_that_are_allowed_are_taken() {
    let issuer = Issuer::with(Signer::rsa("one"));
    let mut settings = issuer.settings();
    settings.algorithms = vec![JwtAlgorithm::Es256, JwtAlgorithm::EdDsa];
    let door = Door::with(access(settings).await);

    let refused = door.read_as(&format!("Bearer {}", issuer.token())).await;

    assert_eq!(refused.said(), (401, "token-invalid"));
    for name in ["HS256", "none", "None", "", "rs256"] {
        assert!(name.parse::<JwtAlgorithm>().is_err(), "{name}");
    }
}

/// Good claims with one of them changed; null takes it out.
fn with(claim: &str, value: Value) -> Value {
    let mut claims = claims();
    if value.is_null() {
        claims.as_object_mut().expect("claims").remove(claim);
    } else {
        claims[claim] = value;
    }
    claims
}
