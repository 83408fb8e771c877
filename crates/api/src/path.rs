//! Names in paths: an id, or the natural key of which it is made.

use app_service::domain::{ChargeId, PlayerId, RequestId, TournamentId};
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use utoipa::IntoParams;

use crate::problem::{Code, Problem};

/// What a path names, or the problem with it.
pub(crate) struct InPath<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for InPath<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(found) = Path::from_request_parts(parts, state)
            .await
            .map_err(|error| Problem::new(Code::PathInvalid, error.body_text()))?;
        Ok(Self(found))
    }
}

/// The path of a tournament.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TournamentPath {
    /// The tournament, by key or id.
    #[serde(deserialize_with = "tournament_id")]
    #[param(value_type = String)]
    pub(crate) tournament: TournamentId,
}

/// The path of a player.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PlayerPath {
    /// The player, by key or id.
    #[serde(deserialize_with = "player_id")]
    #[param(value_type = String)]
    pub(crate) player: PlayerId,
}

/// The path of a key.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ApiKeyPath {
    /// The key, by its prefix.
    pub(crate) prefix: String,
}

/// The path of a player's reward.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct RewardPath {
    /// The player, by key or id.
    #[serde(deserialize_with = "player_id")]
    #[param(value_type = String)]
    pub(crate) player: PlayerId,
    /// The tournament, by key or id.
    #[serde(deserialize_with = "tournament_id")]
    #[param(value_type = String)]
    pub(crate) tournament: TournamentId,
}

/// The path of a player's charge.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ChargePath {
    /// The player, by key or id.
    #[serde(deserialize_with = "player_id")]
    #[param(value_type = String)]
    pub(crate) player: PlayerId,
    /// The charge, by what its caller calls it or by its id.
    #[serde(deserialize_with = "charge_id")]
    #[param(value_type = String)]
    pub(crate) charge: ChargeId,
}

/// The path of an operation.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OperationPath {
    /// The operation, by id.
    #[param(value_type = String)]
    pub(crate) operation: RequestId,
}

/// The tournament that `name` means.
pub(crate) fn tournament(name: &str) -> TournamentId {
    name.parse().unwrap_or_else(|_| TournamentId::of(name))
}

/// The player that `name` means.
pub(crate) fn player(name: &str) -> PlayerId {
    name.parse().unwrap_or_else(|_| PlayerId::of(name))
}

/// The charge that `name` means.
pub(crate) fn charge(name: &str) -> ChargeId {
    name.parse().unwrap_or_else(|_| ChargeId::of(name))
}

fn tournament_id<'de, D: Deserializer<'de>>(from: D) -> Result<TournamentId, D::Error> {
    Ok(tournament(&String::deserialize(from)?))
}

fn player_id<'de, D: Deserializer<'de>>(from: D) -> Result<PlayerId, D::Error> {
    Ok(player(&String::deserialize(from)?))
}

fn charge_id<'de, D: Deserializer<'de>>(from: D) -> Result<ChargeId, D::Error> {
    Ok(charge(&String::deserialize(from)?))
}
