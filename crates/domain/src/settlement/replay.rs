//! A player's own history, taken again from a corrected tournament on.

use std::collections::{BTreeMap, BTreeSet};

use super::{BadgeChanges, Unsettleable, badges, steps};
use crate::{
    Award, BadgeRule, BadgeType, NewBadge, Player, Progress, ReviewedRule, RewardPolicy, SkillName,
    SkillProfile, SkillStep, TournamentId,
};

/// The policies of the tournaments that a history names.
pub type Policies = BTreeMap<TournamentId, RewardPolicy>;

/// The part of a player's own history that a correction takes again.
#[derive(Debug, Clone, Default, PartialEq)]
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
    /// Standing rules that have judged the player's past; they judge what is taken again, too.
    pub reviewed: Vec<ReviewedRule>,
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

/// Takes the steps of `career` again, the first of them with the evidence of `award` and with the
/// levels that it lifts the player to. No step of another player is read, and no other player's
/// changes.
pub(super) fn replay(
    tournament: TournamentId,
    award: &Award,
    player: &Player,
    career: &Career,
    policies: &Policies,
    lift: impl Fn(Progress) -> Progress,
) -> Result<Replay, Unsettleable> {
    let corrected = career.steps.first().filter(|it| it.step.tournament == tournament);
    corrected.ok_or(Unsettleable::StepMissing(tournament))?;

    let Player { baseline, .. } = player;
    let mut profile = player.profile.clone();
    profile.take_back(career.steps.iter().map(|it| &it.step), baseline);
    let mut shelf = Shelf::outside(career);
    let mut progress = career.before;
    let mut steps = career.steps.clone();
    for NumberedStep { seq, step } in &mut steps {
        let missing = Unsettleable::PolicyMissing(step.tournament);
        let policy = policies.get(&step.tournament).ok_or(missing)?;
        // What was reached stays reached, whatever XP a correction takes away.
        progress.level_max = progress.level_max.max(step.progress.level_max);
        if step.tournament == tournament {
            step.evidence = award.planned.evidence;
            step.revision = award.revision;
            progress = lift(progress);
        }
        let evidence = &step.evidence;
        progress = progress.after(evidence.outcome, policy.grants(evidence.outcome));
        step.progress = progress;
        step.changes = steps::changes(evidence, policy, |it| profile.entry(it, baseline).level);
        profile.step(&step.changes, baseline);
        let skills = |skill: &SkillName| profile.entry(skill, baseline).level;
        shelf.put(badges::earned(step, &skills, policy, career.judging(*seq)));
    }
    profile.drop_untouched();
    let badges = shelf.compared_with(career);
    Ok(Replay { steps, profile, progress, badges })
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
        let once = outside.filter(|it| it.once_in_a_life).map(|it| it.badge);
        Self { had: once.collect(), earned: BTreeSet::new() }
    }

    fn put(&mut self, badges: Vec<NewBadge>) {
        for badge in badges {
            if !badge.once_in_a_life || self.had.insert(badge.badge) {
                self.earned.insert(badge);
            }
        }
    }

    fn compared_with(self, career: &Career) -> BadgeChanges {
        let replayed = career.tournaments();
        let held = career.badges.iter().filter(|it| replayed.contains(&it.tournament));
        let held: BTreeSet<_> = held.copied().collect();
        let (restored, awarded) = less(&self.earned, &held).partition(|it| career.has_lost(it));
        BadgeChanges { awarded, restored, revoked: less(&held, &self.earned).collect() }
    }
}

/// Those of `some` that are none of `others`.
fn less(some: &BTreeSet<NewBadge>, others: &BTreeSet<NewBadge>) -> impl Iterator<Item = NewBadge> {
    let others: BTreeSet<_> = others.iter().map(NewBadge::key).collect();
    some.iter().filter(move |it| !others.contains(&it.key())).copied()
}

impl Career {
    /// Whether an earlier correction has taken this badge away.
    #[must_use]
    pub fn has_lost(&self, badge: &NewBadge) -> bool {
        self.revoked.iter().any(|it| it.is_same(badge))
    }

    /// The standing rules that have judged the step of that number.
    fn judging(&self, seq: i64) -> impl Iterator<Item = &BadgeRule> {
        self.reviewed.iter().filter(move |it| seq <= it.through).map(|it| &it.rule)
    }

    fn tournaments(&self) -> BTreeSet<TournamentId> {
        self.steps.iter().map(|it| it.step.tournament).collect()
    }
}
