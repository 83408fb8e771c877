//! What an answer carries beside its body.

use axum::{
    body::Body,
    http::{Response, StatusCode, header},
};

use crate::client::{Client, finalize, get, post};

#[tokio::test]
async fn what_was_seen_is_not_sent_again() {
    let client = Client::new().await;

    for path in ["/v1/tournaments/cup", "/v1/tournaments/cup/plan", "/v1/tournaments/cup/policy"] {
        let first = client.raw(get(path)).await;
        let etag = first.headers()[header::ETAG].clone();
        let mut again = get(path);
        again.headers_mut().insert(header::IF_NONE_MATCH, etag.clone());
        let second = client.raw(again).await;

        assert_eq!(first.status(), StatusCode::OK, "{path}");
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(second.headers()[header::ETAG], etag, "{path}");
    }
}

#[tokio::test]
async fn a_tournament_that_has_changed_has_another_tag() {
    let client = Client::new().await;
    let before = tag(&client.raw(get("/v1/tournaments/cup")).await);

    client.send(finalize("cup", "")).await;

    assert_ne!(tag(&client.raw(get("/v1/tournaments/cup")).await), before);
}

#[tokio::test]
async fn the_plan_is_tagged_with_its_hash() {
    let client = Client::new().await;

    let answer = client.raw(get("/v1/tournaments/cup/plan")).await;

    assert_eq!(tag(&answer), format!("\"{}\"", client.plan_hash("cup").await));
}

#[tokio::test]
async fn a_list_links_to_its_next_page_until_there_is_none() {
    let client = Client::new().await;
    let (mut path, mut players) = ("/v1/players?limit=2".to_owned(), 0);

    loop {
        let (_, page) = client.send(get(&path)).await;
        players += page["items"].as_array().unwrap().len();
        let answer = client.raw(get(&path)).await;
        let Some(link) = answer.headers().get(header::LINK) else {
            assert!(page["next"].is_null());
            break;
        };
        let link = link.to_str().unwrap();
        let target = link.strip_prefix('<').and_then(|it| it.strip_suffix(">; rel=\"next\""));
        path = target.unwrap_or_else(|| panic!("{link}")).to_owned();
    }

    assert_eq!(players, 3);
}

#[tokio::test]
async fn whoever_announces_is_told_where_the_tournament_is() {
    let client = Client::new().await;

    let body = r#"{ "key": "autumn", "name": "Autumn cup" }"#;
    let answer = client.raw(post("/v1/tournaments", body)).await;

    assert_eq!(answer.status(), StatusCode::CREATED);
    let location = answer.headers()[header::LOCATION].to_str().unwrap().to_owned();
    assert_eq!(client.send(get(&location)).await.1["key"], "autumn");
}

#[tokio::test]
async fn no_answer_lets_a_browser_do_more_than_show_it() {
    let client = Client::new().await;

    for path in ["/v1/tournaments", "/v1/nothing", "/docs", "/openapi.json"] {
        let answer = client.raw(get(path)).await;
        let headers = answer.headers();

        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
        assert_eq!(headers[header::X_FRAME_OPTIONS], "DENY", "{path}");
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer", "{path}");
        assert!(headers.contains_key("x-request-id"), "{path}");
    }
}

#[tokio::test]
async fn whoever_can_unpack_gets_less_to_carry() {
    let client = Client::new().await;
    let mut request = get("/openapi.json");
    request.headers_mut().insert(header::ACCEPT_ENCODING, "gzip".parse().unwrap());

    let answer = client.raw(request).await;

    assert_eq!(answer.headers()[header::CONTENT_ENCODING], "gzip");
}

#[tokio::test]
async fn the_page_of_the_document_fetches_nothing_from_elsewhere() {
    let client = Client::new().await;

    let page = client.text(get("/docs")).await;
    let script = client.raw(get("/docs/scalar.js")).await;

    assert!(page.contains("\"openapi\":\"3.1"), "the document is in the page");
    let sources = page.split("src=\"").skip(1).map(|it| it.split('"').next().unwrap());
    assert_eq!(sources.collect::<Vec<_>>(), ["/docs/scalar.js"]);
    assert_eq!(script.headers()[header::CONTENT_TYPE], "text/javascript");
}

fn tag(answer: &Response<Body>) -> String {
    answer.headers()[header::ETAG].to_str().expect("it is text").to_owned()
}
