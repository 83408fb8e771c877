//! A tournament that is paid, asked for once more.

use app_service::{DistributeScope, GuerdonError, ProgressListener, domain::TournamentId};
use serde::{Deserialize, Serialize};

use crate::{
    Failure,
    args::Args,
    ground::Ground,
    payer::{Payer, actor},
    stopwatch::Stopwatch,
    traffic::{Tapped, Traffic},
};

const SIZE: u32 = 1_000;

/// What it costs to be told that there is nothing to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Repeated {
    pub(crate) traffic: Traffic,
    pub(crate) seconds: f64,
}

pub(crate) async fn measure(ground: &Ground, args: &Args) -> Result<Repeated, Failure> {
    let id = ground.payer.announce("repeated", SIZE, 0..SIZE, 0).await?;
    ground.payer.pay(id).await?;
    ask_again(&ground.payer, id).await?;
    let stopwatch = Stopwatch::start();
    ask_again(&ground.payer, id).await?;
    let seconds = stopwatch.elapsed().as_secs_f64();
    let tapped = Tapped::beside(ground, "repeated", args.settings()).await?;
    ask_again(&tapped.payer, id).await?;
    let traffic = tapped.count(async { ask_again(&tapped.payer, id).await.map(|()| 0) }).await?;
    Ok(Repeated { traffic, seconds })
}

async fn ask_again(payer: &Payer, id: TournamentId) -> Result<(), Failure> {
    let (everybody, nobody) = (DistributeScope::default(), ProgressListener::default());
    match payer.guerdon.distribute(id, everybody, &nobody, &actor()).await {
        Err(GuerdonError::Conflict { .. }) => Ok(()),
        other => Err(format!("paid twice? {other:?}").into()),
    }
}
