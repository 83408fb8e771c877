//! Floor and Guerdon by turns, in one database, over the same results.

use app_service::{FinalizeOptions, domain::TournamentId};
use serde::Serialize;

use crate::{
    Failure, contents, field,
    figures::{Figures, Sample, ratio},
    floor,
    ground::{Ground, actor},
    stopwatch::Stopwatch,
};

/// What tournaments of one size cost.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Measured {
    pub(crate) participants: u32,
    pub(crate) rounds: u32,
    pub(crate) floor: Figures,
    pub(crate) guerdon: Figures,
    /// The median of Guerdon's time by the floor's, round by round.
    pub(crate) ratio: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Floor,
    Guerdon,
}

/// One round more than is counted: the first one warms up.
pub(crate) async fn measure(ground: &Ground, size: u32, rounds: u32) -> Result<Measured, Failure> {
    let (mut by_hand, mut by_guerdon) = (vec![], vec![]);
    for round in 0..=rounds {
        let (by, id) = (field::key(size, round, "floor"), field::key(size, round, "guerdon"));
        let by = ground.announce(by, size, round.into()).await?;
        let id = ground.announce(id, size, round.into()).await?;
        ground.vacuum().await?;
        // Whoever comes second finds everything in memory, so they take turns at that, too.
        let turns =
            if round % 2 == 0 { [Who::Floor, Who::Guerdon] } else { [Who::Guerdon, Who::Floor] };
        for who in turns {
            let sample = sample(ground, who, if who == Who::Floor { by } else { id }).await?;
            match who {
                _ if round == 0 => {}
                Who::Floor => by_hand.push(sample),
                Who::Guerdon => by_guerdon.push(sample),
            }
        }
        contents::compare(ground, by, id).await?;
    }
    Ok(Measured {
        participants: size,
        rounds,
        floor: Figures::of(&by_hand),
        guerdon: Figures::of(&by_guerdon),
        ratio: ratio(&by_guerdon, &by_hand),
    })
}

async fn sample(ground: &Ground, who: Who, id: TournamentId) -> Result<Sample, Failure> {
    let (wal, before) = (ground.wal_bytes().await?, ground.store.statements_total());
    let stopwatch = Stopwatch::start();
    let by_hand = match who {
        Who::Floor => floor::finalize(&ground.floor, id).await?,
        Who::Guerdon => {
            let paid = ground.guerdon.finalize(id, FinalizeOptions::default(), &actor()).await?;
            if !paid.is_complete() {
                return Err(format!("not everybody was paid: {paid:?}").into());
            }
            0
        }
    };
    let took = stopwatch.elapsed();
    Ok(Sample {
        took,
        statements: by_hand + ground.store.statements_total() - before,
        wal_bytes: ground.wal_bytes().await? - wal,
    })
}
