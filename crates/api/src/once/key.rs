//! The key by which a caller names a request.

use axum::http::HeaderMap;

use crate::problem::{Code, Problem};

/// What a caller prefers who does not wait, as RFC 7240 has it.
pub(super) const UNASKED: &str = "respond-async";

const NAME: &str = "idempotency-key";
const LENGTH_MAX: usize = 255;

/// The key of a request: one, and readable.
pub(super) fn read(headers: &HeaderMap) -> Result<String, Problem> {
    let mut given = headers.get_all(NAME).iter();
    let Some(key) = given.next() else {
        let detail = "name the request with the header Idempotency-Key, a new UUID for instance, and \
                      send the same one again when you repeat it";
        return Err(Problem::new(Code::IdempotencyKeyMissing, detail));
    };
    let visible = |it: &u8| it.is_ascii_graphic();
    let bytes = key.as_bytes();
    let readable = (1..=LENGTH_MAX).contains(&bytes.len()) && bytes.iter().all(visible);
    if !readable || given.next().is_some() {
        let detail = format!("use one key of 1 to {LENGTH_MAX} visible ASCII characters");
        return Err(Problem::new(Code::IdempotencyKeyInvalid, detail));
    }
    Ok(String::from_utf8_lossy(bytes).into_owned())
}

/// Whether the header `Prefer` says that its sender does not wait.
pub(super) fn is_unasked(preferred: &str) -> bool {
    let mut preferences = preferred.split(',').map(|it| it.split([';', '=']).next());
    preferences.any(|it| it.is_some_and(|it| it.trim().eq_ignore_ascii_case(UNASKED)))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_key_is_one_word_of_visible_characters() {
        let longest = "k".repeat(LENGTH_MAX);
        for key in ["1", "b7e2c6c0-5d2c-4a5e-8f5b-1f3f0f3d6a11", "\"quoted\"", &longest] {
            assert_eq!(read(&headers(&[key])).map_err(|it| it.code()), Ok(key.to_owned()));
        }

        let too_long = "k".repeat(LENGTH_MAX + 1);
        for key in ["", "two words", "tab\there", &too_long] {
            let refused = read(&headers(&[key])).map_err(|it| it.code());
            assert_eq!(refused, Err(Code::IdempotencyKeyInvalid), "{key:?}");
        }
    }

    #[test]
    fn whoever_prefers_not_to_wait_says_so_among_other_things() {
        for preferred in ["respond-async", "Respond-Async", "wait=5, respond-async; x=1"] {
            assert!(is_unasked(preferred), "{preferred}");
        }
        for preferred in ["", "wait=5", "respond-asynchronously", "x=respond-async"] {
            assert!(!is_unasked(preferred), "{preferred}");
        }
    }

    #[test]
    fn a_request_has_one_key() {
        let none = read(&headers(&[])).map_err(|it| it.code());
        let two = read(&headers(&["a", "b"])).map_err(|it| it.code());

        assert_eq!(none, Err(Code::IdempotencyKeyMissing));
        assert_eq!(two, Err(Code::IdempotencyKeyInvalid));
    }

    fn headers(keys: &[&str]) -> HeaderMap {
        let keys = keys.iter().map(|it| HeaderValue::from_str(it).unwrap());
        keys.map(|it| (axum::http::HeaderName::from_static(NAME), it)).collect()
    }
}
