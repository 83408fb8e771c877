//! Who asks, and what they may do.

use std::{fmt, pin::Pin};

use app_service::Actor;
use axum::{
    extract::{FromRequestParts, Request, State},
    http::request::Parts,
    middleware::{FromFnLayer, Next, from_fn_with_state},
    response::{IntoResponse, Response},
};

use utoipa_axum::router::OpenApiRouter;

use crate::{
    openapi,
    problem::{Code, Problem},
};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Principal {
    /// What the record calls them: `key:<uuid>`, `jwt:<issuer>|<subject>` or `development`.
    pub(crate) id: String,
    /// What they may do.
    pub(crate) role: Role,
}

/// What somebody may do. Each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Look at everything.
    Viewer,
    /// Announce, submit, finalize, distribute, charge, assess.
    Operator,
    /// Correct, disqualify, cancel, archive.
    Approver,
    /// Webhooks, keys, verifications.
    Admin,
}

impl Role {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::Viewer, Self::Operator, Self::Approver, Self::Admin];
}

type Checked = Pin<Box<dyn Future<Output = Response> + Send>>;
type Check = fn(State<Role>, Request, Next) -> Checked;

impl Principal {
    /// The same for the record.
    pub(crate) fn actor(&self) -> Actor {
        Actor::new(self.id.clone())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Principal {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let found = parts.extensions.get().cloned();
        found.ok_or_else(|| Problem::new(Code::Internal, "nobody has asked who asks"))
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

/// A layer for routers: who has not `role`, or one that may do more, is refused.
pub(crate) fn require(role: Role) -> FromFnLayer<Check, Role, (State<Role>, Request)> {
    from_fn_with_state(role, check as Check)
}

fn check(State(role): State<Role>, request: Request, next: Next) -> Checked {
    Box::pin(async move {
        match request.extensions().get::<Principal>() {
            Some(principal) if principal.role >= role => next.run(request).await,
            Some(principal) => {
                let detail = format!("it takes the role {role}, and this is {}", principal.role);
                Problem::new(Code::RoleMissing, detail).into_response()
            }
            None => Problem::new(Code::Internal, "nobody has asked who asks").into_response(),
        }
    })
}

/// A layer for whoever asks nobody: everybody may do everything.
pub(crate) async fn development(mut request: Request, next: Next) -> Response {
    let everybody = Principal { id: "development".to_owned(), role: Role::Admin };
    request.extensions_mut().insert(everybody);
    next.run(request).await
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Viewer => "viewer",
            Self::Operator => "operator",
            Self::Approver => "approver",
            Self::Admin => "admin",
        })
    }
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::StatusCode, routing::get};
    use tower::ServiceExt;

    use super::*;

    const ROLES: [Role; 4] = [Role::Viewer, Role::Operator, Role::Approver, Role::Admin];

    #[tokio::test]
    async fn each_role_may_do_what_those_before_it_may() {
        for (rank, role) in ROLES.into_iter().enumerate() {
            for (needed, what) in ROLES.into_iter().enumerate() {
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
