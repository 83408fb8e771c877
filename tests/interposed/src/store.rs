//! A store whose every call passes an interposer.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use ports::{
    StoreError,
    spi::{ApiKeys, Audit, Logbook, Outbox, Requests, Store, Timetable, Transaction},
};

use crate::{Call, Interposer, requests::InterposedRequests, transaction::InterposedTransaction};

/// A store whose every call passes an [`Interposer`].
#[derive(Clone)]
pub struct InterposedStore {
    store: Arc<dyn Store>,
    between: Arc<Between>,
}

/// The interposer, and how many transactions have passed it.
pub(crate) struct Between {
    pub(crate) by: Arc<dyn Interposer>,
    begun: AtomicU64,
}

impl InterposedStore {
    /// `store`, with `by` in between.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, by: Arc<dyn Interposer>) -> Self {
        Self { store, between: Arc::new(Between { by, begun: AtomicU64::new(0) }) }
    }

    /// The store, as those who use it want it.
    #[must_use]
    pub fn shared(&self) -> Arc<dyn Store> {
        Arc::new(self.clone())
    }
}

impl Between {
    /// Takes one call past the interposer.
    pub(crate) async fn pass<T: fmt::Debug>(
        &self,
        call: &Call,
        sent: impl Future<Output = Result<T, StoreError>> + Send,
    ) -> Result<T, StoreError> {
        self.by.before(call).await?;
        let answer = sent.await;
        self.by.after(call, &format!("{answer:?}")).await?;
        answer
    }
}

/// Implements the reads of a store by asking the store behind it.
macro_rules! reads {
    ($(fn $name:ident($($argument:ident: $type:ty),*) -> $answer:ty;)+) => {
        #[async_trait]
        impl Store for InterposedStore {
            /// Verification is no use case: nobody is in between.
            fn audit(&self) -> Arc<dyn Audit> {
                self.store.audit()
            }

            /// Nothing in it pays anybody, so nobody is in between.
            fn logbook(&self) -> Arc<dyn Logbook> {
                self.store.logbook()
            }

            /// Likewise.
            fn timetable(&self) -> Arc<dyn Timetable> {
                self.store.timetable()
            }

            fn requests(&self) -> Arc<dyn Requests> {
                let between = Arc::clone(&self.between);
                Arc::new(InterposedRequests { between, inner: self.store.requests() })
            }

            /// What is handed out has been paid: nobody is in between.
            fn outbox(&self) -> Arc<dyn Outbox> {
                self.store.outbox()
            }

            /// Nobody is paid for having a key, so nobody is in between.
            fn api_keys(&self) -> Arc<dyn ApiKeys> {
                self.store.api_keys()
            }

            async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
                let call = Call { name: "begin", arguments: String::new(), transaction: None };
                self.between.by.before(&call).await?;
                let inner = self.between.by.begin(self.store.as_ref()).await;
                let answer = inner.as_ref().map(|_| "begun").map_err(ToString::to_string);
                let answer = format!("{answer:?}");
                let interposed = inner.map(|inner| {
                    let number = self.between.begun.fetch_add(1, Ordering::Relaxed) + 1;
                    InterposedTransaction::begun(Arc::clone(&self.between), number, inner)
                });
                self.between.by.after(&call, &answer).await?;
                Ok(Box::new(interposed?))
            }

            $(
                async fn $name(&self, $($argument: $type),*) -> Result<$answer, StoreError> {
                    let arguments = format!("{:?}", ($(&$argument,)*));
                    let call = Call { name: stringify!($name), arguments, transaction: None };
                    self.between.pass(&call, self.store.$name($($argument),*)).await
                }
            )+
        }
    };
}

ports::store_reads!(reads! {});

impl fmt::Debug for InterposedStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InterposedStore").finish_non_exhaustive()
    }
}
