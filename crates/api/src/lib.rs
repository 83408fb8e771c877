//! Guerdon over HTTP: routes, problems and nothing that decides anything.
//!
//! Every answer that is not a success is an RFC 9457 problem with a stable `code`; what the use cases
//! call a conflict is a 409 that holds what exists, never a server error and never a second payment.
//!
//! Whoever asks says who they are, with an API key or a token; see [`Access`].

mod auth;
mod dto;
mod guarded;
mod metrics;
mod overload;
mod path;
mod principal;
mod problem;
mod rate;
mod router;
mod routes;
mod serve;
mod service;

pub use self::{
    auth::{
        Access, JwksError, JwksSource, JwtAlgorithm, JwtSettings, JwtVerifier, UnknownAlgorithm,
    },
    rate::RateLimit,
    router::{Limits, router},
    serve::serve,
    service::Service,
};
