//! What more workers bring to the largest tournament. The floor has one connection throughout.

use app_service::Settings;
use serde::Serialize;

use crate::{
    Failure,
    args::Args,
    ground::Ground,
    turns::{self, Measured, Turns},
};

/// So many workers.
const WORKERS: [u32; 3] = [1, 2, 4];

/// What a tournament costs with so many workers.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Workers {
    pub(crate) workers: u32,
    #[serde(flatten)]
    pub(crate) measured: Measured,
}

pub(crate) async fn measure(ground: &Ground, args: &Args) -> Result<Vec<Workers>, Failure> {
    let size = args.size_max();
    let mut measured = vec![];
    for workers in WORKERS {
        let settings = Settings { workers, ..args.settings() };
        let turns = Turns {
            name: format!("by-{workers}"),
            guerdon: &ground.guerdon.clone().with_settings(settings),
            size,
            players: 0..size,
            rounds: args.rounds(size),
        };
        measured.push(Workers { workers, measured: turns::measure(ground, turns).await? });
    }
    Ok(measured)
}
