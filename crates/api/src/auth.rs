//! Who is let in: whoever has an API key, or a token of somebody who is trusted.
//!
//! Everything needs one of them but the few paths of [`OPEN`], whatever the router knows of it: what
//! is forgotten here is closed.

mod bearer;
mod jwks;
mod jwt;
mod refusal;
mod settings;
mod signatures;

use std::sync::Arc;

use app_service::{ApiSecret, Guerdon, Role};
use axum::{
    extract::{Request, State},
    http::HeaderMap,
    middleware::Next,
    response::{IntoResponse, Response},
};

use self::{bearer::bearer, refusal::Refusal};
pub use self::{
    jwks::JwksError,
    jwt::JwtVerifier,
    settings::{JwksSource, JwtAlgorithm, JwtSettings, UnknownAlgorithm},
};
use crate::{principal::Principal, problem::Problem};

/// What anybody may ask: whether the process works, and what its interface is.
const OPEN: [&str; 4] = ["/livez", "/readyz", "/docs", "/openapi.json"];

/// What belongs to the readable page.
const OPEN_BELOW: &str = "/docs/";

/// Who is let in.
#[derive(Debug, Clone)]
pub struct Access(Kind);

#[derive(Debug, Clone)]
enum Kind {
    /// Whoever can reach it may do everything.
    Development,
    Authenticated {
        tokens: Option<Arc<JwtVerifier>>,
    },
}

/// What a request is authenticated with.
#[derive(Debug, Clone)]
pub(crate) struct Gatekeeper {
    pub(crate) access: Access,
    pub(crate) guerdon: Guerdon,
}

impl Access {
    /// Everybody is let in, and may do everything. For development, and for nobody but this machine:
    /// whoever serves it beyond the loopback gives the bank away.
    #[must_use]
    pub fn development() -> Self {
        Self(Kind::Development)
    }

    /// Whoever has an API key.
    #[must_use]
    pub fn keys() -> Self {
        Self(Kind::Authenticated { tokens: None })
    }

    /// Whoever has an API key, or a token that `verifier` accepts.
    #[must_use]
    pub fn keys_and_tokens(verifier: JwtVerifier) -> Self {
        Self(Kind::Authenticated { tokens: Some(Arc::new(verifier)) })
    }
}

/// Finds out who asks, before anything else is done for them.
pub(crate) async fn authenticate(
    State(gatekeeper): State<Gatekeeper>,
    mut request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    if OPEN.contains(&path) || path.starts_with(OPEN_BELOW) {
        return next.run(request).await;
    }
    match gatekeeper.principal(request.headers()).await {
        Ok(principal) => {
            tracing::debug!(principal = principal.id, role = %principal.role, "let in");
            request.extensions_mut().insert(principal);
            next.run(request).await
        }
        Err(refused) => refused,
    }
}

impl Gatekeeper {
    /// Who asks, or the answer to somebody who is not let in.
    async fn principal(&self, headers: &HeaderMap) -> Result<Principal, Response> {
        let Kind::Authenticated { tokens } = &self.access.0 else {
            return Ok(Principal { id: "development".to_owned(), role: Role::Admin });
        };
        let token = bearer(headers).map_err(IntoResponse::into_response)?;
        if ApiSecret::is_meant(token) {
            return self.key_holder(token).await;
        }
        let Some(tokens) = tokens else { return Err(Refusal::NotAKey.into_response()) };
        tokens.principal(token).await.map_err(IntoResponse::into_response)
    }

    async fn key_holder(&self, token: &str) -> Result<Principal, Response> {
        let unknown = || Refusal::KeyUnknown.into_response();
        let secret = ApiSecret::parse(token).ok_or_else(unknown)?;
        let holder = self.guerdon.holder_of(&secret).await;
        let holder = holder.map_err(|error| Problem::from(error).into_response())?;
        let holder = holder.ok_or_else(|| {
            tracing::info!(prefix = secret.prefix(), "an API key was refused");
            unknown()
        })?;
        Ok(Principal { id: format!("key:{}", holder.id), role: holder.role })
    }
}
