//! A tournament and the way it goes.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Hash256, RewardPolicy, TournamentId};

/// A tournament as stored: the root of every lock.
#[derive(Debug, Clone, PartialEq)]
pub struct Tournament {
    /// Its id, made of `key`.
    pub id: TournamentId,
    /// The natural identity: what the outside world calls this tournament, for ever.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Where it stands.
    pub status: TournamentStatus,
    /// Number of the last recorded change; 0 when there is none.
    pub change_seq: u32,
    /// What its placements are worth. Fixed by freezing.
    pub policy: RewardPolicy,
    /// 0 for the first plan; each correction adds one.
    pub revision: u32,
    /// Names the results as submitted; `None` before.
    pub results_hash: Option<Hash256>,
    /// Competing participants (teams in a team tournament); 0 before results.
    pub field_size: u32,
    /// Names the frozen plan; `None` before freezing.
    pub plan_hash: Option<Hash256>,
}

/// A tournament to be announced.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTournament {
    /// Made of `key`, so that creating it again finds the same tournament.
    pub id: TournamentId,
    /// The natural identity: what the outside world calls this tournament, for ever.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What its placements are worth.
    pub policy: RewardPolicy,
}

impl NewTournament {
    /// A tournament called `name` under the [standard policy](RewardPolicy::standard).
    #[must_use]
    pub fn new(key: impl Into<String>, name: impl Into<String>) -> Self {
        let key = key.into();
        let policy = RewardPolicy::standard();
        Self { id: TournamentId::of(&key), key, name: name.into(), policy }
    }

    /// The same tournament under another policy.
    #[must_use]
    pub fn with_policy(self, policy: RewardPolicy) -> Self {
        Self { policy, ..self }
    }
}

/// Where a tournament stands.
///
/// `scheduled → in_progress → completed → rewards_distributed → archived`; `cancelled` can be
/// reached before `completed`. No arrow turns back, but for a correction: it opens books again that
/// were closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TournamentStatus {
    /// Announced; no results yet.
    Scheduled,
    /// Results are in and may still be replaced.
    InProgress,
    /// Frozen, being paid.
    Completed,
    /// Every award is in the ledger.
    RewardsDistributed,
    /// Put away; nothing changes any more.
    Archived,
    /// Called off before anything was frozen; nobody is paid.
    Cancelled,
}

/// An arrow that the status machine does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a tournament that is {from} cannot become {to}")]
pub struct IllegalTransition {
    /// Where it stands.
    pub from: TournamentStatus,
    /// Where it was to go.
    pub to: TournamentStatus,
}

impl TournamentStatus {
    /// Every status, in the order of the machine.
    pub const ALL: [Self; 6] = [
        Self::Scheduled,
        Self::InProgress,
        Self::Completed,
        Self::RewardsDistributed,
        Self::Archived,
        Self::Cancelled,
    ];

    /// Goes to `to`, if the machine has that arrow.
    pub fn advance(self, to: Self) -> Result<Self, IllegalTransition> {
        use TournamentStatus as S;
        let legal = matches!(
            (self, to),
            (S::Scheduled, S::InProgress | S::Cancelled)
                | (S::InProgress, S::Completed | S::Cancelled)
                | (S::Completed, S::RewardsDistributed)
                | (S::RewardsDistributed, S::Archived)
        );
        legal.then_some(to).ok_or(IllegalTransition { from: self, to })
    }

    /// Takes results in: the first ones, or others in their place while nothing is frozen.
    pub fn accept_results(self) -> Result<Self, IllegalTransition> {
        match self {
            Self::InProgress => Ok(self),
            _ => self.advance(Self::InProgress),
        }
    }

    /// Opens the books for a correction: what it changes is to be paid.
    pub fn reopen(self) -> Result<Self, IllegalTransition> {
        match self {
            Self::Completed | Self::RewardsDistributed => Ok(Self::Completed),
            _ => Err(IllegalTransition { from: self, to: Self::Completed }),
        }
    }

    /// Whether a plan has been frozen: the gate that a second finalize does not pass.
    #[must_use]
    pub fn is_frozen(self) -> bool {
        matches!(self, Self::Completed | Self::RewardsDistributed | Self::Archived)
    }

    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::RewardsDistributed => "rewards_distributed",
            Self::Archived => "archived",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the stored name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

impl std::fmt::Display for TournamentStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_has_exactly_six_arrows() {
        let all = TournamentStatus::ALL;
        let arrows = all.iter().flat_map(|from| all.iter().map(move |to| from.advance(*to)));

        assert_eq!(arrows.flatten().count(), 6);
    }

    #[test]
    fn every_name_reads_back() {
        for status in TournamentStatus::ALL {
            assert_eq!(TournamentStatus::parse(status.as_str()), Some(status));
        }
    }
}
