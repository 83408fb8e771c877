//! What a distribution did, counted.

use domain::{Currency, NewEntry, PlayerId, TournamentStatus};
use ports::spi::Recorded;
use serde::{Deserialize, Serialize};

use crate::TournamentSummary;

/// One run over one tournament, and its outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[must_use = "somebody may not have been paid"]
pub struct Distribution {
    /// The tournament afterwards, with everything that has been paid, by whomever.
    pub tournament: TournamentSummary,
    /// Participants whom this call paid.
    pub applied: u64,
    /// Participants whom this call could not pay, and why. Everybody else was paid.
    pub failed: Vec<FailedAward>,
    /// Ledger entries that this call posted.
    pub entries_posted: u64,
    /// Ledger entries that were there already.
    pub entries_replayed: u64,
    /// XP that this call posted.
    pub xp_posted: i64,
    /// Credits that this call posted.
    pub credits_posted: i64,
    /// Levels that this call lifted somebody to for the first time.
    pub levels_reached: u64,
    /// Badges that this call awarded.
    pub badges_awarded: u64,
    /// Badges that this call took away, after a correction.
    pub badges_revoked: u64,
    /// Steps of players' histories that this call recorded.
    pub steps_recorded: u64,
    /// Steps that this call took again, after a correction.
    pub steps_retaken: u64,
}

/// A participant who could not be paid; asking for failed ones again retries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedAward {
    /// Who.
    pub player: PlayerId,
    /// What was in the way.
    pub reason: String,
}

/// The counts of one or several chunks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub(crate) applied: u64,
    pub(crate) failed: Vec<FailedAward>,
    pub(crate) entries_posted: u64,
    pub(crate) entries_replayed: u64,
    pub(crate) xp_posted: i64,
    pub(crate) credits_posted: i64,
    pub(crate) levels_reached: u64,
    pub(crate) badges_awarded: u64,
    pub(crate) badges_revoked: u64,
    pub(crate) steps_recorded: u64,
    pub(crate) steps_retaken: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Self) {
        self.applied += other.applied;
        self.failed.extend(other.failed);
        self.entries_posted += other.entries_posted;
        self.entries_replayed += other.entries_replayed;
        self.xp_posted = self.xp_posted.saturating_add(other.xp_posted);
        self.credits_posted = self.credits_posted.saturating_add(other.credits_posted);
        self.levels_reached += other.levels_reached;
        self.badges_awarded += other.badges_awarded;
        self.badges_revoked += other.badges_revoked;
        self.steps_recorded += other.steps_recorded;
        self.steps_retaken += other.steps_retaken;
    }

    /// Adds up the entries that are new.
    pub(crate) fn count_amounts(&mut self, entries: &[NewEntry], posted: &[Recorded]) {
        let posted = entries.iter().zip(posted).filter(|(_, it)| **it == Recorded::New);
        for (entry, _) in posted {
            match entry.currency {
                Currency::Xp => self.xp_posted = self.xp_posted.saturating_add(entry.amount),
                Currency::Credit => {
                    self.credits_posted = self.credits_posted.saturating_add(entry.amount);
                }
                // What repays a debt is paid, too.
                Currency::Debt => {
                    self.credits_posted = self.credits_posted.saturating_sub(entry.amount);
                }
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.applied == 0 && self.failed.is_empty()
    }

    pub(crate) fn into_distribution(self, tournament: TournamentSummary) -> Distribution {
        Distribution {
            tournament,
            applied: self.applied,
            failed: self.failed,
            entries_posted: self.entries_posted,
            entries_replayed: self.entries_replayed,
            xp_posted: self.xp_posted,
            credits_posted: self.credits_posted,
            levels_reached: self.levels_reached,
            badges_awarded: self.badges_awarded,
            badges_revoked: self.badges_revoked,
            steps_recorded: self.steps_recorded,
            steps_retaken: self.steps_retaken,
        }
    }
}

impl Distribution {
    /// Whether nobody is left unpaid.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.tournament.status == TournamentStatus::RewardsDistributed
    }
}

/// How many of `recorded` are new.
pub(crate) fn new(recorded: &[Recorded]) -> u64 {
    recorded.iter().filter(|it| **it == Recorded::New).count() as u64
}
