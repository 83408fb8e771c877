//! A tournament that is paid, asked for once more.

use app_service::{FinalizeOptions, GuerdonError};
use serde::Serialize;

use crate::{
    Failure,
    ground::{Ground, actor},
    stopwatch::Stopwatch,
    turns,
};

const SIZE: u32 = 1_000;

/// What it costs to be told that there is nothing to do.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Repeated {
    /// Each is a round trip.
    pub(crate) statements: u64,
    pub(crate) seconds: f64,
}

pub(crate) async fn measure(ground: &Ground) -> Result<Repeated, Failure> {
    let id = ground.announce("repeated", SIZE, 0..SIZE, 0).await?;
    turns::finalize(&ground.guerdon, id).await?;
    let before = ground.store.statements_total();
    let stopwatch = Stopwatch::start();
    let again = ground.guerdon.finalize(id, FinalizeOptions::default(), &actor()).await;
    let seconds = stopwatch.elapsed().as_secs_f64();
    match again {
        Err(GuerdonError::Conflict { .. }) => {}
        other => return Err(format!("paid twice? {other:?}").into()),
    }
    Ok(Repeated { statements: ground.store.statements_total() - before, seconds })
}
