//! Tokens that somebody else has issued.

use std::sync::Arc;

use app_service::{Clock, Role, domain::check_text};
use jsonwebtoken::{
    Validation, decode, decode_header,
    errors::{Error, ErrorKind},
};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{
    JwtSettings,
    jwks::{Jwks, JwksError},
    refusal::Refusal,
    settings::JwtAlgorithm,
    signatures,
};
use crate::principal::Principal;

/// What a token must say, whoever has signed it.
const REQUIRED: [&str; 4] = ["exp", "aud", "iss", "sub"];

/// Takes the tokens of one issuer.
#[derive(Debug)]
pub struct JwtVerifier {
    settings: JwtSettings,
    keys: Jwks,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    #[serde(flatten)]
    others: Map<String, Value>,
}

impl JwtVerifier {
    /// Takes tokens as `settings` say. A file of keys must be there; an address that does not answer is
    /// asked again when somebody comes with a token.
    pub async fn open(settings: JwtSettings, clock: Arc<dyn Clock>) -> Result<Self, JwksError> {
        signatures::install();
        let keys = Jwks::open(settings.jwks.clone(), clock).await?;
        Ok(Self { settings, keys })
    }

    /// Whose token it is.
    pub(super) async fn principal(&self, token: &str) -> Result<Principal, Refusal> {
        let claims = self.verified(token).await?;
        let id = format!("jwt:{}|{}", claims.iss, claims.sub);
        if claims.sub.is_empty() || check_text(&id).is_err() {
            return Err(Refusal::Incomplete);
        }
        let role = role(&claims.others, &self.settings.role_claim).ok_or(Refusal::NoRole)?;
        Ok(Principal { id, role })
    }

    /// The claims of a token that is signed by a key of the issuer, with the algorithm of that key:
    /// what the token says of algorithms can only keep it out.
    async fn verified(&self, token: &str) -> Result<Claims, Refusal> {
        let header = decode_header(token).map_err(|_| Refusal::Unverified)?;
        let named = JwtAlgorithm::named(header.alg).ok_or(Refusal::Unverified)?;
        // Whatever a token wants to be understood of its header is not understood here.
        if !self.settings.algorithms.contains(&named) || header.crit.is_some() {
            return Err(Refusal::Unverified);
        }
        let key = self.keys.find(&header.kid.ok_or(Refusal::Unverified)?).await;
        let key = key.filter(|it| it.algorithm == named).ok_or(Refusal::Unverified)?;
        let decoded = decode::<Claims>(token, &key.decoding, &self.validation(key.algorithm));
        decoded.map(|it| it.claims).map_err(|error| refusal(&error))
    }

    fn validation(&self, algorithm: JwtAlgorithm) -> Validation {
        let mut validation = Validation::new(algorithm.of_library());
        validation.set_required_spec_claims(&REQUIRED);
        validation.set_issuer(&[&self.settings.issuer]);
        validation.set_audience(&self.settings.audience);
        validation.validate_nbf = true;
        validation.leeway = self.settings.leeway.as_secs();
        validation
    }
}

fn refusal(error: &Error) -> Refusal {
    match error.kind() {
        ErrorKind::ExpiredSignature => Refusal::Expired,
        ErrorKind::ImmatureSignature => Refusal::NotYet,
        ErrorKind::InvalidAudience => Refusal::WrongAudience,
        ErrorKind::InvalidIssuer => Refusal::WrongIssuer,
        ErrorKind::MissingRequiredClaim(_)
        | ErrorKind::InvalidClaimFormat(_)
        | ErrorKind::Json(_) => Refusal::Incomplete,
        _ => Refusal::Unverified,
    }
}

/// The highest role that the claim names: as one word, as words with blanks between them, or as a
/// list. Words that are no role mean something to somebody else.
fn role(claims: &Map<String, Value>, claim: &str) -> Option<Role> {
    let words = |it: &Value| it.as_str().and_then(|text| highest(text.split_whitespace()));
    let found = claims.get(claim).or_else(|| along(claims, claim))?;
    match found {
        Value::Array(list) => list.iter().filter_map(words).max(),
        one => words(one),
    }
}

fn highest<'a>(words: impl Iterator<Item = &'a str>) -> Option<Role> {
    words.filter_map(Role::parse).max()
}

/// What is at the end of a way such as `realm_access.roles`.
fn along<'a>(claims: &'a Map<String, Value>, way: &str) -> Option<&'a Value> {
    let (first, rest) = way.split_once('.')?;
    rest.split('.').try_fold(claims.get(first)?, |value, name| value.get(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_role_is_found_in_whatever_form_issuers_write_it() {
        let claims = json!({
            "role": "operator",
            "scope": "openid viewer approver",
            "roles": ["offline", "admin", "viewer"],
            "realm_access": { "roles": ["operator"] },
            "https://example.com/role": "viewer",
            "none": ["root", 7, null],
            "number": 4,
        });
        let claims = claims.as_object().unwrap();

        let found = [
            "role",
            "scope",
            "roles",
            "realm_access.roles",
            "https://example.com/role",
            "none",
            "number",
            "absent",
            "realm_access.absent",
        ];
        let found = found.map(|it| role(claims, it));

        let roles = [Role::Operator, Role::Approver, Role::Admin, Role::Operator, Role::Viewer];
        assert_eq!(found[..5], roles.map(Some));
        assert_eq!(found[5..], [None; 4]);
    }
}
