//! Why somebody is not let in.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use crate::problem::{Code, Problem};

/// Why somebody is not let in. What is said before a signature is known to be good helps nobody to
/// make a better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Nothing was said.
    Absent,
    /// What was said cannot be read.
    Malformed,
    /// Only API keys are taken here.
    NotAKey,
    /// No such key, or not any more.
    KeyUnknown,
    /// No algorithm that is allowed, no key that is known, or another signature.
    Unverified,
    /// Signed, and over.
    Expired,
    /// Signed, and not yet.
    NotYet,
    /// Signed, for somebody else.
    WrongAudience,
    /// Signed, by somebody else.
    WrongIssuer,
    /// Signed, and something that it must say is not there or is not text that a record can show.
    Incomplete,
    /// Signed, and of no role.
    NoRole,
}

impl Refusal {
    fn detail(self) -> &'static str {
        match self {
            Self::Absent => "send `Authorization: Bearer` with an API key or a token",
            Self::Malformed => "the Authorization header cannot be read",
            Self::NotAKey => "this service takes API keys only",
            Self::KeyUnknown => "the API key is unknown, revoked or expired",
            Self::Unverified => "the token cannot be verified",
            Self::Expired => "the token has expired",
            Self::NotYet => "the token is not valid yet",
            Self::WrongAudience => "the token is for another audience",
            Self::WrongIssuer => "the token is of another issuer",
            Self::Incomplete => "the token lacks `exp`, `aud`, `iss` or `sub`, or they are no text",
            Self::NoRole => "the token names no role of viewer, operator, approver and admin",
        }
    }

    fn code(self) -> Code {
        match self {
            Self::Absent => Code::AuthenticationRequired,
            Self::NoRole => Code::RoleMissing,
            _ => Code::TokenInvalid,
        }
    }

    fn challenge(self) -> String {
        let realm = r#"Bearer realm="guerdon""#;
        match self {
            Self::Absent => realm.to_owned(),
            Self::NoRole => format!(r#"{realm}, error="insufficient_scope""#),
            _ => {
                let detail = self.detail().replace('`', "'");
                format!(r#"{realm}, error="invalid_token", error_description="{detail}""#)
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = Problem::new(self.code(), self.detail()).into_response();
        if let Ok(challenge) = HeaderValue::from_str(&self.challenge()) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
