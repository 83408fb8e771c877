//! A request as it is written down: all that it takes to carry it out without whoever has sent it.

use app_service::{
    Ticket,
    domain::{Hash256, RequestId},
};
use axum::{
    body::Body,
    extract::Request,
    http::{header, request::Builder},
};
use serde::{Deserialize, Serialize};

use super::{fingerprint, key::UNASKED};
use crate::principal::{Principal, Role};

/// A request as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Document {
    principal: String,
    role: String,
    method: String,
    path: String,
    key: String,
    seen: Option<String>,
    body: String,
}

impl Document {
    pub(super) fn new(
        principal: &Principal,
        method: String,
        path: String,
        key: String,
        seen: Option<String>,
        body: String,
    ) -> Self {
        let Principal { id, role } = principal;
        Self { principal: id.clone(), role: role.to_string(), method, path, key, seen, body }
    }

    /// Names the request: a key is good for one route of one principal.
    pub(super) fn id(&self) -> RequestId {
        let Self { principal, method, path, key, .. } = self;
        let path = path.split('?').next().unwrap_or_default();
        RequestId::within(&[principal, method, path].join("\n"), key)
    }

    pub(super) fn fingerprint(&self) -> Hash256 {
        fingerprint::of(&self.method, &self.path, self.seen.as_deref(), &self.body)
    }

    pub(super) fn to_text(&self) -> String {
        // Plain values with text keys always have a JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The tournament that it is about, by key or id.
    pub(crate) fn tournament(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("/v1/tournaments/")?;
        rest.split(['/', '?']).next().filter(|it| !it.is_empty())
    }

    /// The request once more, for the routes behind everything that asks who it is. Nobody waits for
    /// its answer.
    pub(crate) fn into_request(self, ticket: Ticket) -> Option<Request> {
        let role = Role::ALL.into_iter().find(|it| it.as_str() == self.role)?;
        let principal = Principal { id: self.principal, role };
        let seen = |builder: Builder| match &self.seen {
            Some(seen) => builder.header(header::IF_MATCH, seen),
            None => builder,
        };
        let builder = Request::builder().method(&*self.method).uri(&self.path);
        let builder = builder.header("idempotency-key", &self.key).header("prefer", UNASKED);
        let builder = seen(builder);
        builder.extension(principal).extension(ticket).body(Body::from(self.body)).ok()
    }
}
