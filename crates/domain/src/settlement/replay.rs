//! A player's own history, taken again from a corrected tournament on.

use std::collections::{BTreeMap, BTreeSet};

use super::{BadgeChanges, Unsettleable, badges, steps};
use crate::{
    Award, BadgeType, NewBadge, Player, Progress, RewardPolicy, SkillName, SkillProfile, SkillStep,
    Tenths, TournamentId,
};

/// The policies of the tournaments that a history names.
pub type Policies = BTreeMap<TournamentId, RewardPolicy>;

/// The part of a player's own history that a correction takes again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Career {
    /// The counters before the first of `steps`.
    pub before: Progress,
    /// The step of the corrected tournament and every later one, in the order in which they were
    /// taken.
    pub steps: Vec<NumberedStep>,
    /// Every badge that the player has, wherever it was earned.
    pub badges: BTreeSet<NewBadge>,
    /// Badges that were taken away by earlier corrections.
    pub revoked: BTreeSet<NewBadge>,
}

/// A step in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedStep {
    /// 1 for the player's first step, without gaps.
    pub seq: i64,
    /// The step.
    pub step: SkillStep,
}

/// What a history comes to when it is taken again.
#[derive(Debug)]
pub(super) struct Replay {
    pub(super) steps: Vec<NumberedStep>,
    pub(super) profile: SkillProfile,
    pub(super) progress: Progress,
    pub(super) badges: BadgeChanges,
}

/// Takes the steps of `career` again, the first of them with the evidence of `award`. No step of
/// another player is read, and no other player's changes.
pub(super) fn replay(
    tournament: TournamentId,
    award: &Award,
    player: &Player,
    career: &Career,
    policies: &Policies,
) -> Result<Replay, Unsettleable> {
    let corrected = career.steps.first().filter(|it| it.step.tournament == tournament);
    corrected.ok_or(Unsettleable::StepMissing(tournament))?;

    let mut levels = Levels::before(career, player);
    let mut shelf = Shelf::outside(career);
    let mut progress = career.before;
    let mut steps = career.steps.clone();
    for NumberedStep { step, .. } in &mut steps {
        let missing = Unsettleable::PolicyMissing(step.tournament);
        let policy = policies.get(&step.tournament).ok_or(missing)?;
        if step.tournament == tournament {
            step.evidence = award.planned.evidence;
            step.revision = award.revision;
        }
        let evidence = &step.evidence;
        progress = progress.after(evidence.outcome, policy.grants(evidence.outcome));
        step.progress = progress;
        step.changes = steps::changes(evidence, policy, |skill| levels.of(skill));
        levels.follow(step);
        shelf.put(step, badges::earned(evidence, progress, policy));
    }
    let badges = shelf.compared_with(career);
    let mut profile = player.profile.clone();
    let again = steps.iter().map(|it| &it.step);
    profile.retake(career.steps.iter().map(|it| &it.step), again, &player.baseline);
    Ok(Replay { steps, profile, progress, badges })
}

/// Where each skill stands at one point of the history.
struct Levels<'a> {
    player: &'a Player,
    known: BTreeMap<SkillName, Tenths>,
}

impl<'a> Levels<'a> {
    /// Before the first step of `career`: where the first step that moves a skill found it. No step
    /// since moved any other skill.
    fn before(career: &Career, player: &'a Player) -> Self {
        let mut known = BTreeMap::new();
        for (skill, change) in career.steps.iter().flat_map(|it| &it.step.changes) {
            known.entry(skill.clone()).or_insert(change.before);
        }
        Self { player, known }
    }

    fn of(&self, skill: &SkillName) -> Tenths {
        let now = || self.player.profile.entry(skill, &self.player.baseline).level;
        self.known.get(skill).copied().unwrap_or_else(now)
    }

    fn follow(&mut self, step: &SkillStep) {
        self.known.extend(step.changes.iter().map(|(skill, it)| (skill.clone(), it.after)));
    }
}

/// The badges that the history comes to, as far as it is taken again.
struct Shelf {
    /// Had once in a life, and had already.
    had: BTreeSet<BadgeType>,
    earned: BTreeSet<NewBadge>,
}

impl Shelf {
    /// What was earned before the history that is taken again stays.
    fn outside(career: &Career) -> Self {
        let replayed = career.tournaments();
        let outside = career.badges.iter().filter(|it| !replayed.contains(&it.tournament));
        let once = outside.map(|it| it.badge).filter(|it| it.is_once_in_a_life());
        Self { had: once.collect(), earned: BTreeSet::new() }
    }

    fn put(&mut self, step: &SkillStep, badges: Vec<BadgeType>) {
        let SkillStep { player, tournament, .. } = *step;
        for badge in badges {
            if !badge.is_once_in_a_life() || self.had.insert(badge) {
                self.earned.insert(NewBadge { player, tournament, badge });
            }
        }
    }

    fn compared_with(self, career: &Career) -> BadgeChanges {
        let replayed = career.tournaments();
        let held = career.badges.iter().filter(|it| replayed.contains(&it.tournament));
        let held: BTreeSet<_> = held.copied().collect();
        let missing = self.earned.difference(&held).copied();
        let (restored, awarded) = missing.partition(|it| career.revoked.contains(it));
        BadgeChanges {
            awarded,
            restored,
            revoked: held.difference(&self.earned).copied().collect(),
        }
    }
}

impl Career {
    fn tournaments(&self) -> BTreeSet<TournamentId> {
        self.steps.iter().map(|it| it.step.tournament).collect()
    }
}
