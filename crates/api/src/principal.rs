//! Who asks, and what they may do.

use std::{future::Future, pin::Pin};

use app_service::Actor;
pub(crate) use app_service::Role;
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderValue, header, request::Parts},
    middleware::{FromFnLayer, Next, from_fn_with_state},
    response::{IntoResponse, Response},
};

use utoipa_axum::router::OpenApiRouter;

use crate::{
    openapi,
    problem::{Code, Problem},
};

/// Who asks. The authentication puts it into every request that needs one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Principal {
    /// `key:<uuid>`, `jwt:<iss>|<sub>` or `development`.
    pub(crate) id: String,
    /// What they may do.
    pub(crate) role: Role,
}

/// The layer that [`require`] makes.
pub(crate) type RequireRole = FromFnLayer<Gate, Role, (State<Role>, Request)>;

type Gate = fn(State<Role>, Request, Next) -> Pin<Box<dyn Future<Output = Response> + Send>>;

impl Principal {
    /// Who the record says it was.
    pub(crate) fn actor(&self) -> Actor {
        Actor::new(&self.id)
    }
}

/// Whoever is not known here is not asked for: a route outside of the authentication is our fault.
impl<S: Sync> FromRequestParts<S> for Principal {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let known = parts.extensions.get::<Self>().cloned();
        known.ok_or_else(|| {
            tracing::error!(
                path = parts.uri.path(),
                "a route asks who it is, and nobody was asked"
            );
            Problem::new(Code::Internal, "the log says more")
        })
    }
}

/// A router that asks for a role, and says so in its document.
pub(crate) trait Taking {
    /// The same routes, for whoever has `role` or one that may do more.
    fn taking(self, role: Role) -> Self;
}

impl<S: Clone + Send + Sync + 'static> Taking for OpenApiRouter<S> {
    fn taking(self, role: Role) -> Self {
        let mut router = self.route_layer(require(role));
        openapi::take_role(router.get_openapi_mut(), role);
        router
    }
}

/// A layer that lets only those through who may do what `role` may.
pub(crate) fn require(role: Role) -> RequireRole {
    from_fn_with_state(role, gate as Gate)
}

fn gate(
    State(role): State<Role>,
    request: Request,
    next: Next,
) -> Pin<Box<dyn Future<Output = Response> + Send>> {
    Box::pin(async move {
        match request.extensions().get::<Principal>() {
            Some(known) if known.role >= role => next.run(request).await,
            _ => role_missing(role),
        }
    })
}

fn role_missing(role: Role) -> Response {
    let detail = format!("this needs the role {role}, or one that may more");
    let mut refused = Problem::new(Code::RoleMissing, detail).into_response();
    let challenge =
        format!(r#"Bearer realm="guerdon", error="insufficient_scope", scope="{role}""#);
    if let Ok(challenge) = HeaderValue::from_str(&challenge) {
        refused.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    refused
}
