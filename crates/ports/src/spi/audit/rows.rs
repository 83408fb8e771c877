//! Rows that only the domain can check.

use domain::{
    Baseline, PlannedAward, PlayerId, Progress, SkillName, SkillProfile, Tenths, Tournament,
    TournamentId,
};

use crate::spi::StepRecord;

/// What is stored of a plan, row by row.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanRow {
    /// A tournament, before its awards.
    Tournament(Box<Tournament>),
    /// A tournament of which something cannot be read, before its awards, and what.
    Unreadable(TournamentId, String),
    /// The next award, by tournament and player, with its revision.
    Award(TournamentId, u32, PlannedAward),
    /// The next award, which cannot be read, and why.
    UnreadableAward(TournamentId, PlayerId, String),
}

/// A player with all that the skills are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillRow {
    /// Who.
    pub player: PlayerId,
    /// Where the skills started, or why that cannot be read; the player may be gone.
    pub baseline: Result<Baseline, String>,
    /// The counters, or why they cannot be read; the player may be gone.
    pub progress: Result<Progress, String>,
    /// The profile, or why it cannot be read.
    pub profile: Result<SkillProfile, String>,
    /// Number of the last step, as the profile has it.
    pub step_seq: i64,
    /// Every step that can be read, by number.
    pub steps: Vec<StepRecord>,
    /// What coaches said, as far as it can be read.
    pub assessments: Vec<HeardAssessment>,
    /// Steps and assessments that cannot be read.
    pub unreadable: Vec<UnreadableRow>,
}

/// A row of a player that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableRow {
    /// Of which table.
    pub table: &'static str,
    /// The column of the key that tells it from the player's others, and its value.
    pub key: (&'static str, String),
    /// The rule that it breaks.
    pub rule: String,
}

/// One coach's word, as far as the profile goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardAssessment {
    /// On which skill.
    pub skill: SkillName,
    /// 0.0 to 100.0, in tenths.
    pub percentage: Tenths,
}
