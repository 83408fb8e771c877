//! Rows that only the domain can check.

use domain::{
    Baseline, PlannedAward, PlayerId, SkillName, SkillProfile, Tenths, Tournament, TournamentId,
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
}

/// A player with all that the skills are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillRow {
    /// Who.
    pub player: PlayerId,
    /// Where the skills started.
    pub baseline: Baseline,
    /// The profile, or why it cannot be read.
    pub profile: Result<SkillProfile, String>,
    /// Number of the last step, as the profile has it.
    pub step_seq: i64,
    /// Every step, by number.
    pub steps: Vec<StepRecord>,
    /// What coaches said.
    pub assessments: Vec<HeardAssessment>,
}

/// One coach's word, as far as the profile goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardAssessment {
    /// On which skill.
    pub skill: SkillName,
    /// 0.0 to 100.0, in tenths.
    pub percentage: Tenths,
}
