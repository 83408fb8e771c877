//! The client and the document say the same.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use client::{OPERATIONS, Operation};
use serde_json::Value;

#[test]
fn every_operation_of_the_document_has_a_method_and_no_method_has_none() {
    let documented: Vec<_> = documented().into_keys().collect();
    let mut known: Vec<_> = OPERATIONS.iter().map(|it| it.id.to_owned()).collect();
    known.sort();

    assert_eq!(known, documented);
}

#[test]
fn every_method_asks_as_the_document_says() {
    let documented = documented();

    for known in OPERATIONS {
        let Operation { id, method, path, names, takes, body, answer } = known;
        let operation = &documented[*id];
        assert_eq!((*method, *path), (operation.method.as_str(), operation.path.as_str()), "{id}");
        assert_eq!(operation.parameters("path"), *names, "{id}");
        let takes_query = !operation.parameters("query").is_empty();
        let header = |name| operation.parameters("header").contains(&name);
        for (what, documented) in [
            ("query", takes_query),
            ("once", header("Idempotency-Key")),
            ("if_match", header("If-Match")),
        ] {
            assert_eq!(takes.contains(&what), documented, "{id}: {what}");
        }
        assert_eq!(body.map(str::to_owned), operation.body(), "{id}");
        assert_eq!(schema_name(answer), operation.answer(), "{id}");
    }
}

struct Documented {
    method: String,
    path: String,
    operation: Value,
}

fn documented() -> BTreeMap<String, Documented> {
    let document = include_str!("../../../docs/openapi.json");
    let document: Value = serde_json::from_str(document).unwrap();
    let mut found = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            let method = method.to_uppercase();
            let operation = operation.clone();
            let before = found.insert(id, Documented { method, path: path.clone(), operation });
            assert!(before.is_none(), "an id names one operation: {path}");
        }
    }
    found
}

impl Documented {
    /// What stands in one place, in the order of the path.
    fn parameters(&self, place: &str) -> Vec<&str> {
        let all = self.operation["parameters"].as_array().into_iter().flatten();
        let here = all.filter(|it| it["in"] == place);
        let mut names: Vec<_> = here.map(|it| it["name"].as_str().unwrap()).collect();
        if place == "path" {
            names.sort_by_key(|it| self.path.find(&format!("{{{it}}}")));
        }
        names
    }

    fn body(&self) -> Option<String> {
        let schema = &self.operation["requestBody"]["content"]["application/json"]["schema"];
        if schema.is_null() { None } else { Some(named(schema)) }
    }

    fn answer(&self) -> String {
        let responses = self.operation["responses"].as_object().unwrap();
        let (_, success) = responses.iter().find(|it| it.0.starts_with('2')).unwrap();
        let content = success["content"].as_object().unwrap();
        named(&content.values().next().unwrap()["schema"])
    }
}

/// What a schema is called; one that may be null is called by the other.
fn named(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return reference.rsplit('/').next().unwrap().to_owned();
    }
    if let Some(either) = schema["oneOf"].as_array() {
        return named(either.iter().find(|it| it["type"] != "null").unwrap());
    }
    schema["type"].as_str().unwrap().to_owned()
}

/// What the document calls a type.
fn schema_name(name: &str) -> String {
    match name {
        "String" => "string".to_owned(),
        "Policy" => "object".to_owned(),
        _ => name.replace('<', "_").replace('>', ""),
    }
}
