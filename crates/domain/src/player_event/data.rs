//! The particulars of an event, as JSON. What its row says anyway (who, when, which tournament) is
//! not repeated here: whoever publishes it puts the two together.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Replays;
use crate::{
    Assessment, AssessmentId, BadgeType, ChargeId, ChargeMove, ChargeState, ChargeStep, Currency,
    History, LevelChange, NewBadge, RefundId, Settlement, SkillName, SkillStep, TournamentId,
};

/// What an award paid by this.
#[derive(Serialize)]
struct Reward<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    placement: Option<u32>,
    xp: i64,
    credits: i64,
    #[serde(skip_serializing_if = "is_nothing")]
    debt: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    levels: Vec<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    badges_awarded: Vec<Badge>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    badges_restored: Vec<Badge>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    badges_revoked: Vec<Badge>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    skills: BTreeMap<&'a SkillName, Change>,
}

#[derive(Serialize)]
struct Badge {
    badge: BadgeType,
    tournament_id: TournamentId,
}

#[derive(Serialize)]
struct Change {
    before: f64,
    after: f64,
}

#[derive(Serialize)]
struct Charged {
    charge_id: ChargeId,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_id: Option<RefundId>,
    amount: i64,
    settled: i64,
    refunded: i64,
    state: ChargeState,
}

#[derive(Serialize)]
struct Assessed<'a> {
    assessments: Vec<Word<'a>>,
}

#[derive(Serialize)]
struct Word<'a> {
    assessment_id: AssessmentId,
    skill: &'a SkillName,
    percentage: f64,
    assessor: &'a str,
}

impl<'a> Word<'a> {
    fn of(word: &'a Assessment) -> Self {
        Self {
            assessment_id: word.id,
            skill: &word.skill,
            percentage: word.percentage.as_f64(),
            assessor: &word.assessor,
        }
    }
}

#[derive(Serialize)]
struct Given {
    badges_awarded: Vec<Badge>,
}

pub(super) fn of_reward(
    tournament: TournamentId,
    settlement: &Settlement,
    replays: &Replays,
) -> String {
    let step = step_of(tournament, &settlement.history);
    let moved = |currency: Currency| {
        let entries = settlement.entries.iter().filter(|it| it.currency == currency);
        let new = entries.filter(|it| !replays.entries.contains(&it.key));
        new.fold(0_i64, |sum, it| sum.saturating_add(it.amount))
    };
    let player = settlement.player;
    let level_ups = settlement.level_ups.iter().map(|it| it.level);
    let levels = level_ups.filter(|it| !replays.levels.contains(&(player, *it))).collect();
    let new = settlement.badges.awarded.iter().filter(|it| !replays.badges.contains(it));
    let placement = step.and_then(|it| it.evidence.outcome.placement());
    json(&Reward {
        placement: placement.map(crate::Placement::rank),
        xp: moved(Currency::Xp),
        credits: moved(Currency::Credit),
        debt: moved(Currency::Debt),
        levels,
        badges_awarded: badges(new),
        badges_restored: badges(&settlement.badges.restored),
        badges_revoked: badges(&settlement.badges.revoked),
        skills: step.map(|it| changes(&it.changes)).unwrap_or_default(),
    })
}

pub(super) fn of_charge(moved: &ChargeMove) -> String {
    let refund_id = match moved.step {
        ChargeStep::Refund(refund) => Some(refund),
        _ => None,
    };
    let after = &moved.after;
    json(&Charged {
        charge_id: after.id,
        refund_id,
        amount: after.amount,
        settled: after.settled,
        refunded: after.refunded,
        state: after.state,
    })
}

pub(super) fn of_assessments(words: &[&Assessment]) -> String {
    json(&Assessed { assessments: words.iter().copied().map(Word::of).collect() })
}

pub(super) fn of_badges(given: &[&NewBadge]) -> String {
    json(&Given { badges_awarded: badges(given.iter().copied()) })
}

/// The step that the tournament itself is: of a history that was taken again, one of many.
fn step_of(tournament: TournamentId, history: &History) -> Option<&SkillStep> {
    match history {
        History::Continued(step) => Some(step),
        History::Retaken { steps, .. } => {
            steps.iter().map(|it| &it.step).find(|it| it.tournament == tournament)
        }
    }
}

fn badges<'a>(badges: impl IntoIterator<Item = &'a NewBadge>) -> Vec<Badge> {
    let badge = |it: &NewBadge| Badge { badge: it.badge, tournament_id: it.tournament };
    badges.into_iter().map(badge).collect()
}

fn changes(changes: &BTreeMap<SkillName, LevelChange>) -> BTreeMap<&SkillName, Change> {
    let change = |it: &LevelChange| Change { before: it.before.as_f64(), after: it.after.as_f64() };
    changes.iter().map(|(skill, it)| (skill, change(it))).collect()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_nothing(amount: &i64) -> bool {
    *amount == 0
}

/// Structs of plain values with text keys: they always have one.
fn json(data: &impl Serialize) -> String {
    serde_json::to_string(data).unwrap_or_default()
}
