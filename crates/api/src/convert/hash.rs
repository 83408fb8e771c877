//! Hashes, as callers copy them.

use app_service::domain::Hash256;

use crate::problem::{Code, FieldError, Problem};

/// The hash that stands at `pointer` of a body.
pub(crate) fn hash(pointer: &str, text: &str) -> Result<Hash256, Problem> {
    text.parse().map_err(|error: app_service::domain::NotAHash| {
        let errors = vec![FieldError { pointer: pointer.to_owned(), detail: error.to_string() }];
        Problem::new(Code::BodyInvalid, "copy the hash from a preview").with_errors(errors)
    })
}
