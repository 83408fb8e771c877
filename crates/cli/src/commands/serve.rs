//! `guerdon serve`.

use api::{Limits, Service};
use tokio::net::TcpListener;

use crate::{
    args::Serve,
    failure::{Exit, Failure},
    session::Session,
    start::told_to_stop,
};

pub(crate) async fn run(session: &Session, args: &Serve) -> Result<Exit, Failure> {
    let address = args.listen;
    if !address.ip().is_loopback() {
        let message = format!("{address} can be reached from other machines");
        return Err(Failure::refused("listen-refused", message).help(
            "the HTTP interface asks nobody who they are yet: listen on 127.0.0.1 or [::1], and put \
             something that does in front",
        ));
    }
    let guerdon = session.guerdon().await?;
    let listener = TcpListener::bind(address).await.map_err(|error| {
        Failure::refused("listen-failed", format!("cannot listen on {address}: {error}"))
    })?;
    let bound = listener.local_addr().unwrap_or(address);
    session.output().note(&format!("listening on http://{bound}"));
    let served =
        api::serve(listener, Service::new(guerdon), Limits::default(), told_to_stop()).await;
    session.close().await;
    served.map_err(|error| Failure::io("serving", &error))?;
    Ok(Exit::Done)
}
