//! Guerdon over HTTP: routes, problems and nothing that decides anything.
//!
//! Every answer that is not a success is an RFC 9457 problem with a stable `code`; what the use cases
//! call a conflict is a 409 that holds what exists, never a server error and never a second payment.
//!
//! Whoever asks says who they are, with an API key or a token: see [`Access`].

mod auth;
mod convert;
mod cursor;
mod guarded;
mod headers;
mod layers;
mod listen;
mod metrics;
mod once;
mod openapi;
mod operations;
mod overload;
mod paging;
mod path;
mod precondition;
mod principal;
mod problem;
mod query;
mod rate;
mod router;
mod routes;
mod serve;
mod service;

pub use self::{
    auth::{
        Access, JwksError, JwksSource, JwtAlgorithm, JwtSettings, JwtVerifier, UnknownAlgorithm,
    },
    openapi::document,
    rate::RateLimit,
    router::{Limits, router},
    serve::serve,
    service::Service,
};
