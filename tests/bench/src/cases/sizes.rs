//! How time grows with participants, and what goes over the wire.

use serde::{Deserialize, Serialize};

use crate::{
    Failure,
    args::Args,
    ground::Ground,
    traffic::{Compared, Tapped},
    turns::{self, Measured, Turns},
};

/// What is said in a larger one repeats itself, and takes minutes.
const COUNTED_MAX: u32 = 100_000;

/// From here on growth is looked at: below, a tournament is mostly what every one costs.
const GROWING: u32 = 1_000;

/// And up to here: beyond, the database is larger than the server's memory.
const GROWN: u32 = 100_000;

/// Tournaments of each size.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Sizes {
    pub(crate) measured: Vec<Measured>,
    pub(crate) traffic: Vec<Compared>,
}

impl Sizes {
    /// What a tournament of so many cost.
    pub(crate) fn of(&self, participants: u32) -> Option<&Measured> {
        self.measured.iter().find(|it| it.participants == participants)
    }

    /// The power of participants with which `seconds` grow.
    pub(crate) fn growth(&self, seconds: impl Fn(&Measured) -> f64) -> Option<f64> {
        let large =
            || self.measured.iter().filter(|it| (GROWING..=GROWN).contains(&it.participants));
        let first = large().min_by_key(|it| it.participants)?;
        let last = large().max_by_key(|it| it.participants)?;
        let times = f64::from(last.participants) / f64::from(first.participants);
        (times > 1.0).then(|| (seconds(last) / seconds(first)).ln() / times.ln())
    }
}

pub(crate) async fn measure(ground: &Ground, args: &Args) -> Result<Sizes, Failure> {
    let mut measured = vec![];
    for size in args.sizes() {
        let turns = Turns {
            name: &format!("of-{size}"),
            payers: std::slice::from_ref(&ground.payer),
            size,
            players: 0..args.size_max(),
            rounds: args.rounds(size),
        };
        measured.push(turns::measure_one(ground, turns).await?);
    }
    let traffic = count(ground, args).await?;
    Ok(Sizes { measured, traffic })
}

async fn count(ground: &Ground, args: &Args) -> Result<Vec<Compared>, Failure> {
    let tapped = Tapped::beside(ground, "sizes", args.settings()).await?;
    let mut traffic = vec![];
    for size in args.sizes().into_iter().filter(|it| *it <= COUNTED_MAX) {
        traffic.push(tapped.compare(size).await?);
    }
    Ok(traffic)
}
