//! Connections: taken in, bounded in how long they may say nothing, and ended.

use std::{io, pin::pin, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};

/// How long nothing is taken in when the system has nothing left to take it in with.
const PAUSE: Duration = Duration::from_millis(100);

/// Hands whatever comes to `listener` to `router` until `shutdown` is ready, and then waits for those
/// who are being answered. A connection on which no head of a request has come for `head` is closed:
/// whoever sends it letter by letter would keep it for ever.
pub(crate) async fn listen(
    listener: TcpListener,
    router: Router,
    head: Duration,
    shutdown: impl Future<Output = ()> + Send,
) {
    let connections = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => serve_one(stream, router.clone(), head, &connections),
            Err(error) => refused(&error).await,
        }
    }
    // Whoever comes now is told by the system that nobody is here, and not left waiting.
    drop(listener);
    connections.shutdown().await;
}

/// Serves one connection on a task of its own.
fn serve_one(stream: TcpStream, router: Router, head: Duration, connections: &GracefulShutdown) {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head);
    let service = TowerToHyperService::new(router);
    let connection = connections.watch(builder.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended before its time");
        }
    });
}

/// A caller who is gone again is nothing; with no file left to open, the next try is better off later.
async fn refused(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        return;
    }
    tracing::error!(%error, "a connection cannot be taken in");
    tokio::time::sleep(PAUSE).await;
}
