//! Statements about awards.

use domain::{Award, AwardState, Paid, PlannedAward, PlayerId, TournamentId};
use ports::{
    StoreError, Timestamp,
    spi::{AwardOutcome, AwardRecord, Claim, ClaimScope, ClaimStates, Verdict},
};

use super::{Statement, Wanted, award_rows};
use crate::{locks::LockKey, refusal::corrupt};

impl Statement<'_> {
    /// CLAIM-3: a named player's award is waited for; CLAIM-2: the next ones never are.
    pub(crate) fn award_to_claim(&self, id: TournamentId, scope: ClaimScope) -> Wanted {
        match scope {
            ClaimScope::Player(player) if self.award(id, player).is_some() => {
                award_rows(id, [player])
            }
            ClaimScope::Player(_) | ClaimScope::Next { .. } => Wanted::new(),
        }
    }

    /// AWARD-1
    pub(crate) fn insert_awards(
        &mut self,
        id: TournamentId,
        revision: u32,
        awards: &[PlannedAward],
    ) -> Result<(), StoreError> {
        for planned in awards {
            if self.award(id, planned.player).is_some() {
                return Err(corrupt("awards", "a participant has one award of a tournament"));
            }
            self.put_award(id, planned.player, pending(revision, planned, None));
        }
        Ok(())
    }

    /// AWARD-3, AWARD-4
    pub(crate) fn upsert_awards(
        &mut self,
        id: TournamentId,
        revision: u32,
        awards: &[PlannedAward],
    ) {
        for planned in awards {
            let known = self.award(id, planned.player).cloned();
            let record = match known {
                Some(it) if is_paid_as(&it.award, planned) => {
                    AwardRecord { award: Award { revision, ..it.award }, ..it }
                }
                known => pending(revision, planned, known.and_then(|it| it.award.paid)),
            };
            self.put_award(id, planned.player, record);
        }
    }

    fn put_award(&mut self, id: TournamentId, player: PlayerId, record: AwardRecord) {
        self.draft.awards.entry(id).or_default().insert(player, record);
    }

    /// CLAIM-1 to CLAIM-3. States and locks are looked at in one step, so that an award that is
    /// being applied is either still locked or seen as applied.
    pub(crate) fn claim_awards(&mut self, id: TournamentId, claim: &Claim) -> Vec<Award> {
        match claim.scope {
            ClaimScope::Player(player) => {
                let award = self.award(id, player).map(|it| &it.award);
                award.filter(|it| is_claimable(it, claim.states)).cloned().into_iter().collect()
            }
            ClaimScope::Next { after, limit } => self.claim_next(id, after, limit, claim.states),
        }
    }

    fn claim_next(
        &mut self,
        id: TournamentId,
        after: Option<PlayerId>,
        limit: u32,
        states: ClaimStates,
    ) -> Vec<Award> {
        let awards = self.awards_behind(id, after).into_values().map(|it| &it.award);
        let claimable: Vec<_> = awards.filter(|it| is_claimable(it, states)).cloned().collect();
        let (locks, owner) = (&mut *self.locks, self.owner);
        let free = |it: &Award| locks.take_if_free(owner, LockKey::Award(id, it.planned.player));
        claimable.into_iter().filter(free).take(limit as usize).collect()
    }

    /// AWARD-2
    pub(crate) fn update_awards(
        &mut self,
        id: TournamentId,
        outcomes: &[AwardOutcome],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        outcomes.iter().try_for_each(|outcome| {
            let record = self.award_mut(id, outcome.player);
            let record = record.ok_or_else(|| corrupt("awards", "an award that is paid exists"))?;
            settle(record, &outcome.verdict, at)
        })
    }
}

fn pending(revision: u32, planned: &PlannedAward, paid: Option<Paid>) -> AwardRecord {
    let award = Award { revision, planned: planned.clone(), state: AwardState::Pending, paid };
    AwardRecord { award, applied_at: None }
}

fn is_paid_as(award: &Award, planned: &PlannedAward) -> bool {
    award.state == AwardState::Applied && award.planned == *planned
}

fn is_claimable(award: &Award, states: ClaimStates) -> bool {
    match award.state {
        AwardState::Pending => true,
        AwardState::Failed { .. } => states == ClaimStates::PendingOrFailed,
        AwardState::Applied => false,
    }
}

fn settle(record: &mut AwardRecord, verdict: &Verdict, at: Timestamp) -> Result<(), StoreError> {
    if record.award.state == AwardState::Applied {
        return Err(corrupt("awards", "an award is applied once"));
    }
    match verdict {
        Verdict::Applied(paid) => {
            record.award.paid = Some(*paid);
            record.award.state = AwardState::Applied;
            record.applied_at = Some(at);
        }
        Verdict::Failed { reason } => {
            record.award.state = AwardState::Failed { reason: reason.clone() };
        }
    }
    Ok(())
}
