//! A store whose reads are tried again while they lose races.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    Retry, RetryPolicy, Retryable, StoreError, TransientCause,
    spi::{ApiKeys, Audit, Logbook, Outbox, Requests, Store, Timetable, Transaction},
};

/// A store whose reads are tried again as a unit of work is. Whoever has paid and then reads what
/// has been paid would otherwise come back with an error, for a connection that broke in between.
///
/// What begins, audits, writes down and claims is as it was: those who ask for it look after their
/// retries.
pub(crate) struct PatientStore {
    store: Arc<dyn Store>,
    retries: RetryPolicy,
}

impl PatientStore {
    pub(crate) fn shared(store: &Arc<dyn Store>, retries: RetryPolicy) -> Arc<dyn Store> {
        Arc::new(Self { store: Arc::clone(store), retries })
    }
}

impl RetryPolicy {
    /// Asks for what may be asked for twice, again while that is worth it.
    pub async fn patiently<T, Asked>(&self, ask: impl Fn() -> Asked) -> Result<T, StoreError>
    where
        Asked: Future<Output = Result<T, StoreError>>,
    {
        let mut attempt = 1;
        loop {
            let error = match ask().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if !is_worth_it(&error) || !self.allows_another(attempt) {
                return Err(error);
            }
            tracing::info!(%error, attempt, "asking again");
            tokio::time::sleep(self.delay(attempt)).await;
            attempt += 1;
        }
    }
}

/// Not what has taken long by itself: whoever waited for a connection until the pool gave up, or was
/// cancelled for reading too long, would wait ten times as long for the same answer.
fn is_worth_it(error: &StoreError) -> bool {
    use TransientCause::{Cancelled, PoolExhausted};
    match error.retry() {
        Some(Retry::Transient(PoolExhausted | Cancelled)) | None => false,
        Some(Retry::Transient(_) | Retry::CommitUnknown) => true,
    }
}

/// Implements the reads of a store by asking the store behind it, more than once if need be.
macro_rules! patient_reads {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)+) => {
        #[async_trait]
        impl Store for PatientStore {
            fn audit(&self) -> Arc<dyn Audit> {
                self.store.audit()
            }

            fn logbook(&self) -> Arc<dyn Logbook> {
                self.store.logbook()
            }

            fn timetable(&self) -> Arc<dyn Timetable> {
                self.store.timetable()
            }

            fn requests(&self) -> Arc<dyn Requests> {
                self.store.requests()
            }

            fn outbox(&self) -> Arc<dyn Outbox> {
                self.store.outbox()
            }

            fn api_keys(&self) -> Arc<dyn ApiKeys> {
                self.store.api_keys()
            }

            async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
                self.store.begin().await
            }

            $(
                async fn $name(&self, $($argument: $type),*) -> Result<$answer, StoreError> {
                    self.retries.patiently(|| self.store.$name($($argument),*)).await
                }
            )+
        }
    };
}

crate::store_reads!(patient_reads! {});
