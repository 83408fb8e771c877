//! Holds whatever a caller calls something to the rule of the domain, before anything is written.

use domain::{NewPlayer, NewTournament, TEXT_MAX_CHARS, check_text};
use ports::Actor;

use crate::GuerdonError;

/// Refuses `text`, which is what the caller calls `what`: "player name", for instance.
pub(crate) fn check(what: &'static str, text: &str) -> Result<(), GuerdonError> {
    check_text(text).map_err(|problem| {
        // An error is told and logged: it does not carry a megabyte along.
        let text = text.chars().take(TEXT_MAX_CHARS).collect();
        GuerdonError::NotText { what, problem, text }
    })
}

/// Refuses a player who cannot be called so.
pub(crate) fn check_player(player: &NewPlayer) -> Result<(), GuerdonError> {
    check("player key", &player.key)?;
    check("player name", &player.name)
}

/// Refuses a tournament that cannot be called so.
pub(crate) fn check_tournament(tournament: &NewTournament) -> Result<(), GuerdonError> {
    check("tournament key", &tournament.key)?;
    check("tournament name", &tournament.name)
}

/// Refuses an actor whom the record cannot show.
pub(crate) fn check_actor(actor: &Actor) -> Result<(), GuerdonError> {
    check("actor", actor.as_str())
}
