//! The relay: looks for something to do, and has it done.

use std::{collections::HashMap, time::Duration};

use app_service::{Guerdon, GuerdonError, WebhookError};
use tokio::{
    sync::watch,
    task::{Id, JoinSet},
    time::{MissedTickBehavior, interval},
};
use uuid::Uuid;

use crate::{RelayError, RelaySettings, client::Courier, couriers::Service};

/// How often what has arrived long ago is forgotten.
const FORGETTING: Duration = Duration::from_hours(1);

/// Delivers what happened to whoever asked for it. Any number of relays may run on one store.
#[derive(Debug)]
pub struct Relay {
    guerdon: Guerdon,
    courier: Courier,
    settings: RelaySettings,
}

/// Who is served just now, each webhook by a task of its own: a slow receiver costs only itself.
#[derive(Default)]
struct Served {
    tasks: JoinSet<()>,
    webhooks: HashMap<Id, Uuid>,
}

impl Relay {
    /// A relay of what happens in `guerdon`.
    pub fn new(guerdon: Guerdon, settings: RelaySettings) -> Result<Self, RelayError> {
        Ok(Self { courier: Courier::new(settings)?, guerdon, settings })
    }

    /// Relays until `shutdown` comes, and then ends what is under way, which takes no longer than a
    /// receiver has to answer. Whatever fails meanwhile is logged, and tried again.
    ///
    /// **Cancellation**: dropped, it is as if the process had been killed: what was claimed is
    /// delivered again, with the same ids, once the claims are over.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        let (stop, stopping) = watch::channel(false);
        let mut served = Served::default();
        let mut pause = interval(self.settings.pause);
        let mut forgetting = interval(FORGETTING);
        pause.set_missed_tick_behavior(MissedTickBehavior::Delay);
        tokio::pin!(shutdown);
        loop {
            tokio::select! {
                () = &mut shutdown => break,
                _ = pause.tick() => self.look(&mut served, &stopping).await,
                () = served.next() => {}
                _ = forgetting.tick() => self.forget().await,
            }
        }
        let _ = stop.send(true);
        while !served.tasks.is_empty() {
            served.next().await;
        }
    }

    async fn look(&self, served: &mut Served, stopping: &watch::Receiver<bool>) {
        if let Err(error) = self.guerdon.dispatch_events().await {
            waiting::<GuerdonError>(&error, "events wait for their place");
        }
        match self.guerdon.busy_webhooks(self.settings.webhooks_max).await {
            Ok(busy) => {
                for webhook in busy {
                    self.serve(webhook, served, stopping);
                }
            }
            Err(error) => waiting::<WebhookError>(&error, "webhooks wait"),
        }
    }

    fn serve(&self, webhook: Uuid, served: &mut Served, stopping: &watch::Receiver<bool>) {
        let room = served.webhooks.len() < self.settings.webhooks_max as usize;
        if !room || served.webhooks.values().any(|it| *it == webhook) {
            return;
        }
        let service = Service {
            guerdon: self.guerdon.clone(),
            courier: self.courier.clone(),
            settings: self.settings,
            stopping: stopping.clone(),
        };
        let task = served.tasks.spawn(service.serve(webhook));
        served.webhooks.insert(task.id(), webhook);
    }

    async fn forget(&self) {
        if let Err(error) = self.guerdon.forget_deliveries(self.settings.kept).await {
            waiting::<WebhookError>(&error, "old deliveries stay");
        }
    }
}

impl Served {
    /// Waits for somebody to be served; for ever when nobody is.
    async fn next(&mut self) {
        let id = match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => id,
            Some(Err(panic)) => panic.id(),
            None => std::future::pending().await,
        };
        self.webhooks.remove(&id);
    }
}

fn waiting<E: std::error::Error + 'static>(error: &E, what: &'static str) {
    let error: &(dyn std::error::Error + 'static) = error;
    tracing::warn!(error, "{what}");
}
