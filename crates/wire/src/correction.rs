//! Corrections of results that are frozen.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{OnDuplicate, OnGap, PlannedAward, Results};

/// Results as they should have been, to see what they would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewCorrectionRequest {
    /// The results, whole.
    pub results: Results,
    /// What a participant who is listed twice means.
    #[serde(default)]
    pub on_duplicate: OnDuplicate,
    /// What a placement that nobody has means.
    #[serde(default)]
    pub on_gap: OnGap,
}

/// Results as they should have been, to be put in the place of those that are frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionRequest {
    /// The results, whole.
    pub results: Results,
    /// What a participant who is listed twice means.
    #[serde(default)]
    pub on_duplicate: OnDuplicate,
    /// What a placement that nobody has means.
    #[serde(default)]
    pub on_gap: OnGap,
    /// The plan that was previewed: this one is paid, and no other.
    #[schema(pattern = "^[0-9a-fA-F]{64}$")]
    pub plan_hash: String,
    /// Why, for whoever asks later.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// Who is to be struck from the results, to see what that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewDisqualificationRequest {
    /// Who, by key or id.
    pub players: Vec<String>,
}

/// Who is to be struck from the results; everybody behind them moves up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisqualificationRequest {
    /// Who, by key or id.
    pub players: Vec<String>,
    /// The plan that was previewed: this one is paid, and no other.
    #[schema(pattern = "^[0-9a-fA-F]{64}$")]
    pub plan_hash: String,
    /// Why, for whoever asks later.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// What a correction would pay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CorrectionPreview {
    /// The tournament.
    pub tournament: Uuid,
    /// The revision that the correction would make.
    pub revision: u32,
    /// Names its plan; hand it to the correction.
    pub plan_hash: String,
    /// Participants, those who get nothing included.
    pub participants: u64,
    /// How many of them it changes anything for.
    pub changed: u64,
    /// XP that it pays, or takes away.
    pub xp_difference: i64,
    /// Credits that it pays, or takes away.
    pub credits_difference: i64,
    /// The first changes, in ascending player id.
    pub changes: Vec<AwardChange>,
}

/// What a correction changes for one participant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AwardChange {
    /// Who.
    pub player: Uuid,
    /// What was planned before; nothing for somebody who is new in the results.
    pub before: Option<PlannedAward>,
    /// What is planned now.
    pub after: PlannedAward,
    /// XP still to be paid, or to be taken away.
    pub xp_difference: i64,
    /// Credits still to be paid, or to be taken away as far as the policy does.
    pub credits_difference: i64,
}
