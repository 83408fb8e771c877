//! Whether it matters how much players have done before.

use serde::Serialize;

use crate::{
    Failure,
    args::Args,
    floor,
    ground::Ground,
    turns::{self, Measured, Turns},
};

/// Participants of a tournament.
const SIZE: u32 = 1_000;

/// Earlier tournaments of the old hands.
const EARLIER: u32 = 200;

/// Newcomers, and old hands behind them.
pub(crate) const PLAYERS: u32 = 2 * SIZE;

/// The same tournament of players without and with a history.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct History {
    pub(crate) newcomers: Measured,
    pub(crate) earlier_tournaments: u32,
    pub(crate) old_hands: Measured,
    /// The median of the old hands' time by the newcomers'.
    pub(crate) ratio: f64,
}

/// Each round gives everybody two tournaments more: a handful is no history yet.
pub(crate) async fn measure(ground: &Ground, args: &Args) -> Result<History, Failure> {
    for number in 0..EARLIER {
        let key = format!("earlier-{number}");
        let id = ground.announce(&key, SIZE, SIZE..PLAYERS, number.into()).await?;
        floor::finalize(&ground.floor, id).await?;
    }
    let turns = |name: &str, players| Turns {
        name: name.to_owned(),
        guerdon: &ground.guerdon,
        size: SIZE,
        players,
        rounds: args.rounds(SIZE).min(5),
    };
    let newcomers = turns::measure(ground, turns("newcomers", 0..SIZE)).await?;
    let old_hands = turns::measure(ground, turns("old-hands", SIZE..PLAYERS)).await?;
    let ratio = old_hands.guerdon.seconds / newcomers.guerdon.seconds;
    Ok(History { newcomers, earlier_tournaments: EARLIER, old_hands, ratio })
}
