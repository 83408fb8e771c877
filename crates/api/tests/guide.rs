//! Every example of `docs/api/guide.md` is run, in its order.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use api::{Access, Limits, Service, router};
use app_service::Guerdon;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request},
};
use memory_adapter::MemoryStore;
use serde_json::Value;
use tower::ServiceExt;

const GUIDE: &str = include_str!("../../../docs/api/guide.md");
const BODY_MAX: usize = 1 << 20;

/// What answers have given, by the name that stands for it.
type Given = BTreeMap<String, String>;

#[tokio::test]
async fn every_example_of_the_guide_does_what_it_says() {
    let guerdon = Guerdon::new(MemoryStore::new().shared());
    let service = Service::new(guerdon, Access::development());
    let router = router(service, Limits::default());
    let blocks: Vec<_> = blocks().collect();
    let mut given = Given::new();

    for example in blocks.chunks(2) {
        let [asked, expected] = example else { panic!("a request without an answer: {example:?}") };
        let (status, headers, body) = send(&router, &filled(asked, &given)).await;
        let (said, expected_headers, expected_body) = parts(expected);

        assert_eq!(status, said.split(' ').next().unwrap(), "{asked}\n{body}");
        for (name, value) in expected_headers {
            let found = Value::from(headers[name].to_str().unwrap());
            holds(&found, &Value::from(value), &mut given, asked);
        }
        let body = if body.is_empty() { Value::Null } else { serde_json::from_str(&body).unwrap() };
        holds(&body, &serde_json::from_str(expected_body).unwrap(), &mut given, asked);
    }

    assert!(blocks.len() > 20, "the guide has examples");
}

async fn send(router: &Router, asked: &str) -> (String, HeaderMap, String) {
    let (line, headers, body) = parts(asked);
    let (method, path) = line.split_once(' ').unwrap();
    let request = Request::builder().method(method).uri(path);
    let request = headers.iter().fold(request, |it, (name, value)| it.header(*name, *value));
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, BODY_MAX).await.unwrap();
    let status = parts.status.as_u16().to_string();
    (status, parts.headers, String::from_utf8(body.into()).unwrap())
}

/// The first line, the headers, and what follows the empty line.
fn parts(block: &str) -> (&str, Vec<(&str, &str)>, &str) {
    let (head, body) = block.split_once("\n\n").unwrap_or((block, ""));
    let mut lines = head.lines();
    let first = lines.next().unwrap();
    (first, lines.map(|it| it.split_once(": ").unwrap()).collect(), body.trim())
}

fn blocks() -> impl Iterator<Item = &'static str> {
    GUIDE.split("```http\n").skip(1).map(|it| it.split("\n```").next().unwrap())
}

fn filled(text: &str, given: &Given) -> String {
    given.iter().fold(text.to_owned(), |it, (name, value)| it.replace(name, value))
}

/// Whether `found` holds what is `expected`. What stands for a value keeps it the first time.
fn holds(found: &Value, expected: &Value, given: &mut Given, asked: &str) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            for (name, expected) in expected {
                let found = found.get(name);
                let found = found.unwrap_or_else(|| panic!("there is no {name}: {asked}"));
                holds(found, expected, given, asked);
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{asked}");
            found.iter().zip(expected).for_each(|it| holds(it.0, it.1, given, asked));
        }
        (Value::String(found), Value::String(expected)) if expected.ends_with('}') => {
            let (before, name) = expected.split_at(expected.find('{').unwrap());
            let value = found.strip_prefix(before).unwrap_or_else(|| panic!("{found}: {asked}"));
            let kept = given.entry(name.to_owned()).or_insert_with(|| value.to_owned());
            assert_eq!(kept, value, "{asked}");
        }
        _ => assert_eq!(found, expected, "{asked}"),
    }
}
