//! A transaction whose every call passes an interposer.

use std::sync::Arc;

use ports::{StoreError, spi::Transaction};

use crate::{Call, store::Between};

/// A transaction whose every call passes an interposer.
pub(crate) struct InterposedTransaction {
    pub(crate) between: Arc<Between>,
    number: u64,
    /// Present until the end.
    inner: Option<Box<dyn Transaction>>,
}

impl InterposedTransaction {
    pub(crate) fn begun(between: Arc<Between>, number: u64, inner: Box<dyn Transaction>) -> Self {
        Self { between, number, inner: Some(inner) }
    }

    pub(crate) fn call(&self, name: &'static str, arguments: String) -> Call {
        Call { name, arguments, transaction: Some(self.number) }
    }

    pub(crate) fn inner(&self) -> Result<&dyn Transaction, StoreError> {
        self.inner.as_deref().ok_or(StoreError::Invalid { rule: "the transaction has ended" })
    }

    pub(crate) async fn end_with_commit(mut self: Box<Self>) -> Result<(), StoreError> {
        let call = self.call("commit", String::new());
        // Whoever goes away before the commit is sent leaves a transaction to be rolled back.
        self.between.by.before(&call).await?;
        let Some(inner) = self.inner.take() else { return self.inner().map(drop) };
        let ended = self.between.by.commit(inner).await;
        self.between.by.after(&call, &format!("{ended:?}")).await?;
        ended
    }

    pub(crate) async fn end_with_rollback(mut self: Box<Self>) -> Result<(), StoreError> {
        let call = self.call("rollback", String::new());
        self.between.by.before(&call).await?;
        let Some(inner) = self.inner.take() else { return self.inner().map(drop) };
        let ended = inner.rollback().await;
        self.between.by.after(&call, &format!("{ended:?}")).await?;
        ended
    }
}

impl Drop for InterposedTransaction {
    fn drop(&mut self) {
        if let Some(inner) = self.inner.take() {
            self.between.by.dropped(inner);
        }
    }
}

/// Runs what is to come of a dropped transaction on a task of its own: nobody can wait in a `drop`.
/// Without a runtime the process is dying, and the store hears of it in its own way.
pub fn apart(ending: impl Future<Output = ()> + Send + 'static) {
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn(ending);
    }
}
