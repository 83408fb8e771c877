//! Listens until told to stop, and lets running requests end.

use std::{io, time::Duration};

use tokio::net::TcpListener;

use crate::{
    Limits, Service,
    operations::{Housekeeper, RETENTION},
    router,
};

/// How often the times of locks are written down: what a crash may lose of them.
const FLUSH_PERIOD: Duration = Duration::from_mins(15);

/// Serves `service` on `listener` until `shutdown` is ready. Requests that are being answered by
/// then are answered; units of work end by themselves in any case.
///
/// Requests that nobody waits for and that another process has left behind are taken over.
///
/// The times of locks are [written down](app_service::Guerdon::flush_locks) meanwhile, and at the end.
pub async fn serve(
    listener: TcpListener,
    service: Service,
    limits: Limits,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let guerdon = service.guerdon.clone();
    let housekeeper = Housekeeper::of(&service, limits, RETENTION);
    let serving = axum::serve(listener, router(service, limits));
    let served = tokio::select! {
        served = serving.with_graceful_shutdown(shutdown) => served,
        never = guerdon.flush_locks_every(FLUSH_PERIOD) => match never {},
        never = housekeeper.work() => match never {},
    };
    guerdon.flush_locks_or_log().await;
    served
}
