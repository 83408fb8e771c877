//! What applying one award does to its player. Pure: the caller holds the player's lock.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::{
    Award, BadgeType, Currency, Evidence, IdempotencyKey, LevelChange, NewBadge, NewEntry,
    Placement, Player, PlayerId, Progress, Purpose, RewardPolicy, SkillStep, StepEvidence,
    TournamentId, skill_step,
};

/// Everything that one award pays, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Who is paid.
    pub player: PlayerId,
    /// At most one entry for each currency.
    pub entries: Vec<NewEntry>,
    /// Badges earned; one that the player has already is written once all the same.
    pub badges: Vec<NewBadge>,
    /// How the skills move; `None` without a placement or without skills.
    pub step: Option<SkillStep>,
    /// The counters afterwards; `None` when they stay as they are.
    pub progress: Option<Progress>,
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
}

/// Works out what `award` does to `player` as the player's lock found it.
///
/// An award whose policy grants its outcome nothing pays nothing and counts for nothing, but for one
/// thing: a disqualification ends a row of wins.
pub fn settle(
    tournament: TournamentId,
    award: &Award,
    player: &Player,
    policy: &RewardPolicy,
) -> Result<Settlement, Unsettleable> {
    let evidence = &award.planned.evidence;
    let mut settlement = Settlement {
        player: player.id,
        entries: entries(tournament, award, player)?,
        badges: vec![],
        step: None,
        progress: None,
    };
    if policy.worth(evidence.outcome).is_none() {
        settlement.progress = streak_lost(evidence, player.progress);
        return Ok(settlement);
    }
    let progress = player.progress.after(evidence.outcome, true);
    settlement.badges = badge_types(evidence, progress, policy)
        .into_iter()
        .map(|badge| NewBadge::new(player.id, tournament, badge))
        .collect();
    settlement.step = step(tournament, award, player, policy);
    settlement.progress = Some(progress);
    Ok(settlement)
}

/// Who competed and was struck from the results did not win: the wins before are no longer in a row
/// with those to come.
fn streak_lost(evidence: &Evidence, progress: Progress) -> Option<Progress> {
    let lost = evidence.outcome.competed() && progress.win_streak > 0;
    lost.then_some(Progress { win_streak: 0, ..progress })
}

fn entries(
    tournament: TournamentId,
    award: &Award,
    player: &Player,
) -> Result<Vec<NewEntry>, Unsettleable> {
    let reward = &award.planned.reward;
    let owed = [(Currency::Xp, reward.xp()), (Currency::Credit, reward.credits)];
    let mut entries = Vec::with_capacity(owed.len());
    for (currency, amount) in owed.into_iter().filter(|(_, amount)| *amount != 0) {
        let balance = player.accounts.of(currency).balance;
        if balance.checked_add(amount).is_none() {
            return Err(Unsettleable::BalanceOverflow { currency, balance, amount });
        }
        let id = player.id;
        let key = IdempotencyKey::of(Purpose::Reward, tournament, id, currency, award.revision);
        entries.push(NewEntry { player: id, currency, amount, tournament, key });
    }
    Ok(entries)
}

/// The table of RULES.md, section "Badges". Milestones are named at the moment their number is
/// reached; the store keeps a second one out.
fn badge_types(evidence: &Evidence, progress: Progress, policy: &RewardPolicy) -> Vec<BadgeType> {
    let rank = evidence.outcome.placement().map(Placement::rank);
    let record = &evidence.record;
    let undefeated = record.played() >= 3 && record.wins == record.played();
    let deeds = [
        (rank == Some(1), BadgeType::Champion),
        (rank == Some(2), BadgeType::RunnerUp),
        (rank == Some(3), BadgeType::ThirdPlace),
        (rank.is_some_and(|it| it <= 3), BadgeType::PodiumFinish),
        (progress.tournaments == 1, BadgeType::FirstTournament),
        (progress.tournaments > 1, BadgeType::TournamentParticipant),
        (undefeated, BadgeType::Undefeated),
        (progress.tournaments == 5, BadgeType::TournamentVeteran),
        (progress.tournaments == 10, BadgeType::TournamentLegend),
        (progress.win_streak == 3, BadgeType::TripleCrown),
    ];
    let mut badges: Vec<_> = deeds.into_iter().filter(|it| it.0).map(|it| it.1).collect();
    let _ = policy;
    badges.sort_unstable();
    badges.dedup();
    badges
}

fn step(
    tournament: TournamentId,
    award: &Award,
    player: &Player,
    policy: &RewardPolicy,
) -> Option<SkillStep> {
    let evidence = &award.planned.evidence;
    let evidence = StepEvidence {
        placement: evidence.outcome.placement()?,
        field_size: evidence.field_size,
        opponent_factor: evidence.opponent_factor,
        match_modifier: evidence.match_modifier,
    };
    let change =
        |weight, before| LevelChange { before, after: skill_step(before, weight, &evidence) };
    let changes: BTreeMap<_, _> = policy
        .enabled_skills()
        .map(|(skill, rule)| {
            let before = player.profile.entry(skill, &player.baseline).level;
            (skill.clone(), change(rule.weight, before))
        })
        .collect();
    let revision = award.revision;
    (!changes.is_empty()).then_some(SkillStep { player: player.id, tournament, revision, changes })
}
