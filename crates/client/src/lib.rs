//! A typed client of Guerdon over HTTP: one method for each operation of its document.
//!
//! ```no_run
//! # async fn pay() -> Result<(), client::ClientError> {
//! use client::{Client, wire::FinalizeRequest};
//!
//! let guerdon = Client::new("http://127.0.0.1:8080").with_token("grd_…");
//! let paid = guerdon.finalize("spring-cup", "finalize-spring-cup", &FinalizeRequest::default()).await?;
//! println!("{} XP", paid.body.xp_posted);
//! # Ok(())
//! # }
//! ```
//!
//! Whatever changes something takes an idempotency key: make one before the first try, and send the
//! same one again after a failure. Nothing happens twice under one key.

mod answer;
mod error;
mod operation;
mod operations;
mod query;
mod request;

pub use wire;

pub use self::{
    answer::Answer,
    error::ClientError,
    operation::Operation,
    operations::OPERATIONS,
    query::{BadgesQuery, LeaderboardQuery, LedgerQuery, PageQuery, PlanQuery},
};

/// Asks one service. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<Token>,
}

/// A secret, which no log shall show.
#[derive(Clone)]
struct Token(String);

impl Client {
    /// A client of the service at `base`: `https://guerdon.example`, say.
    #[must_use]
    pub fn new(base: impl Into<String>) -> Self {
        Self::over(connections().build().unwrap_or_default(), base)
    }

    /// The same over connections of the caller's own making, from [`connections`]: other timeouts, a
    /// proxy.
    #[must_use]
    pub fn over(http: reqwest::Client, base: impl Into<String>) -> Self {
        let base = base.into().trim_end_matches('/').to_owned();
        Self { http, base, token: None }
    }

    /// The same, and every request says who asks: with an API key, or a JWT.
    #[must_use]
    pub fn with_token(self, token: impl Into<String>) -> Self {
        Self { token: Some(Token(token.into())), ..self }
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// Connections as [`Client::new`] makes them, to be told otherwise.
pub fn connections() -> reqwest::ClientBuilder {
    #[cfg(feature = "tls")]
    provide_tls();
    reqwest::Client::builder()
}

/// Whoever embeds this may have chosen another provider: then that one stays.
#[cfg(feature = "tls")]
fn provide_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}
