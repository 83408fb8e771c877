//! Stands between one caller and the store, and makes every call a step.

use std::sync::Arc;

use async_trait::async_trait;
use interposed::{Call, Interposer};
use ports::StoreError;

use crate::board::Board;

/// Stands between one caller and the store.
pub(crate) struct Stepper {
    pub(crate) caller: usize,
    pub(crate) board: Arc<Board>,
}

#[async_trait]
impl Interposer for Stepper {
    async fn before(&self, call: &Call) -> Result<(), StoreError> {
        self.board.arrive(self.caller, call).await
    }

    async fn after(&self, call: &Call, answer: &str) -> Result<(), StoreError> {
        self.board.answered(self.caller, call, answer);
        Ok(())
    }

    async fn rolling_back(&self, _transaction: u64) {
        self.board.arrive_dropped(self.caller).await;
    }

    fn dropped(&self, _transaction: u64, rolled_back: bool) {
        self.board.dropped(self.caller, rolled_back);
    }
}
