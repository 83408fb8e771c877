//! Headers that the document tells of, and that extractors read.

use utoipa::IntoParams;

/// The header that every request which changes something carries.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it is read by its name; this is for the document")]
pub(crate) struct OnceHeader {
    /// Names this request, for as long as it is repeated: 1 to 255 visible ASCII characters, a UUID
    /// for instance. The same key with the same request gets the same answer again.
    #[param(rename = "Idempotency-Key", min_length = 1, max_length = 255, pattern = "^[!-~]+$")]
    idempotency_key: String,
}

/// The header of a request that builds on what its caller has seen.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it is read by its name; this is for the document")]
pub(crate) struct IfMatchHeader {
    /// The `ETag` of the tournament as it was seen.
    #[param(rename = "If-Match")]
    if_match: String,
}

/// The header of a request for what its caller has not seen yet.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it is read by its name; this is for the document")]
pub(crate) struct IfNoneMatchHeader {
    /// An `ETag` that was seen: while it is still the one, the answer is 304 without a body.
    #[param(rename = "If-None-Match", required = false)]
    if_none_match: Option<String>,
}
