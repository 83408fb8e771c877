//! Rows that only the domain can check.

use domain::{
    Baseline, Currency, PlannedAward, PlayerId, SkillName, SkillProfile, Tenths, Tournament,
    TournamentId,
};

use crate::spi::StepRecord;

/// An entry, as far as its key goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// Whose account.
    pub player: PlayerId,
    /// Which account.
    pub currency: Currency,
    /// The number of the entry.
    pub seq: i64,
    /// The tournament that caused it.
    pub tournament: TournamentId,
    /// The key, as stored, if it has one.
    pub key: Option<String>,
}

/// What is stored of a plan, row by row.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanRow {
    /// A tournament, before its awards.
    Tournament(Box<Tournament>),
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
