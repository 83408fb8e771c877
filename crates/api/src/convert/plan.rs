//! Plans, which the use cases hand out as they are.

use app_service::{
    AwardChange, CorrectionPreview, Preview,
    domain::{
        Evidence, Hash256, Membership, PlannedAward, PlayerId, Reward, TournamentId,
        TournamentStatus,
    },
};
use serde::Serialize;

/// The plan that finalize would freeze, or has frozen.
#[derive(Debug, Serialize)]
pub(crate) struct PlanView {
    tournament: TournamentId,
    status: TournamentStatus,
    revision: u32,
    plan_hash: Hash256,
    participants: u64,
    xp_total: i64,
    credits_total: i64,
    awards: Vec<PlannedView>,
}

/// What a correction would pay.
#[derive(Debug, Serialize)]
pub(crate) struct CorrectionView {
    tournament: TournamentId,
    revision: u32,
    plan_hash: Hash256,
    participants: u64,
    changed: u64,
    xp_difference: i64,
    credits_difference: i64,
    changes: Vec<ChangeView>,
}

#[derive(Debug, Serialize)]
struct ChangeView {
    player: PlayerId,
    before: Option<PlannedView>,
    after: PlannedView,
    xp_difference: i64,
    credits_difference: i64,
}

#[derive(Debug, Serialize)]
struct PlannedView {
    player: PlayerId,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<Membership>,
    #[serde(flatten)]
    reward: Reward,
    evidence: Evidence,
}

/// A plan as people ask for it.
pub(crate) fn plan(preview: Preview) -> PlanView {
    let Preview { tournament, plan_hash, participants, xp_total, credits_total, awards } = preview;
    PlanView {
        tournament: tournament.id,
        status: tournament.status,
        revision: tournament.revision,
        plan_hash,
        participants,
        xp_total,
        credits_total,
        awards: awards.into_iter().map(planned).collect(),
    }
}

/// A correction as people ask for it.
pub(crate) fn correction_preview(preview: CorrectionPreview) -> CorrectionView {
    CorrectionView {
        tournament: preview.tournament.id,
        revision: preview.revision,
        plan_hash: preview.plan_hash,
        participants: preview.participants,
        changed: preview.changed,
        xp_difference: preview.xp_difference,
        credits_difference: preview.credits_difference,
        changes: preview.changes.into_iter().map(change).collect(),
    }
}

fn change(change: AwardChange) -> ChangeView {
    let AwardChange { player, before, after, xp_difference, credits_difference } = change;
    ChangeView {
        player,
        before: before.map(planned),
        after: planned(after),
        xp_difference,
        credits_difference,
    }
}

fn planned(award: PlannedAward) -> PlannedView {
    let PlannedAward { player, team, evidence, reward } = award;
    PlannedView { player, team, reward, evidence }
}
