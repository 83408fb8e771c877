//! What can be asked.

use app_service::{Guerdon, RewardSummary, TournamentSummary};
use axum::{
    Json,
    extract::{Path, State},
};

use crate::{path, problem::Problem};

/// A tournament with everything that has been paid for it.
pub(crate) async fn summary(
    State(guerdon): State<Guerdon>,
    Path(tournament): Path<String>,
) -> Result<Json<TournamentSummary>, Problem> {
    Ok(Json(guerdon.summary(path::tournament(&tournament)).await?))
}

/// One player's reward for one tournament.
pub(crate) async fn reward(
    State(guerdon): State<Guerdon>,
    Path((player, tournament)): Path<(String, String)>,
) -> Result<Json<RewardSummary>, Problem> {
    let reward = guerdon.reward(path::tournament(&tournament), path::player(&player)).await?;
    Ok(Json(reward))
}
