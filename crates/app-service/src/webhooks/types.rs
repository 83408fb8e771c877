//! The types of events, as they are published.

use domain::PlayerEventKind;

use super::WebhookError;

/// What can happen to a tournament, as stored.
const OF_TOURNAMENTS: [&str; 6] =
    ["results_submitted", "completed", "corrected", "rewards_distributed", "cancelled", "archived"];

/// Every type of event that there is, as published.
pub fn event_types() -> impl Iterator<Item = String> {
    let of_tournaments = OF_TOURNAMENTS.map(|it| format!("guerdon.tournament.{it}.v1"));
    let of_players = PlayerEventKind::ALL.map(|it| format!("guerdon.{}.v1", it.as_str()));
    of_tournaments.into_iter().chain(of_players)
}

/// Refuses types of which there will never be an event.
pub(super) fn check(wanted: &[String]) -> Result<(), WebhookError> {
    match wanted.iter().find(|it| !event_types().any(|known| known == **it)) {
        Some(unknown) => Err(WebhookError::EventType(unknown.chars().take(NAMED_MAX).collect())),
        None => Ok(()),
    }
}

/// Characters of an unknown type that are told.
const NAMED_MAX: usize = 100;
