//! Tokens of somebody who has no key of the issuer.

use axum::http::Method;
use ring::hmac;
use serde_json::{Value, json};

use crate::{
    door::{Door, READ},
    issuer::{Issuer, claims},
    signers::{Signer, base64url, decoded},
};

#[tokio::test]
async fn tokens_that_are_not_signed_are_refused() {
    let issuer = Issuer::with(Signer::rsa("one"));
    let payload = base64url(claims().to_string());

    for algorithm in ["none", "None", "NONE", "nOnE", "", "RS256"] {
        let header = header(&json!({ "alg": algorithm, "kid": "one", "typ": "JWT" }));
        refused(&issuer, &format!("{header}.{payload}.")).await;
        refused(&issuer, &format!("{header}.{payload}")).await;
    }
    refused(&issuer, &format!("{}.{payload}.", header(&json!({ "kid": "one" })))).await;
}

/// The public key is public: whoever takes it for a shared secret is let in by a library that takes
/// the algorithm from the token.
#[tokio::test]
async fn a_public_key_is_no_shared_secret() {
    let issuer = Issuer::with(Signer::rsa("one"));
    let public = issuer.signer.public();
    let modulus = public["n"].as_str().unwrap();
    let secrets = [
        public.to_string().into_bytes(),
        modulus.as_bytes().to_vec(),
        decoded(modulus),
        b"one".to_vec(),
        vec![],
    ];

    for secret in secrets {
        for algorithm in ["HS256", "RS256"] {
            let header = header(&json!({ "alg": algorithm, "kid": "one", "typ": "JWT" }));
            let message = format!("{header}.{}", base64url(claims().to_string()));
            let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
            let tag = hmac::sign(&key, message.as_bytes());
            refused(&issuer, &format!("{message}.{}", base64url(tag))).await;
        }
    }
}

/// Also where the set holds a secret by mistake: it is left out.
#[tokio::test]
async fn a_shared_secret_in_the_set_is_no_key() {
    let secret =
        json!({ "kty": "oct", "kid": "shared", "alg": "HS256", "k": base64url(b"secret") });
    let issuer = Issuer::with(Signer::ed25519("one")).beside(&[secret]);
    let header = header(&json!({ "alg": "HS256", "kid": "shared" }));
    let message = format!("{header}.{}", base64url(claims().to_string()));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, b"secret"), message.as_bytes());

    refused(&issuer, &format!("{message}.{}", base64url(tag))).await;
    taken(&issuer, &issuer.token()).await;
}

#[tokio::test]
async fn keys_of_others_sign_nothing_here() {
    let issuer = Issuer::with(Signer::p256("one"));
    let stranger = Signer::p256("one");

    refused(&issuer, &stranger.sign(&claims())).await;
    refused(&issuer, &Signer::other_rsa("one").sign(&claims())).await;
    refused(&issuer, &Signer::ed25519("one").sign(&claims())).await;
}

/// A token that brings its own key along, or says where it is.
#[tokio::test]
async fn a_key_that_a_token_brings_along_is_not_looked_at() {
    let issuer = Issuer::with(Signer::ed25519("one"));
    let stranger = Signer::ed25519("one");
    let brought = [
        ("jwk", stranger.public()),
        ("jku", json!("http://127.0.0.1:1/keys")),
        ("x5u", json!("http://127.0.0.1:1/chain")),
    ];

    for (field, value) in brought {
        let mut header = stranger.header();
        header[field] = value;
        refused(&issuer, &stranger.sign_with(&header, &claims())).await;
    }
}

#[tokio::test]
async fn a_token_names_a_key_that_is_there() {
    let issuer = Issuer::with(Signer::ed25519("one"));

    for kid in [None, Some(""), Some("two"), Some("../../etc/passwd"), Some("' OR 1=1 --")] {
        let header = json!({ "alg": "EdDSA", "kid": kid });
        refused(&issuer, &issuer.signer.sign_with(&header, &claims())).await;
    }
}

/// A key is for one algorithm, whatever a token says of it.
#[tokio::test]
async fn a_key_is_used_with_its_own_algorithm_only() {
    let other = Signer::ed25519("two");
    let issuer = Issuer::with(Signer::rsa("one")).beside(&[other.public()]);
    let named_wrong = [
        json!({ "alg": "EdDSA", "kid": "one" }),
        json!({ "alg": "RS256", "kid": "two" }),
        json!({ "alg": "ES256", "kid": "two" }),
    ];

    for header in named_wrong {
        refused(&issuer, &other.sign_with(&header, &claims())).await;
    }
    taken(&issuer, &other.sign(&claims())).await;
}

/// What must be understood and is not makes a token worthless: RFC 7515, 4.1.11.
#[tokio::test]
async fn a_token_with_a_critical_extension_is_refused() {
    let issuer = Issuer::with(Signer::ed25519("one"));
    let header = json!({ "alg": "EdDSA", "kid": "one", "crit": ["b64"], "b64": true });

    refused(&issuer, &issuer.signer.sign_with(&header, &claims())).await;
}

/// A set says what a key is for.
#[tokio::test]
async fn a_key_for_encrypting_verifies_nothing() {
    let other = Signer::ed25519("two");
    let mut key = other.public();
    key["use"] = json!("enc");
    let issuer = Issuer::with(Signer::ed25519("one")).beside(&[key, json!({ "kty": "??" })]);

    refused(&issuer, &other.sign(&claims())).await;
    taken(&issuer, &issuer.token()).await;
}

#[tokio::test]
async fn whatever_is_changed_in_a_token_makes_it_worthless() {
    let issuer = Issuer::with(Signer::p256("one"));
    let token = issuer.token();
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts[..] else { panic!("three parts") };
    let mut admin = claims();
    admin["role"] = json!("admin");
    let admin = base64url(admin.to_string());

    let changed = [
        format!("{header}.{admin}.{signature}"),
        format!("{header}.{payload}.{}", &signature[1..]),
        format!("{header}.{payload}.{}", "A".repeat(signature.len())),
        format!("{header}.{payload}."),
        format!("{header}..{signature}"),
        format!(".{payload}.{signature}"),
        format!("{token}.{signature}"),
        format!("{token}="),
        format!("{header}.{payload}"),
        "..".to_owned(),
        "...".to_owned(),
        "a.b.c".to_owned(),
        "%00.%00.%00".to_owned(),
        "{}.{}.{}".to_owned(),
        format!("{}.{payload}.{signature}", base64url(b"{")),
        format!("{}.{payload}.{signature}", base64url([0xff; 64])),
    ];

    for token in changed {
        refused(&issuer, &token).await;
    }
    taken(&issuer, &token).await;
}

async fn refused(issuer: &Issuer, token: &str) {
    let door = Door::with(issuer.access().await);
    let answer = door.ask(Method::GET, READ, &[&format!("Bearer {token}")]).await;
    assert_eq!(answer.said(), (401, "token-invalid"), "{token}");
}

async fn taken(issuer: &Issuer, token: &str) {
    let door = Door::with(issuer.access().await);
    let answer = door.ask(Method::GET, READ, &[&format!("Bearer {token}")]).await;
    assert_eq!(answer.status, 200, "{token}: {}", answer.body);
}

fn header(header: &Value) -> String {
    base64url(header.to_string())
}
