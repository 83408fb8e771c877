//! Applies claimed awards: works out what they pay, writes it, and marks them in one transaction.

use std::collections::BTreeMap;

use domain::{Award, PlayerId, Settlement, Tournament, settle};
use ports::{
    Awards, Locked, Players, StoreError,
    spi::{AwardOutcome, Verdict},
};

use crate::tally::{FailedAward, Tally, new};

/// How a chunk is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    /// All participants at once: a fixed number of statements. The usual way.
    Together,
    /// Halving, under savepoints, whatever the store refuses, until the participant who cannot be
    /// paid is alone. The way taken after the store has refused a chunk as corrupt.
    Isolating,
}

/// Why each participant who cannot be paid cannot.
type Failures = BTreeMap<PlayerId, String>;

/// Pays every claimed award, and ends the claim. The players are locked here, in ascending id.
pub(crate) async fn apply(
    tournament: &Tournament,
    awards: Locked<'_, Awards>,
    writing: Writing,
) -> Result<Tally, StoreError> {
    if awards.as_slice().is_empty() {
        return Ok(Tally::default());
    }
    let players = awards.lock_players().await?;
    let mut failures = Failures::new();
    let settlements = settle_all(tournament, awards.as_slice(), &players, &mut failures);
    let mut tally = match writing {
        Writing::Together => write(&players, &settlements).await?,
        Writing::Isolating => isolate(&players, &settlements, &mut failures).await?,
    };
    let outcomes = outcomes(awards.as_slice(), &failures);
    awards.mark(&outcomes).await?;
    tally.applied = (outcomes.len() - failures.len()) as u64;
    tally.failed =
        failures.into_iter().map(|(player, reason)| FailedAward { player, reason }).collect();
    Ok(tally)
}

fn settle_all(
    tournament: &Tournament,
    awards: &[Award],
    players: &Players,
    failures: &mut Failures,
) -> Vec<Settlement> {
    let settle_one = |award: &Award| -> Result<Settlement, String> {
        let found = players.get(award.planned.player).ok_or("the player is not registered")?;
        let player = found.as_ref().map_err(ToString::to_string)?;
        settle(tournament.id, award, player, &tournament.policy).map_err(|it| it.to_string())
    };
    let mut settlements = Vec::with_capacity(awards.len());
    for award in awards {
        match settle_one(award) {
            Ok(settlement) => settlements.push(settlement),
            Err(reason) => drop(failures.insert(award.planned.player, reason)),
        }
    }
    settlements
}

/// The ledger comes first: what it has seen before is not paid again, and no balance moves but by
/// what it has just recorded.
async fn write(
    players: &Locked<'_, Players>,
    settlements: &[Settlement],
) -> Result<Tally, StoreError> {
    let entries: Vec<_> = settlements.iter().flat_map(|it| it.entries.iter().cloned()).collect();
    let badges: Vec<_> = settlements.iter().flat_map(|it| it.badges.iter().copied()).collect();
    let steps: Vec<_> = settlements.iter().filter_map(|it| it.step.clone()).collect();
    let progress: Vec<_> =
        settlements.iter().filter_map(|it| Some((it.player, it.progress?))).collect();

    let mut tally = Tally::default();
    if !entries.is_empty() {
        let posted = players.post_entries(&entries).await?;
        tally.entries_posted = new(&posted);
        tally.entries_replayed = posted.len() as u64 - tally.entries_posted;
        tally.count_amounts(&entries, &posted);
    }
    if !badges.is_empty() {
        tally.badges_awarded = new(&players.award_badges(&badges).await?);
    }
    if !steps.is_empty() {
        tally.steps_recorded = new(&players.record_steps(&steps).await?);
    }
    if !progress.is_empty() {
        players.save_progress(&progress).await?;
    }
    Ok(tally)
}

/// One bad participant costs one participant. Takes about 2·k·log₂(n) rounds for k bad ones of n.
async fn isolate(
    players: &Locked<'_, Players>,
    settlements: &[Settlement],
    failures: &mut Failures,
) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    let mut rest = vec![settlements];
    while let Some(some) = rest.pop() {
        let savepoint = players.savepoint().await?;
        match write(players, some).await {
            Ok(written) => {
                savepoint.release().await?;
                tally.add(written);
            }
            Err(error @ StoreError::Corrupt { .. }) => {
                savepoint.rollback().await?;
                if let [alone] = some {
                    failures.insert(alone.player, error.to_string());
                } else {
                    let (left, right) = some.split_at(some.len() / 2);
                    rest.extend([right, left]);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(tally)
}

fn outcomes(awards: &[Award], failures: &Failures) -> Vec<AwardOutcome> {
    let outcome = |award: &Award| {
        let player = award.planned.player;
        let verdict = match failures.get(&player) {
            Some(reason) => Verdict::Failed { reason: reason.clone() },
            None => Verdict::Applied,
        };
        AwardOutcome { player, verdict }
    };
    awards.iter().map(outcome).collect()
}
