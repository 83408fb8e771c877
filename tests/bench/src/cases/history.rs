//! Whether it matters how much players have done before.

use serde::{Deserialize, Serialize};

use crate::{
    Failure,
    args::Args,
    ground::Ground,
    turns::{self, Measured, Turns},
};

/// Participants of a tournament.
const SIZE: u32 = 1_000;

/// Earlier tournaments of the old hands.
const EARLIER: u32 = 200;

/// Each round gives everybody two tournaments more: a handful is no history yet.
const ROUNDS_MAX: u32 = 5;

/// Newcomers, and old hands behind them.
pub(crate) const PLAYERS: u32 = 2 * SIZE;

/// The same tournament of players without and with a history.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct History {
    pub(crate) newcomers: Measured,
    pub(crate) earlier_tournaments: u32,
    pub(crate) old_hands: Measured,
    /// The median of the old hands' time by the newcomers'.
    pub(crate) ratio: f64,
}

pub(crate) async fn measure(ground: &Ground, args: &Args) -> Result<History, Failure> {
    for number in 0..EARLIER {
        let key = format!("earlier-{number}");
        let id = ground.payer.announce(&key, SIZE, SIZE..PLAYERS, number.into()).await?;
        ground.floor.pay(id).await?;
    }
    let turns = |name, players| Turns {
        name,
        payers: std::slice::from_ref(&ground.payer),
        size: SIZE,
        players,
        rounds: args.rounds(SIZE).min(ROUNDS_MAX),
    };
    let newcomers = turns::measure_one(ground, turns("newcomers", 0..SIZE)).await?;
    let old_hands = turns::measure_one(ground, turns("old-hands", SIZE..PLAYERS)).await?;
    let ratio = old_hands.guerdon.seconds / newcomers.guerdon.seconds;
    Ok(History { newcomers, earlier_tournaments: EARLIER, old_hands, ratio })
}
