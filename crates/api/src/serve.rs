//! Listens until told to stop, and lets running requests end.

use std::{future::pending, io, time::Duration};

use tokio::{net::TcpListener, sync::oneshot};

use crate::{
    Limits, Service,
    listen::listen,
    operations::{Housekeeper, RETENTION},
    router,
};

/// How often the times of locks are written down: what a crash may lose of them.
const FLUSH_PERIOD: Duration = Duration::from_mins(15);

/// Serves `service` on `listener` until `shutdown` is ready. Requests that are being answered by
/// then are answered, unless they take longer than `limits` say; units of work end by themselves in any
/// case.
///
/// The times of locks are [written down](app_service::Guerdon::flush_locks) meanwhile, and at the end.
pub async fn serve(
    listener: TcpListener,
    service: Service,
    limits: Limits,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (guerdon, patience) = (service.guerdon.clone(), limits.shutdown);
    let housekeeper = Housekeeper::of(&service, limits, RETENTION);
    let (told, stopping) = oneshot::channel();
    let shutdown = async move {
        shutdown.await;
        // Nobody waits for it where the server has ended by itself.
        let _ = told.send(());
    };
    tokio::select! {
        () = listen(listener, router(service, limits), limits.head, shutdown) => {}
        () = overdue(stopping, patience) => {
            tracing::warn!(?patience, "some requests were not answered in time, and are left");
        }
        never = guerdon.flush_locks_every(FLUSH_PERIOD) => match never {},
        never = housekeeper.work() => match never {},
    }
    guerdon.flush_locks_or_log().await;
    Ok(())
}

/// Waits until the service was told to stop so long ago.
async fn overdue(stopping: oneshot::Receiver<()>, patience: Duration) {
    if stopping.await.is_err() {
        pending::<()>().await;
    }
    tokio::time::sleep(patience).await;
}
