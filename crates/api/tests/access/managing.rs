//! Keys that are looked after over HTTP, by those who may.

use api::Access;
use app_service::Role;
use axum::http::Method;
use serde_json::json;

use crate::door::{Door, READ, bearer};

#[tokio::test]
async fn an_admin_gives_out_replaces_and_takes_back_a_key() {
    let door = Door::with(Access::keys());
    let admin = bearer(&door.key(Role::Admin).await);

    let new = json!({ "name": "importer", "role": "viewer", "expires_at": null });
    let created = door.send(Method::POST, "/v1/api-keys", &admin, "one", &new).await;
    let prefix = created.body["prefix"].as_str().unwrap().to_owned();
    let path = format!("/v1/api-keys/{prefix}");
    let first = format!("Bearer {}", created.body["secret"].as_str().unwrap());
    let with_first = door.read_as(&first).await;
    let rotation = format!("{path}/rotation");
    let no_grace = json!({ "grace_seconds": 0 });
    let rotated = door.send(Method::POST, &rotation, &admin, "two", &no_grace).await;
    let second = format!("Bearer {}", rotated.body["secret"].as_str().unwrap());
    let after_rotation = [door.read_as(&first).await, door.read_as(&second).await];
    let revoked = door.ask(Method::DELETE, &path, &[&admin]).await;
    let after_revocation = door.read_as(&second).await;

    assert_eq!((created.status.as_u16(), created.header("cache-control")), (201, "no-store"));
    assert_eq!(with_first.status, 200);
    assert_eq!((rotated.status.as_u16(), rotated.header("cache-control")), (200, "no-store"));
    assert_eq!(after_rotation.map(|it| it.status.as_u16()), [401, 200]);
    assert_eq!((revoked.status.as_u16(), &revoked.body["state"]), (200, &json!("revoked")));
    assert_eq!(after_revocation.said(), (401, "token-invalid"));
}

#[tokio::test]
async fn a_list_of_keys_shows_no_secret() {
    let door = Door::with(Access::keys());
    let admin = door.key(Role::Admin).await;

    let listed = door.ask(Method::GET, "/v1/api-keys", &[&bearer(&admin)]).await;

    let key = &listed.body["items"][0];
    assert_eq!((&key["prefix"], &key["role"]), (&json!(admin.key.prefix), &json!("admin")));
    assert!(key["last_used_at"].is_string(), "{key}");
    let whole = admin.secret.reveal();
    assert!(!listed.body.to_string().contains(whole.rsplit_once('_').unwrap().1));
}

#[tokio::test]
async fn a_key_that_is_not_there_or_does_not_count_any_more_is_said_so() {
    let door = Door::with(Access::keys());
    let admin = bearer(&door.key(Role::Admin).await);
    let gone = door.key(Role::Viewer).await.key.prefix;
    door.guerdon.revoke_api_key(&gone).await.unwrap();

    let unknown = door.ask(Method::DELETE, "/v1/api-keys/AAAAAAAA", &[&admin]).await;
    let path = format!("/v1/api-keys/{gone}/rotation");
    let changed = door.send(Method::POST, &path, &admin, "one", &json!({})).await;

    assert_eq!(unknown.said(), (404, "api-key-unknown"));
    assert_eq!(changed.said(), (409, "api-key-changed"));
}

#[tokio::test]
async fn what_cannot_be_a_key_is_not_made() {
    let door = Door::with(Access::keys());
    let admin = bearer(&door.key(Role::Admin).await);
    let path = format!("/v1/api-keys/{}/rotation", door.key(Role::Viewer).await.key.prefix);
    let refused = [
        ("/v1/api-keys", json!({ "name": "x", "role": "root" }), (400, "body-invalid")),
        ("/v1/api-keys", json!({ "name": "a\nb", "role": "viewer" }), (422, "text-invalid")),
        (&path, json!({ "grace_seconds": 2_592_001 }), (400, "body-invalid")),
        (&path, json!({ "grace_seconds": -1 }), (400, "body-invalid")),
    ];

    for (number, (path, body, said)) in refused.into_iter().enumerate() {
        let key = format!("refused-{number}");
        let answer = door.send(Method::POST, path, &admin, &key, &body).await;

        assert_eq!(answer.said(), said, "{body}");
    }
    assert_eq!(door.guerdon.api_keys(None, 10).await.unwrap().len(), 2);
    assert_eq!(door.read_as(&admin).await.status, 200, "{READ}");
}
