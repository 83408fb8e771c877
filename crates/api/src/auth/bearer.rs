//! The token of a request.

use axum::http::{HeaderMap, header};

use super::refusal::Refusal;

/// Longer than any token that somebody issues for a header.
const TOKEN_BYTES_MAX: usize = 8 << 10;

/// The token that `headers` carry, as RFC 6750 has it: in one header of one form, and nowhere else.
pub(super) fn bearer(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut given = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (given.next(), given.next()) else {
        let is_absent = !headers.contains_key(header::AUTHORIZATION);
        return Err(if is_absent { Refusal::Absent } else { Refusal::Malformed });
    };
    let text = value.to_str().map_err(|_| Refusal::Malformed)?;
    let (scheme, token) = text.split_once(' ').ok_or(Refusal::Malformed)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refusal::Absent);
    }
    let token = token.trim();
    let is_plain = |it: u8| it.is_ascii_graphic();
    if token.is_empty() || token.len() > TOKEN_BYTES_MAX || !token.bytes().all(is_plain) {
        return Err(Refusal::Malformed);
    }
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_token_in_one_header_is_taken() {
        for text in ["Bearer abc.def", "bearer abc.def", "BEARER  abc.def "] {
            assert_eq!(bearer(&headers(&[text])).unwrap(), "abc.def", "{text:?}");
        }
    }

    #[test]
    fn whoever_says_nothing_that_is_understood_has_said_nothing() {
        for given in [&[][..], &["Basic YTpi"], &["Digest a b"]] {
            assert!(matches!(bearer(&headers(given)), Err(Refusal::Absent)), "{given:?}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        let long = format!("Bearer {}", "a".repeat(TOKEN_BYTES_MAX + 1));
        let bad: [&[&str]; 7] = [
            &["Bearer"],
            &["Bearer "],
            &["Bearer a b"],
            &["Bearer a\tb"],
            &["Bearer a", "Bearer a"],
            &["Basic YTpi", "Bearer a"],
            &[&long],
        ];
        for given in bad {
            assert!(matches!(bearer(&headers(given)), Err(Refusal::Malformed)), "{given:?}");
        }
    }

    fn headers(authorization: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for text in authorization {
            headers.append(header::AUTHORIZATION, text.parse().unwrap());
        }
        headers
    }
}
