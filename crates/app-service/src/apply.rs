//! Applies claimed awards: works out what they pay, writes it, and marks them in one transaction.

mod rounds;

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Award, BadgeChanges, Career, History, LevelUp, NewBadge, NewEntry, PlayerEvent, PlayerId,
    Replays, Settlement, SkillStep, Tournament, resettle, settle,
};
use ports::{
    Awards, Careers, Locked, Players, StoreError,
    spi::{AwardOutcome, CorrectionRef, Recorded, RetakenSteps, ToldProgress, Verdict},
};

use self::rounds::rounds;
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
    let careers = players.careers(tournament.id, &corrected(awards.as_slice(), &players)).await?;
    let scene = Scene { tournament, players: &players, careers: &careers };
    let mut failures = Failures::new();
    let settlements = scene.settle_all(awards.as_slice(), &mut failures);
    let mut tally = match writing {
        Writing::Together => scene.write(&settlements).await?,
        Writing::Isolating => scene.isolate(&settlements, &mut failures).await?,
    };
    let outcomes = outcomes(awards.as_slice(), &settlements, &failures);
    awards.mark(&outcomes).await?;
    tally.applied = (outcomes.len() - failures.len()) as u64;
    tally.failed =
        failures.into_iter().map(|(player, reason)| FailedAward { player, reason }).collect();
    Ok(tally)
}

/// Those whose award was applied before, in an older revision.
fn corrected(awards: &[Award], players: &Players) -> Vec<PlayerId> {
    let before = awards.iter().filter(|it| it.paid.is_some()).map(|it| it.planned.player);
    before.filter(|it| players.get(*it).is_some_and(Result::is_ok)).collect()
}

/// What is looked at and written to while a chunk is applied.
struct Scene<'a, 'uow> {
    tournament: &'a Tournament,
    players: &'a Locked<'uow, Players>,
    careers: &'a Careers,
}

impl Scene<'_, '_> {
    fn settle_all(&self, awards: &[Award], failures: &mut Failures) -> Vec<Settlement> {
        let mut settlements = Vec::with_capacity(awards.len());
        for award in awards {
            match self.settle_one(award) {
                Ok(settlement) => settlements.push(settlement),
                Err(reason) => drop(failures.insert(award.planned.player, reason)),
            }
        }
        settlements
    }

    fn settle_one(&self, award: &Award) -> Result<Settlement, String> {
        let id = award.planned.player;
        let found = self.players.get(id).ok_or("the player is not registered")?;
        let player = found.as_ref().map_err(ToString::to_string)?;
        let Tournament { id: tournament, policy, .. } = self.tournament;
        let settled = if award.paid.is_none() {
            settle(*tournament, award, player, policy)
        } else {
            let nothing = Career::default();
            let career = self.careers.by_player.get(&id).unwrap_or(&nothing);
            resettle(*tournament, award, player, career, &self.careers.policies)
        };
        settled.map_err(|it| it.to_string())
    }

    /// The ledger comes first: what it has seen before is not paid again, and no balance moves but
    /// by what it has just recorded.
    async fn write(&self, settlements: &[Settlement]) -> Result<Tally, StoreError> {
        let players = self.players;
        let batch = Batch::of(settlements);
        let (mut tally, mut replays) = (Tally::default(), Replays::default());
        for entries in rounds(batch.entries) {
            let posted = players.post_entries(&entries).await?;
            let new = new(&posted);
            tally.entries_posted += new;
            tally.entries_replayed += posted.len() as u64 - new;
            tally.count_amounts(&entries, &posted);
            replays.entries.extend(replayed(&entries, &posted).map(|it| it.key.clone()));
        }
        if !batch.level_ups.is_empty() {
            let reached = players.record_level_ups(&batch.level_ups).await?;
            tally.levels_reached = new(&reached);
            let known = replayed(&batch.level_ups, &reached);
            replays.levels.extend(known.map(|it| (it.player, it.level)));
        }
        replays.badges = self.write_badges(&batch.badges, &mut tally).await?;
        if !batch.steps.is_empty() {
            tally.steps_recorded = new(&players.record_steps(&batch.steps).await?);
        }
        if !batch.retaken.is_empty() {
            players.retake_steps(&batch.retaken).await?;
            tally.steps_retaken = batch.retaken.iter().map(|it| it.steps.len() as u64).sum();
        }
        let progress = self.told(settlements, &replays);
        if !progress.is_empty() {
            players.save_progress(&progress).await?;
        }
        Ok(tally)
    }

    /// Badges are revoked before others are awarded, because one that is had once in a life may move
    /// from one tournament to another. Answers those of the awarded that were had already.
    async fn write_badges(
        &self,
        badges: &BadgeChanges,
        tally: &mut Tally,
    ) -> Result<BTreeSet<NewBadge>, StoreError> {
        let BadgeChanges { awarded, revoked, restored } = badges;
        if !revoked.is_empty() {
            let Tournament { id: tournament, revision, .. } = *self.tournament;
            let by = CorrectionRef { tournament, revision };
            self.players.revoke_badges(revoked, by).await?;
            tally.badges_revoked += revoked.len() as u64;
        }
        if !restored.is_empty() {
            self.players.restore_badges(restored).await?;
            tally.badges_awarded += restored.len() as u64;
        }
        if awarded.is_empty() {
            return Ok(BTreeSet::new());
        }
        let recorded = self.players.award_badges(awarded).await?;
        tally.badges_awarded += new(&recorded);
        Ok(replayed(awarded, &recorded).copied().collect())
    }

    /// Everybody's counters, and what they are told of all that was written.
    fn told(&self, settlements: &[Settlement], replays: &Replays) -> Vec<ToldProgress> {
        let told = |it: &Settlement| ToldProgress {
            progress: it.progress,
            event: PlayerEvent::rewarded(self.tournament.id, it, replays),
        };
        settlements.iter().map(told).collect()
    }

    /// One bad participant costs one participant. Takes about 2·k·log₂(n) rounds for k bad ones
    /// of n.
    async fn isolate(
        &self,
        settlements: &[Settlement],
        failures: &mut Failures,
    ) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        let mut rest = vec![settlements];
        while let Some(some) = rest.pop() {
            let savepoint = self.players.savepoint().await?;
            match self.write(some).await {
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
}

/// Those that had been recorded before.
fn replayed<'a, T>(all: &'a [T], recorded: &'a [Recorded]) -> impl Iterator<Item = &'a T> {
    let each = all.iter().zip(recorded);
    each.filter(|it| *it.1 == Recorded::Replayed).map(|it| it.0)
}

/// What settlements write, table by table.
#[derive(Default)]
struct Batch {
    entries: Vec<NewEntry>,
    level_ups: Vec<LevelUp>,
    badges: BadgeChanges,
    steps: Vec<SkillStep>,
    retaken: Vec<RetakenSteps>,
}

impl Batch {
    fn of(settlements: &[Settlement]) -> Self {
        let mut batch = Self::default();
        for settlement in settlements {
            let player = settlement.player;
            batch.entries.extend(settlement.entries.iter().cloned());
            batch.level_ups.extend(&settlement.level_ups);
            batch.badges.revoked.extend(&settlement.badges.revoked);
            batch.badges.restored.extend(&settlement.badges.restored);
            batch.badges.awarded.extend(&settlement.badges.awarded);
            match &settlement.history {
                History::Continued(step) => batch.steps.push(step.clone()),
                History::Retaken { steps, profile } => {
                    let (steps, profile) = (steps.clone(), profile.clone());
                    batch.retaken.push(RetakenSteps { player, steps, profile });
                }
            }
        }
        batch
    }
}

fn outcomes(
    awards: &[Award],
    settlements: &[Settlement],
    failures: &Failures,
) -> Vec<AwardOutcome> {
    let paid: BTreeMap<_, _> = settlements.iter().map(|it| (it.player, it.paid)).collect();
    let outcome = |award: &Award| {
        let player = award.planned.player;
        let reason = || failures.get(&player).cloned().unwrap_or_default();
        let verdict = match paid.get(&player).filter(|_| !failures.contains_key(&player)) {
            Some(paid) => Verdict::Applied(*paid),
            None => Verdict::Failed { reason: reason() },
        };
        AwardOutcome { player, verdict }
    };
    awards.iter().map(outcome).collect()
}
