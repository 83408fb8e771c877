//! Who asks, and what they may do.

use std::{future::Future, pin::Pin};

use app_service::Actor;
pub(crate) use app_service::Role;
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderValue, Uri, header, request::Parts},
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
        parts.extensions.get().cloned().ok_or_else(|| unasked(&parts.uri))
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
            Some(_) => role_missing(role),
            None => unasked(request.uri()).into_response(),
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

/// A route that is outside of the authentication lets nobody in.
fn unasked(uri: &Uri) -> Problem {
    tracing::error!(path = uri.path(), "a route asks who it is, and nobody was asked");
    Problem::new(Code::Internal, "the log says more")
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::StatusCode, routing::get};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn each_role_may_do_what_those_before_it_may() {
        for (rank, role) in Role::ALL.into_iter().enumerate() {
            for (needed, what) in Role::ALL.into_iter().enumerate() {
                let answer = ask(Some(role), what).await;

                let expected = if rank >= needed { StatusCode::OK } else { StatusCode::FORBIDDEN };
                assert_eq!(answer.status(), expected, "{role} asks for what takes {what}");
            }
        }
    }

    #[tokio::test]
    async fn a_refusal_names_the_role_that_it_takes() {
        let answer = ask(Some(Role::Viewer), Role::Admin).await;

        let problem: &Problem = answer.extensions().get().unwrap();
        assert_eq!(problem.code().as_str(), "role-missing");
        assert!(problem.detail().contains("admin"), "{}", problem.detail());
    }

    #[tokio::test]
    async fn where_nobody_has_asked_who_asks_nobody_is_let_in() {
        let answer = ask(None, Role::Viewer).await;

        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    async fn ask(role: Option<Role>, needed: Role) -> Response {
        let router: Router =
            Router::new().route("/", get(async || "done")).route_layer(require(needed));
        let mut request = Request::new(Body::empty());
        if let Some(role) = role {
            request.extensions_mut().insert(Principal { id: "test".to_owned(), role });
        }
        router.oneshot(request).await.unwrap()
    }
}
