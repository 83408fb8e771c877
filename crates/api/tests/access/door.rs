//! The way in, and what those are told who come to it.

use std::sync::{Arc, LazyLock};

use api::{Access, Limits, Service, router};
use app_service::{Actor, Guerdon, IssuedApiKey, NewApiKey, Role, Settings, Store};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use memory_adapter::MemoryStore;
use ports::RetryPolicy;
use serde_json::Value;
use tower::ServiceExt;

use crate::logs::LOG;

const BODY_MAX: usize = 4 << 20;

/// A path that every viewer may read.
pub(crate) const READ: &str = "/metrics";

/// A service, asked without a network.
#[derive(Debug, Clone)]
pub(crate) struct Door {
    router: Router,
    pub(crate) guerdon: Guerdon,
}

/// What somebody was told.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Door {
    /// On an empty store in memory.
    pub(crate) fn with(access: Access) -> Self {
        Self::of(&MemoryStore::new(), access, Limits::default())
    }

    /// On another store, whose errors are not retried.
    pub(crate) fn of(store: &MemoryStore, access: Access, limits: Limits) -> Self {
        Self::on(store.clone(), access, limits)
    }

    pub(crate) fn on(store: impl Store, access: Access, limits: Limits) -> Self {
        LazyLock::force(&LOG);
        let settings = Settings { retries: RetryPolicy::NEVER, ..Settings::default() };
        let guerdon = Guerdon::new(Arc::new(store)).with_settings(settings);
        let router = router(Service::new(guerdon.clone(), access), limits);
        Self { router, guerdon }
    }

    /// Gives out a key.
    pub(crate) async fn key(&self, role: Role) -> IssuedApiKey {
        let new = NewApiKey { name: role.to_string(), role, expires_at: None };
        self.guerdon.create_api_key(new, &Actor::new("test")).await.expect("a key")
    }

    /// Reads a path, with this in the header that says who it is.
    pub(crate) async fn read_as(&self, authorization: &str) -> Answer {
        self.ask(Method::GET, READ, &[authorization]).await
    }

    /// Asks, with as many headers as there are texts.
    pub(crate) async fn ask(&self, method: Method, path: &str, authorization: &[&str]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for text in authorization {
            request = request.header(header::AUTHORIZATION, *text);
        }
        self.told(request.body(Body::empty()).expect("it is a request")).await
    }

    /// Asks for a change, once under this key.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        authorization: &str,
        key: &str,
        body: &Value,
    ) -> Answer {
        let request = Request::builder().method(method).uri(path);
        let request = request.header(header::AUTHORIZATION, authorization);
        let request = request.header("idempotency-key", key).body(Body::from(body.to_string()));
        self.told(request.expect("it is a request")).await
    }

    async fn told(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, BODY_MAX).await.expect("the body ends");
        let body = serde_json::from_slice(&body).unwrap_or_default();
        Answer { status: parts.status, headers: parts.headers, body }
    }
}

impl Answer {
    /// The status and the code, if it is a problem.
    pub(crate) fn said(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body["code"].as_str().unwrap_or_default())
    }

    /// A header as text; nothing if it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().expect("it is text"))
    }
}

/// What a holder of this key sends.
pub(crate) fn bearer(key: &IssuedApiKey) -> String {
    format!("Bearer {}", key.secret.reveal())
}
