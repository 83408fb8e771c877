//! What applying one award does to its player. Pure: the caller holds the player's lock.

mod badges;
mod entries;
mod levels;
mod replay;
mod review;
mod steps;

use std::iter;

use thiserror::Error;

pub use self::{
    replay::{Career, NumberedStep, Policies},
    review::review,
};
use crate::{
    Award, Currency, LevelUp, NewBadge, NewEntry, Paid, Player, PlayerId, Progress, RewardPolicy,
    SkillName, SkillProfile, SkillStep, TournamentId,
};

/// Everything that one award pays, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Who is paid.
    pub player: PlayerId,
    /// In the order in which they are posted: at most one entry for each account for the award, and
    /// then for each level.
    pub entries: Vec<NewEntry>,
    /// Levels reached for the first time, lowest first.
    pub level_ups: Vec<LevelUp>,
    /// What has been posted for the award once the entries are.
    pub paid: Paid,
    /// What becomes of the player's badges.
    pub badges: BadgeChanges,
    /// What becomes of the player's own history.
    pub history: History,
    /// The counters afterwards.
    pub progress: Progress,
}

/// What an award does to its player's badges.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BadgeChanges {
    /// Earned; one that the player has already is written once all the same.
    pub awarded: Vec<NewBadge>,
    /// Taken away by a correction.
    pub revoked: Vec<NewBadge>,
    /// Taken away by an earlier correction, and earned after all.
    pub restored: Vec<NewBadge>,
}

/// What an award does to its player's own history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum History {
    /// One step more.
    Continued(SkillStep),
    /// The step of the corrected tournament and every later one, taken again.
    Retaken {
        /// The steps; their numbers are those that they have.
        steps: Vec<NumberedStep>,
        /// The profile that they lead to.
        profile: SkillProfile,
    },
}

/// Why an award cannot be applied. It costs this participant alone.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Unsettleable {
    /// The balance would leave the range of 64 bits.
    #[error("the {currency} balance {balance} cannot take {amount} more")]
    BalanceOverflow {
        /// Which account.
        currency: Currency,
        /// What is in it.
        balance: i64,
        /// What was to be added.
        amount: i64,
    },
    /// The player's own history lacks the step that is to be taken again.
    #[error("the player's history has no step of tournament {0}, which was applied")]
    StepMissing(TournamentId),
    /// A later tournament of the player's own history is gone.
    #[error("tournament {0}, a later one of the player's history, is not there")]
    PolicyMissing(TournamentId),
}

/// Works out what `award`, the player's first of this tournament, does to `player` as the player's
/// lock found it.
///
/// An award whose policy grants its outcome nothing pays nothing and counts for nothing, but for one
/// thing: a disqualification ends rows of wins. It is a step of the player's history all the same,
/// so that a correction finds its place.
pub fn settle(
    tournament: TournamentId,
    award: &Award,
    player: &Player,
    policy: &RewardPolicy,
) -> Result<Settlement, Unsettleable> {
    let evidence = award.planned.evidence;
    let counts = policy.grants(evidence.outcome);
    let Payment { entries, paid, level_ups } = payment(tournament, award, player, policy)?;
    let progress = lifted(player.progress.after(evidence.outcome, counts), &level_ups);
    let level = |skill: &SkillName| player.profile.entry(skill, &player.baseline).level;
    let step = SkillStep {
        player: player.id,
        tournament,
        revision: award.revision,
        evidence,
        changes: steps::changes(&evidence, policy, level),
        progress,
    };
    let skills =
        |skill: &SkillName| step.changes.get(skill).map_or_else(|| level(skill), |it| it.after);
    let awarded = badges::earned(&step, &skills, policy, iter::empty());
    let badges = BadgeChanges { awarded, ..BadgeChanges::default() };
    let history = History::Continued(step);
    Ok(Settlement { player: player.id, entries, level_ups, paid, badges, history, progress })
}

/// Works out what a newer revision of an award that was applied before does to `player`: the
/// difference is posted, and the player's own history is taken again from this tournament on.
pub fn resettle(
    tournament: TournamentId,
    award: &Award,
    player: &Player,
    career: &Career,
    policies: &Policies,
) -> Result<Settlement, Unsettleable> {
    let policy = policies.get(&tournament).ok_or(Unsettleable::PolicyMissing(tournament))?;
    let Payment { entries, paid, level_ups } = payment(tournament, award, player, policy)?;
    let lift = |progress| lifted(progress, &level_ups);
    let replay = replay::replay(tournament, award, player, career, policies, lift)?;
    Ok(Settlement {
        player: player.id,
        entries,
        level_ups,
        paid,
        badges: replay.badges,
        progress: replay.progress,
        history: History::Retaken { steps: replay.steps, profile: replay.profile },
    })
}

/// What an award posts, and what comes of it.
struct Payment {
    entries: Vec<NewEntry>,
    paid: Paid,
    level_ups: Vec<LevelUp>,
}

fn payment(
    tournament: TournamentId,
    award: &Award,
    player: &Player,
    policy: &RewardPolicy,
) -> Result<Payment, Unsettleable> {
    let (mut entries, paid) = entries::of(tournament, award, player, policy)?;
    let level_ups = levels::reached(tournament, award, player, &entries, policy);
    entries.extend(levels::entries(player, &level_ups, &entries)?);
    Ok(Payment { entries, paid, level_ups })
}

fn lifted(progress: Progress, level_ups: &[LevelUp]) -> Progress {
    let reached = level_ups.iter().map(|it| it.level).max().unwrap_or_default();
    Progress { level_max: progress.level_max.max(reached), ..progress }
}
