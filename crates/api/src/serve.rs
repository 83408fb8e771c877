//! Listens until told to stop, and lets running requests end.

use std::io;

use app_service::Guerdon;
use tokio::net::TcpListener;

use crate::{Limits, router};

/// Serves `guerdon` on `listener` until `shutdown` is ready. Requests that are being answered by
/// then are answered; units of work end by themselves in any case.
pub async fn serve(
    listener: TcpListener,
    guerdon: Guerdon,
    limits: Limits,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router(guerdon, limits)).with_graceful_shutdown(shutdown).await
}
