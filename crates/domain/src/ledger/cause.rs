//! Why a balance moves.

use crate::{ChargeId, RefundId, TournamentId};

/// Why an entry exists. Together with player and currency it makes the entry's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// What an award pays; of a revision behind the first, what a correction changes about it.
    Award {
        /// Of which tournament.
        tournament: TournamentId,
        /// Of which plan: 0 for the first.
        revision: u32,
    },
    /// A level was reached for the first time.
    LevelUp {
        /// By which tournament.
        tournament: TournamentId,
        /// Which level.
        level: u32,
    },
    /// The player spends, or gets back what was charged.
    Charge {
        /// Which charge.
        charge: ChargeId,
        /// What happened to it.
        step: ChargeStep,
    },
}

/// What happens to a charge, and moves credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChargeStep {
    /// Charged for good, at once.
    Spend,
    /// Set aside.
    Hold,
    /// What was set aside is charged; the rest comes back.
    Settle,
    /// What was set aside comes back.
    Release,
    /// The same, because nobody has settled it in time.
    Expire,
    /// Some of what was charged comes back.
    Refund(RefundId),
}

impl Cause {
    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Award { revision: 0, .. } => "award",
            Self::Award { .. } => "correction",
            Self::LevelUp { .. } => "level_up",
            Self::Charge { step, .. } => step.as_str(),
        }
    }

    /// The tournament behind it, if there is one.
    #[must_use]
    pub fn tournament(&self) -> Option<TournamentId> {
        match self {
            Self::Award { tournament, .. } | Self::LevelUp { tournament, .. } => Some(*tournament),
            Self::Charge { .. } => None,
        }
    }

    /// The charge behind it, if there is one.
    #[must_use]
    pub fn charge(&self) -> Option<ChargeId> {
        match self {
            Self::Charge { charge, .. } => Some(*charge),
            Self::Award { .. } | Self::LevelUp { .. } => None,
        }
    }

    /// The revision of the award behind it, if there is one.
    #[must_use]
    pub fn revision(&self) -> Option<u32> {
        match self {
            Self::Award { revision, .. } => Some(*revision),
            Self::LevelUp { .. } | Self::Charge { .. } => None,
        }
    }

    /// The level that was reached, if that is why.
    #[must_use]
    pub fn level(&self) -> Option<u32> {
        match self {
            Self::LevelUp { level, .. } => Some(*level),
            Self::Award { .. } | Self::Charge { .. } => None,
        }
    }

    /// The refund, if it is one.
    #[must_use]
    pub fn refund(&self) -> Option<RefundId> {
        match self {
            Self::Charge { step: ChargeStep::Refund(id), .. } => Some(*id),
            _ => None,
        }
    }

    /// Whether a correction is the cause.
    #[must_use]
    pub fn is_correction(&self) -> bool {
        self.revision().is_some_and(|it| it > 0)
    }
}

impl ChargeStep {
    /// The name as stored and printed.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Spend => "spend",
            Self::Hold => "hold",
            Self::Settle => "settle",
            Self::Release => "release",
            Self::Expire => "expire",
            Self::Refund(_) => "refund",
        }
    }
}
