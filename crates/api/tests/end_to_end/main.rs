//! The service as the typed client sees it, over a real socket, on a store in memory and on SQLite.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod correcting;
mod lists;
mod scheduling;
mod season;
mod served;
mod shapes;
mod spending;
mod telling;

/// Runs each scenario on both stores.
macro_rules! on_both_stores {
    ($($scenario:ident)+) => {$(
        mod $scenario {
            use crate::served::Served;

            #[tokio::test]
            async fn in_memory() {
                super::$scenario(Served::in_memory().await).await;
            }

            #[tokio::test]
            async fn on_sqlite() {
                super::$scenario(Served::on_sqlite().await).await;
            }
        }
    )+};
}

pub(crate) use on_both_stores;
