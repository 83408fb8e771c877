//! Floor and Guerdon by turns, over the same results.

use std::{iter, ops::Range};

use app_service::domain::TournamentId;
use serde::{Deserialize, Serialize};

use crate::{
    Failure, contents,
    figures::{Figures, Sample, ratio},
    ground::Ground,
    payer::Payer,
    stopwatch::Stopwatch,
};

/// The size from which one tournament is enough: it takes minutes, and warms up by itself.
const LARGE: u32 = 1_000_000;

/// What is paid by turns.
pub(crate) struct Turns<'a> {
    /// What its tournaments are called: another name for each case.
    pub(crate) name: &'a str,
    /// Those who pay besides the floor.
    pub(crate) payers: &'a [Payer],
    /// Participants of a tournament, drawn from these players.
    pub(crate) size: u32,
    pub(crate) players: Range<u32>,
    pub(crate) rounds: u32,
}

/// What tournaments of one kind cost.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Measured {
    pub(crate) participants: u32,
    pub(crate) rounds: u32,
    pub(crate) floor: Figures,
    pub(crate) guerdon: Figures,
    /// The median of Guerdon's time by the floor's, round by round.
    pub(crate) ratio: f64,
}

/// What one who pays has taken, round by round.
type Samples = Vec<Sample>;

/// The only payer of `turns`.
pub(crate) async fn measure_one(ground: &Ground, turns: Turns<'_>) -> Result<Measured, Failure> {
    let mut measured = measure(ground, turns).await?;
    Ok(measured.pop().ok_or("nobody pays")?)
}

/// Every payer, beside the floor of the same rounds. One round more than is counted: the first one
/// warms up.
pub(crate) async fn measure(ground: &Ground, turns: Turns<'_>) -> Result<Vec<Measured>, Failure> {
    let mut samples = vec![Samples::new(); turns.everybody().count()];
    let warm_up = u32::from(turns.size < LARGE);
    for round in 0..turns.rounds + warm_up {
        let taken = turns.round(ground, round).await?;
        if round >= warm_up {
            samples.iter_mut().zip(taken).for_each(|(samples, it)| samples.push(it));
        }
    }
    let mut samples = samples.into_iter();
    let floor = samples.next().unwrap_or_default();
    Ok(samples.map(|guerdon| turns.measured(&floor, &guerdon)).collect())
}

impl Turns<'_> {
    /// The floor, which is `None`, and the payers.
    fn everybody(&self) -> impl Iterator<Item = Option<&Payer>> {
        iter::once(None).chain(self.payers.iter().map(Some))
    }

    /// A tournament for everybody. Whoever comes second finds everything in memory, so they take
    /// turns at that, too.
    async fn round(&self, ground: &Ground, round: u32) -> Result<Samples, Failure> {
        let mut announced = vec![];
        for (number, payer) in self.everybody().enumerate() {
            let key = format!("{}-{round}-{number}", self.name);
            let on = payer.unwrap_or(&ground.payer);
            announced.push(on.announce(&key, self.size, self.players.clone(), round.into()).await?);
        }
        ground.vacuum().await?;
        let mut order: Vec<_> = self.everybody().zip(&announced).enumerate().collect();
        order.rotate_left(round as usize % announced.len());
        let mut samples = vec![];
        for (number, (payer, id)) in order {
            samples.push((number, sample(ground, payer, *id).await?));
        }
        for (payer, id) in self.payers.iter().zip(&announced[1..]) {
            if payer.is_on_postgres() {
                contents::compare(ground, announced[0], *id).await?;
            }
        }
        samples.sort_by_key(|it| it.0);
        Ok(samples.into_iter().map(|it| it.1).collect())
    }

    fn measured(&self, floor: &[Sample], guerdon: &[Sample]) -> Measured {
        Measured {
            participants: self.size,
            rounds: self.rounds,
            floor: Figures::of(floor),
            guerdon: Figures::of(guerdon),
            ratio: ratio(guerdon, floor),
        }
    }
}

async fn sample(
    ground: &Ground,
    payer: Option<&Payer>,
    id: TournamentId,
) -> Result<Sample, Failure> {
    let wal = ground.wal_bytes().await?;
    let stopwatch = Stopwatch::start();
    match payer {
        Some(payer) => payer.pay(id).await?,
        None => ground.floor.pay(id).await.map(drop)?,
    }
    let took = stopwatch.elapsed();
    Ok(Sample { took, wal_bytes: ground.wal_bytes().await? - wal })
}
