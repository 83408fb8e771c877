//! The document that is committed is the one that is served.

use std::{env, fs, path::PathBuf};

const BLESS: &str = "GUERDON_BLESS";

#[test]
fn the_document_is_as_committed() {
    let document = api::document().to_pretty_json().unwrap() + "\n";
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");

    if env::var_os(BLESS).is_some() {
        fs::write(&file, &document).unwrap();
    }

    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == document, "docs/openapi.json is out of date: {BLESS}=1 writes it");
}

/// Whoever makes a client of the document names its methods after these.
#[test]
fn every_operation_has_an_id_a_tag_a_summary_and_a_success() {
    let document = serde_json::to_value(api::document()).unwrap();
    let tags: Vec<_> = document["tags"].as_array().unwrap().iter().map(|it| &it["name"]).collect();

    assert_eq!(document["openapi"], "3.1.0");
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let what = format!("{method} {path}");
            assert!(operation["operationId"].is_string(), "{what}");
            assert!(operation["summary"].is_string(), "{what}");
            let of = operation["tags"].as_array().unwrap();
            assert!(of.len() == 1 && tags.contains(&&of[0]), "{what}: {of:?}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|it| it.starts_with('2')), "{what}");
            assert!(responses.contains_key("default"), "{what}: the problems");
        }
    }
}

/// What is pointed at is there.
#[test]
fn every_reference_of_the_document_leads_somewhere() {
    let text = api::document().to_json().unwrap();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();

    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}
