//! What is handed to a transaction, and what it answers.

use std::collections::BTreeMap;

use domain::{
    Hash256, NumberedStep, Paid, Player, PlayerEvent, PlayerId, Progress, SkillEntry, SkillName,
    SkillProfile, SkillStep, TournamentId, TournamentStatus,
};

use crate::{Actor, CorruptPlayer, Timestamp};

/// What became of a write that may have happened before. Both arms mean "it is there, once".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recorded {
    /// This call wrote it.
    New,
    /// It was there; this call wrote nothing.
    Replayed,
}

/// Which awards to claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Whose.
    pub scope: ClaimScope,
    /// In which states.
    pub states: ClaimStates,
}

/// Whose awards to claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimScope {
    /// The next ones in ascending player id that nobody else has claimed.
    Next {
        /// Starts behind this player.
        after: Option<PlayerId>,
        /// At most so many.
        limit: u32,
    },
    /// One named player's; waits for whoever has claimed it.
    Player(PlayerId),
}

/// In which states awards can be claimed. Applied ones never are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimStates {
    /// Those that nobody has tried.
    Pending,
    /// Those that failed, too.
    PendingOrFailed,
}

/// What became of one claimed award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwardOutcome {
    /// Whose award.
    pub player: PlayerId,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of a claimed award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Paid in this transaction; what has been posted for it by now.
    Applied(Paid),
    /// Not paid, and why.
    Failed {
        /// For people.
        reason: String,
    },
}

/// A player as the lock found it; state that cannot be read costs that player alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedPlayer {
    /// Who.
    pub id: PlayerId,
    /// What the player owns.
    pub state: Result<Player, CorruptPlayer>,
}

/// A skill step with what it leaves behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    /// The step.
    pub step: SkillStep,
    /// Its number: one more than the player's last.
    pub seq: i64,
    /// The entries of the profile that the step changes, as they are afterwards.
    pub entries: BTreeMap<SkillName, SkillEntry>,
}

/// A player's own history from one step on, taken again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetakenSteps {
    /// Whose.
    pub player: PlayerId,
    /// The steps, each in the place of the one of its number.
    pub steps: Vec<NumberedStep>,
    /// The profile that they lead to.
    pub profile: SkillProfile,
}

/// A player's counters as they are to be, and the event that tells of what moves them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldProgress {
    /// The counters.
    pub progress: Progress,
    /// What happened, and to whom.
    pub event: PlayerEvent,
}

/// The correction that takes a badge away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CorrectionRef {
    /// The corrected tournament.
    pub tournament: TournamentId,
    /// The revision that it has made.
    pub revision: u32,
}

/// What one player's profile says once coaches have been heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardSkills {
    /// Who was assessed.
    pub player: PlayerId,
    /// The entries of the profile that were, as they are afterwards.
    pub entries: BTreeMap<SkillName, SkillEntry>,
}

/// Something that happened to a tournament, recorded with actor and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TournamentChange {
    /// Which tournament.
    pub tournament: TournamentId,
    /// Number of the change: one more than the tournament's last.
    pub seq: u32,
    /// What happened.
    pub event: TournamentEvent,
    /// The status before.
    pub from: TournamentStatus,
    /// The status afterwards.
    pub to: TournamentStatus,
    /// Who did it.
    pub actor: Actor,
    /// Why, in the actor's words; only corrections have to say.
    pub reason: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What happened to a tournament.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TournamentEvent {
    /// Results came in, or were replaced.
    ResultsSubmitted {
        /// Names the results.
        results_hash: Hash256,
        /// Competing participants, or teams.
        field_size: u32,
    },
    /// The plan was frozen.
    Completed {
        /// Names the plan.
        plan_hash: Hash256,
    },
    /// Other results were put in the place of frozen ones, and the plan was made again.
    Corrected {
        /// Names the results.
        results_hash: Hash256,
        /// Competing participants, or teams.
        field_size: u32,
        /// The revision that was made.
        revision: u32,
        /// Names its plan.
        plan_hash: Hash256,
    },
    /// The last award was applied.
    RewardsDistributed,
    /// It was called off.
    Cancelled,
    /// It was put away.
    Archived,
}

impl TournamentEvent {
    /// The name as stored and published.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::ResultsSubmitted { .. } => "results_submitted",
            Self::Completed { .. } => "completed",
            Self::Corrected { .. } => "corrected",
            Self::RewardsDistributed => "rewards_distributed",
            Self::Cancelled => "cancelled",
            Self::Archived => "archived",
        }
    }
}
