//! Guerdon over HTTP: routes, problems and nothing that decides anything.
//!
//! Every answer that is not a success is an RFC 9457 problem with a stable `code`; what the use cases
//! call a conflict is a 409 that holds what exists, never a server error and never a second payment.
//!
//! Nobody is asked who they are: whoever listens anywhere but on this machine's loopback must put
//! something in front.

mod convert;
mod cursor;
mod headers;
mod layers;
mod metrics;
mod once;
mod openapi;
mod paging;
mod path;
mod precondition;
mod principal;
mod problem;
mod query;
mod router;
mod routes;
mod serve;
mod service;

pub use self::{
    openapi::document,
    router::{Limits, router},
    serve::serve,
    service::Service,
};
