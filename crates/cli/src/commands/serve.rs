//! `guerdon serve`: the roles that this process takes, until it is told to stop.

mod http;

use std::sync::Arc;

use app_service::{Guerdon, Scheduler, VerifyOptions};
use relay::Relay;
use tokio::sync::watch;

use self::http::Http;
use super::config::go_together;
use crate::{
    args::{Role, Serve},
    failure::{Exit, Failure},
    session::Session,
    start::told_to_stop,
};

pub(crate) async fn run(session: &Session, args: &Serve) -> Result<Exit, Failure> {
    go_together(session, args)?;
    let guerdon = session.guerdon().await?;
    let relay = relay(&guerdon, args)?;
    let scheduler = scheduler(&guerdon, args);
    let http =
        if args.takes(Role::Http) { Some(Http::open(session, guerdon, args).await?) } else { None };
    let (stop, stopping) = watch::channel(());
    let told = async move {
        told_to_stop().await;
        drop(stop);
    };
    let (served, ..) = tokio::join!(
        Box::pin(serve(http, stopped(&stopping))),
        Box::pin(relaying(relay, stopped(&stopping))),
        Box::pin(scheduling(scheduler, stopped(&stopping))),
        told,
    );
    session.close().await;
    served.map_err(|error| Failure::io("serving", &error))?;
    Ok(Exit::Done)
}

/// Ready once the process is told to stop.
fn stopped(stopping: &watch::Receiver<()>) -> impl Future<Output = ()> + Send + 'static {
    let mut stopping = stopping.clone();
    async move {
        // Nothing is ever sent: the end of the channel is the word.
        let _ = stopping.changed().await;
    }
}

async fn serve(
    http: Option<Http>,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    match http {
        Some(http) => http.serve(stopped).await,
        None => Ok(()),
    }
}

fn relay(guerdon: &Guerdon, args: &Serve) -> Result<Option<Relay>, Failure> {
    if !args.takes(Role::Relay) {
        return Ok(None);
    }
    let relay = Relay::new(guerdon.clone(), args.webhooks.settings());
    Ok(Some(relay.map_err(|error| Failure::refused("relay-failed", error.to_string()))?))
}

async fn relaying(relay: Option<Relay>, stopped: impl Future<Output = ()>) {
    if let Some(relay) = relay {
        relay.run(stopped).await;
    }
}

fn scheduler(guerdon: &Guerdon, args: &Serve) -> Option<Scheduler> {
    let scheduler = args.takes(Role::Scheduler).then(|| Scheduler::new(guerdon.clone()))?;
    Some(match args.verify_schedule.clone() {
        Some(schedule) => {
            let next = Arc::new(move |after| schedule.next_after(after));
            scheduler.verifying(next, VerifyOptions::default())
        }
        None => scheduler,
    })
}

async fn scheduling(scheduler: Option<Scheduler>, stopped: impl Future<Output = ()>) {
    if let Some(scheduler) = scheduler {
        tokio::select! {
            never = scheduler.run() => match never {},
            () = stopped => {}
        }
    }
}
