//! The role that answers over HTTP.

use std::io;

use api::{Access, JwtVerifier, Limits, Service};
use app_service::{Guerdon, SystemClock};
use tokio::net::TcpListener;

use crate::{
    args::Serve,
    failure::{Failure, Finding},
    session::Session,
};

/// A service that listens, and waits to answer.
pub(super) struct Http {
    listener: TcpListener,
    service: Service,
    limits: Limits,
}

impl Http {
    pub(super) async fn open(
        session: &Session,
        guerdon: Guerdon,
        args: &Serve,
    ) -> Result<Self, Failure> {
        let access = access(session, &guerdon, args).await?;
        let listener = TcpListener::bind(args.listen).await.map_err(|error| {
            Failure::refused("listen-failed", format!("cannot listen on {}: {error}", args.listen))
        })?;
        let bound = listener.local_addr().unwrap_or(args.listen);
        session.output().note(&format!("listening on http://{bound}"));
        let service = Service::new(guerdon, access).with_webhook_rules(args.webhooks.rules());
        Ok(Self { listener, service, limits: args.limits() })
    }

    pub(super) async fn serve(
        self,
        stopped: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        api::serve(self.listener, self.service, self.limits, stopped).await
    }
}

/// Who is let in.
async fn access(session: &Session, guerdon: &Guerdon, args: &Serve) -> Result<Access, Failure> {
    if args.development {
        session.output().note("development: whoever reaches this address may do everything");
        return Ok(Access::development());
    }
    let Some(settings) = args.jwt.settings() else {
        if guerdon.api_keys(None, 1).await?.is_empty() {
            session.output().note("nobody can ask yet: `guerdon api-key create` gives out a key");
        }
        return Ok(Access::keys());
    };
    let verifier = JwtVerifier::open(settings, SystemClock::shared()).await.map_err(|error| {
        let finding = Finding::of_chain(&error);
        Failure::refused("jwks-unreadable", "the keys of the issuer of tokens cannot be had")
            .problems(vec![finding])
            .help("check --jwt-jwks")
    })?;
    Ok(Access::keys_and_tokens(verifier))
}
