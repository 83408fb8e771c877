//! What a player can do: one typed entry for each skill, the fold of the player's skill steps.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    AssessmentId, Evidence, PlayerId, Progress, Tenths, TournamentId, skill_step::BASELINE,
};

/// The name of a skill, as policies and profiles spell it: `a-z`, `0-9`, `_`, `-`, 1 to 64 long.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SkillName(String);

/// The text is no skill name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no skill name: use 1 to 64 of a-z, 0-9, `_` and `-`")]
pub struct NotASkillName(String);

/// Where a player's skills started. Set once, when the player is registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The level of every skill that `by_skill` does not name.
    pub level: Tenths,
    /// Skills that started elsewhere.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_skill: BTreeMap<SkillName, Tenths>,
}

/// Every skill that a tournament or a coach has touched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SkillProfile {
    skills: BTreeMap<SkillName, SkillEntry>,
}

/// One skill of one player. Steps move `level`, coaches move `assessed`, neither touches the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillEntry {
    /// Where the steps have led, in tenths.
    pub level: Tenths,
    /// How many steps.
    pub steps: u32,
    /// What coaches say; absent while none has said anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessed: Option<Assessed>,
}

/// All assessments of one skill, added up so that none is lost and their order does not matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessed {
    /// Sum of the percentages, in tenths.
    pub total: i64,
    /// How many.
    pub count: u32,
}

/// One skill's way through one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelChange {
    /// The level that the player's lock found.
    pub before: Tenths,
    /// The level after the step.
    pub after: Tenths,
}

/// What one award does to one player's skills and counters: one step of the player's own history,
/// with all that it takes to take it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillStep {
    /// Whose skills.
    pub player: PlayerId,
    /// The tournament behind it.
    pub tournament: TournamentId,
    /// The revision of the award behind it.
    pub revision: u32,
    /// How it ended, and against whom.
    pub evidence: Evidence,
    /// Every skill of the tournament; empty without a placement.
    pub changes: BTreeMap<SkillName, LevelChange>,
    /// The counters afterwards.
    pub progress: Progress,
}

/// One coach's word on one skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Made once, before the first try, so that a retry does not count twice.
    pub id: AssessmentId,
    /// Who is assessed.
    pub player: PlayerId,
    /// In what.
    pub skill: SkillName,
    /// 0.0 to 100.0, in tenths.
    pub percentage: Tenths,
    /// Who says so.
    pub assessor: String,
}

impl SkillName {
    /// Checks the spelling.
    pub fn new(name: impl Into<String>) -> Result<Self, NotASkillName> {
        let name = name.into();
        let legal = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || b"_-".contains(&it);
        if (1..=64).contains(&name.len()) && name.bytes().all(legal) {
            Ok(Self(name))
        } else {
            Err(NotASkillName(name))
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SkillName {
    type Error = NotASkillName;

    fn try_from(name: String) -> Result<Self, NotASkillName> {
        Self::new(name)
    }
}

impl From<SkillName> for String {
    fn from(name: SkillName) -> Self {
        name.0
    }
}

impl fmt::Display for SkillName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Default for Baseline {
    /// 60.0 in everything: a new player.
    fn default() -> Self {
        Self { level: BASELINE, by_skill: BTreeMap::new() }
    }
}

impl Baseline {
    /// Where `skill` started.
    #[must_use]
    pub fn of(&self, skill: &SkillName) -> Tenths {
        self.by_skill.get(skill).copied().unwrap_or(self.level)
    }
}

impl SkillProfile {
    /// Every touched skill, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&SkillName, &SkillEntry)> {
        self.skills.iter()
    }

    /// The entry of `skill`, or the one it would have before its first step.
    #[must_use]
    pub fn entry(&self, skill: &SkillName, baseline: &Baseline) -> SkillEntry {
        let fresh = SkillEntry { level: baseline.of(skill), steps: 0, assessed: None };
        self.skills.get(skill).copied().unwrap_or(fresh)
    }

    /// Takes one step: levels move, assessments stay.
    pub fn step(&mut self, changes: &BTreeMap<SkillName, LevelChange>, baseline: &Baseline) {
        for (skill, change) in changes {
            let mut entry = self.entry(skill, baseline);
            entry.level = change.after;
            entry.steps += 1;
            self.skills.insert(skill.clone(), entry);
        }
    }

    /// Takes the last steps back; assessments stay. Skills stay, too, until
    /// [`drop_untouched`](Self::drop_untouched) is called.
    pub fn take_back<'a>(
        &mut self,
        steps: impl DoubleEndedIterator<Item = &'a SkillStep>,
        baseline: &Baseline,
    ) {
        for (skill, change) in steps.rev().flat_map(|it| &it.changes) {
            let mut entry = self.entry(skill, baseline);
            entry.level = change.before;
            entry.steps = entry.steps.saturating_sub(1);
            self.skills.insert(skill.clone(), entry);
        }
    }

    /// Forgets every skill that nothing has touched any more.
    pub fn drop_untouched(&mut self) {
        self.skills.retain(|_, entry| entry.steps > 0 || entry.assessed.is_some());
    }

    /// Hears one coach: the assessed value moves, levels stay.
    pub fn assess(&mut self, skill: &SkillName, percentage: Tenths, baseline: &Baseline) {
        let mut entry = self.entry(skill, baseline);
        let heard = entry.assessed.get_or_insert_default();
        heard.total += i64::from(percentage.units());
        heard.count += 1;
        self.skills.insert(skill.clone(), entry);
    }
}

impl Extend<(SkillName, SkillEntry)> for SkillProfile {
    /// Puts entries in the place of those of the same skills; all others stay.
    fn extend<I: IntoIterator<Item = (SkillName, SkillEntry)>>(&mut self, entries: I) {
        self.skills.extend(entries);
    }
}

impl Assessed {
    /// Mean of the assessments, in percent; 0 when there are none.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "sums of percentages stay far below 2^52")]
    pub fn mean(&self) -> Tenths {
        Tenths::rounded(self.total as f64 / 10.0 / f64::from(self.count.max(1)))
    }
}
