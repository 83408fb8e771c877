//! Floor and Guerdon by turns, in one database, over the same results.

use std::ops::Range;

use app_service::{FinalizeOptions, Guerdon, domain::TournamentId};
use serde::Serialize;

use crate::{
    Failure, contents,
    figures::{Figures, Sample, ratio},
    floor,
    ground::{Ground, actor},
    stopwatch::Stopwatch,
};

/// What is paid by turns.
pub(crate) struct Turns<'a> {
    /// What its tournaments are called: another name for each case.
    pub(crate) name: String,
    pub(crate) guerdon: &'a Guerdon,
    /// Participants of a tournament, drawn from these players.
    pub(crate) size: u32,
    pub(crate) players: Range<u32>,
    pub(crate) rounds: u32,
}

/// What tournaments of one kind cost.
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
pub(crate) async fn measure(ground: &Ground, turns: Turns<'_>) -> Result<Measured, Failure> {
    let (mut by_hand, mut by_guerdon) = (vec![], vec![]);
    for round in 0..=turns.rounds {
        let floor = turns.announce(ground, round, Who::Floor).await?;
        let guerdon = turns.announce(ground, round, Who::Guerdon).await?;
        ground.vacuum().await?;
        // Whoever comes second finds everything in memory, so they take turns at that, too.
        let mut order = [(Who::Floor, floor), (Who::Guerdon, guerdon)];
        order.rotate_left(usize::from(round % 2 == 1));
        for (who, id) in order {
            let sample = turns.sample(ground, who, id).await?;
            match who {
                _ if round == 0 => {}
                Who::Floor => by_hand.push(sample),
                Who::Guerdon => by_guerdon.push(sample),
            }
        }
        contents::compare(ground, floor, guerdon).await?;
    }
    Ok(Measured {
        participants: turns.size,
        rounds: turns.rounds,
        floor: Figures::of(&by_hand),
        guerdon: Figures::of(&by_guerdon),
        ratio: ratio(&by_guerdon, &by_hand),
    })
}

impl Turns<'_> {
    async fn announce(
        &self,
        ground: &Ground,
        round: u32,
        who: Who,
    ) -> Result<TournamentId, Failure> {
        let key = format!("{}-{round}-{who:?}", self.name);
        ground.announce(&key, self.size, self.players.clone(), round.into()).await
    }

    async fn sample(&self, ground: &Ground, who: Who, id: TournamentId) -> Result<Sample, Failure> {
        let (wal, before) = (ground.wal_bytes().await?, ground.store.statements_total());
        let stopwatch = Stopwatch::start();
        let by_hand = match who {
            Who::Floor => floor::finalize(&ground.floor, id).await?,
            Who::Guerdon => finalize(self.guerdon, id).await.map(|()| 0)?,
        };
        let took = stopwatch.elapsed();
        Ok(Sample {
            took,
            statements: by_hand + ground.store.statements_total() - before,
            wal_bytes: ground.wal_bytes().await? - wal,
        })
    }
}

/// Pays a tournament whose results are in, to the last participant.
pub(crate) async fn finalize(guerdon: &Guerdon, id: TournamentId) -> Result<(), Failure> {
    let paid = guerdon.finalize(id, FinalizeOptions::default(), &actor()).await?;
    if !paid.is_complete() {
        return Err(format!("not everybody was paid: {paid:?}").into());
    }
    Ok(())
}
