//! Charging: spend, hold, settle, release, refund.

use app_service::{
    Guerdon, Spending,
    domain::{RefundId, check_text},
};
use axum::{extract::State, http::StatusCode, response::Response};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{HoldRequest, RefundRequest, SettleRequest, SpendRequest};

use crate::{
    Service,
    headers::OnceHeader,
    once::Once,
    path::{ChargePath, InPath, PlayerPath, charge},
    problem::{Code, FieldError, Problem},
};

pub(super) fn router() -> OpenApiRouter<Service> {
    OpenApiRouter::default()
        .routes(routes!(spend))
        .routes(routes!(hold))
        .routes(routes!(settle))
        .routes(routes!(release))
        .routes(routes!(refund))
}

/// Charge credits for good, unless there are not enough of them.
#[utoipa::path(post, path = "/v1/players/{player}/charges", tag = "charges",
    params(PlayerPath, OnceHeader), request_body = SpendRequest,
    responses((status = 200, description = "They are charged.", body = wire::Charged)))]
async fn spend(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<PlayerPath>,
    once: Once,
) -> Result<Response, Problem> {
    let SpendRequest { charge: name, amount, memo } = once.body()?;
    named("/charge", &name)?;
    let spending = Spending { player: path.player, charge: charge(&name), amount, memo };
    let spend = move |guerdon: Guerdon, _| async move { Ok(guerdon.spend(spending).await?) };
    once.answer(&guerdon, StatusCode::OK, spend).await
}

/// Set credits aside, unless there are not enough of them, until they are settled, released or
/// expire.
#[utoipa::path(post, path = "/v1/players/{player}/holds", tag = "charges",
    params(PlayerPath, OnceHeader), request_body = HoldRequest,
    responses((status = 200, description = "They are set aside.", body = wire::Charged)))]
async fn hold(
    State(guerdon): State<Guerdon>,
    InPath(path): InPath<PlayerPath>,
    once: Once,
) -> Result<Response, Problem> {
    let HoldRequest { charge: name, amount, memo, expires_at } = once.body()?;
    named("/charge", &name)?;
    let spending = Spending { player: path.player, charge: charge(&name), amount, memo };
    let hold =
        move |guerdon: Guerdon, _| async move { Ok(guerdon.hold(spending, expires_at).await?) };
    once.answer(&guerdon, StatusCode::OK, hold).await
}

/// Charge a part of a hold for good, or all of it; the rest comes back. No body asks for all of it.
#[utoipa::path(post, path = "/v1/players/{player}/charges/{charge}/settle", tag = "charges",
    params(ChargePath, OnceHeader), request_body = Option<SettleRequest>,
    responses((status = 200, description = "It is settled.", body = wire::Charged)))]
async fn settle(
    State(guerdon): State<Guerdon>,
    InPath(ChargePath { player, charge }): InPath<ChargePath>,
    once: Once,
) -> Result<Response, Problem> {
    let SettleRequest { amount } = once.body_or_default()?;
    let settle =
        move |guerdon: Guerdon, _| async move { Ok(guerdon.settle(player, charge, amount).await?) };
    once.answer(&guerdon, StatusCode::OK, settle).await
}

/// Give a hold back.
#[utoipa::path(post, path = "/v1/players/{player}/charges/{charge}/release", tag = "charges",
    params(ChargePath, OnceHeader),
    responses((status = 200, description = "It is given back.", body = wire::Charged)))]
async fn release(
    State(guerdon): State<Guerdon>,
    InPath(ChargePath { player, charge }): InPath<ChargePath>,
    once: Once,
) -> Result<Response, Problem> {
    let release =
        move |guerdon: Guerdon, _| async move { Ok(guerdon.release(player, charge).await?) };
    once.answer(&guerdon, StatusCode::OK, release).await
}

/// Give back a part of what was charged for good, or all that is left of it.
#[utoipa::path(post, path = "/v1/players/{player}/charges/{charge}/refunds", tag = "charges",
    params(ChargePath, OnceHeader), request_body = RefundRequest,
    responses((status = 200, description = "It is given back.", body = wire::Charged)))]
async fn refund(
    State(guerdon): State<Guerdon>,
    InPath(ChargePath { player, charge }): InPath<ChargePath>,
    once: Once,
) -> Result<Response, Problem> {
    let RefundRequest { refund: name, amount } = once.body()?;
    named("/refund", &name)?;
    let id = name.parse().unwrap_or_else(|_| RefundId::of(&name));
    let refund = move |guerdon: Guerdon, _| async move {
        Ok(guerdon.refund(player, charge, id, amount).await?)
    };
    once.answer(&guerdon, StatusCode::OK, refund).await
}

/// What makes an id is read again by people: it is a text like every other.
fn named(pointer: &str, name: &str) -> Result<(), Problem> {
    check_text(name).map_err(|problem| {
        let detail = format!("the name {problem}, expected {}", problem.expected());
        let errors = vec![FieldError { pointer: pointer.to_owned(), detail: detail.clone() }];
        Problem::new(Code::TextInvalid, detail).with_errors(errors)
    })
}
