//! What two requests have in common that ask for the same.

use app_service::domain::{Hash256, Hasher};
use serde_json::Value;

/// Names what is asked for. White space and the order of members make no other request.
pub(super) fn of(method: &str, path: &str, seen: Option<&str>, body: &str) -> Hash256 {
    let mut hasher = Hasher::new("http request");
    hasher.bytes(method.as_bytes()).bytes(path.as_bytes());
    hasher.bytes(seen.unwrap_or_default().as_bytes());
    match serde_json::from_str(body) {
        Ok(json) => hasher.bytes(canonical(json).to_string().as_bytes()),
        Err(_) => hasher.bytes(body.trim_ascii().as_bytes()),
    };
    hasher.finish()
}

/// The same with the members of objects in the order of their names.
fn canonical(json: Value) -> Value {
    match json {
        Value::Array(items) => items.into_iter().map(canonical).collect(),
        Value::Object(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.sort_by(|one, other| one.0.cmp(&other.0));
            members.into_iter().map(|(name, it)| (name, canonical(it))).collect()
        }
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_said_otherwise_is_the_same_request() {
        let one = of("POST", "/v1/a", None, r#"{ "b": [1, { "y": 2, "x": 1 }], "a": null }"#);
        let other = of("POST", "/v1/a", None, r#"{"a":null,"b":[1,{"x":1,"y":2}]}"#);

        assert_eq!(one, other);
        assert_eq!(of("POST", "/v1/a", None, " "), of("POST", "/v1/a", None, ""));
    }

    #[test]
    fn whatever_makes_a_difference_makes_another_request() {
        let body = r#"{ "a": [1, 2] }"#;
        let one = of("POST", "/v1/a", Some("\"1\""), body);

        let others = [
            of("PUT", "/v1/a", Some("\"1\""), body),
            of("POST", "/v1/b", Some("\"1\""), body),
            of("POST", "/v1/a", Some("\"2\""), body),
            of("POST", "/v1/a", None, body),
            of("POST", "/v1/a", Some("\"1\""), r#"{ "a": [2, 1] }"#),
            of("POST", "/v1/a", Some("\"1\""), r#"{ "a": [1, "2"] }"#),
            of("POST", "/v1/a", Some("\"1\""), "{"),
        ];

        assert!(!others.contains(&one));
    }
}
