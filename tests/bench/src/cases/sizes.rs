//! How time grows with participants.

use crate::{
    Failure,
    args::Args,
    ground::Ground,
    turns::{self, Measured, Turns},
};

pub(crate) async fn measure(ground: &Ground, args: &Args) -> Result<Vec<Measured>, Failure> {
    let mut measured = vec![];
    for size in &args.sizes {
        let turns = Turns {
            name: format!("of-{size}"),
            guerdon: &ground.guerdon,
            size: *size,
            players: 0..args.size_max(),
            rounds: args.rounds(*size),
        };
        measured.push(turns::measure(ground, turns).await?);
    }
    Ok(measured)
}
