//! Stands between one caller and the store, and makes every call a step.

use std::sync::Arc;

use async_trait::async_trait;
use interposed::{Call, Interposer, apart};
use ports::{StoreError, spi::Transaction};

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

    /// In the open, so that the scheduler says when, and knows when the locks are free.
    fn dropped(&self, tx: Box<dyn Transaction>) {
        let (caller, board) = (self.caller, Arc::clone(&self.board));
        board.dropped(caller, false);
        apart(async move {
            board.arrive_dropped(caller).await;
            // A session that is gone has been rolled back by its server.
            let _ = tx.rollback().await;
            board.dropped(caller, true);
        });
    }
}
