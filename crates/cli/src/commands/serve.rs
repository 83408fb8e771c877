//! `guerdon serve`.

use api::{Access, JwtVerifier, Service};
use app_service::{Guerdon, SystemClock};
use tokio::net::TcpListener;

use super::config::go_together;
use crate::{
    args::Serve,
    failure::{Exit, Failure, Finding},
    session::Session,
    start::told_to_stop,
};

pub(crate) async fn run(session: &Session, args: &Serve) -> Result<Exit, Failure> {
    go_together(session, args)?;
    let guerdon = session.guerdon().await?;
    let access = access(session, &guerdon, args).await?;
    let listener = TcpListener::bind(args.listen).await.map_err(|error| {
        Failure::refused("listen-failed", format!("cannot listen on {}: {error}", args.listen))
    })?;
    let bound = listener.local_addr().unwrap_or(args.listen);
    session.output().note(&format!("listening on http://{bound}"));
    let service = Service::new(guerdon, access);
    let served = api::serve(listener, service, args.limits(), told_to_stop()).await;
    session.close().await;
    served.map_err(|error| Failure::io("serving", &error))?;
    Ok(Exit::Done)
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
