//! What more workers bring to a large tournament. The floor has one connection throughout.

use app_service::Settings;
use serde::{Deserialize, Serialize};

use crate::{
    Failure,
    args::Args,
    ground::Ground,
    turns::{self, Measured, Turns},
};

/// So many workers.
const WORKERS: [u32; 3] = [1, 2, 4];

/// What a tournament costs with so many workers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Workers {
    pub(crate) workers: u32,
    #[serde(flatten)]
    pub(crate) measured: Measured,
}

/// All of them and the floor take turns, in the same rounds.
pub(crate) async fn measure(ground: &Ground, args: &Args) -> Result<Vec<Workers>, Failure> {
    let size = args.size_usual();
    let with = |workers| Settings { workers, ..Settings::default() };
    let turns = Turns {
        name: "workers",
        payers: &WORKERS.map(|it| ground.payer.with_settings(with(it))),
        size,
        players: 0..size,
        rounds: args.rounds(size),
    };
    let measured = turns::measure(ground, turns).await?;
    let each = WORKERS.into_iter().zip(measured);
    Ok(each.map(|(workers, measured)| Workers { workers, measured }).collect())
}
