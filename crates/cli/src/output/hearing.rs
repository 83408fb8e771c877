//! What became of assessments.

use std::collections::BTreeSet;

use app_service::{Recorded, domain::Assessment};
use serde::Serialize;

use super::{Style, View, style::count};

/// What became of assessments.
#[derive(Debug, Serialize)]
pub(crate) struct Hearing {
    /// How many there were.
    assessments: u64,
    /// Recorded by this call.
    recorded: u64,
    /// Recorded before: they stay as they were.
    known: u64,
    /// Of how many players they are.
    players: u64,
}

impl Hearing {
    /// Counts what became of `assessments`.
    pub(crate) fn of(assessments: &[Assessment], recorded: &[Recorded]) -> Self {
        let players: BTreeSet<_> = assessments.iter().map(|it| it.player).collect();
        let new = recorded.iter().filter(|it| **it == Recorded::New).count();
        Self {
            assessments: assessments.len() as u64,
            recorded: new as u64,
            known: recorded.len().saturating_sub(new) as u64,
            players: players.len() as u64,
        }
    }
}

impl View for Hearing {
    fn text(&self, style: Style) -> String {
        let of = count(self.players, "player", "players");
        let new =
            format!("Recorded {} of {of}.\n", count(self.recorded, "assessment", "assessments"));
        if self.known == 0 {
            return style.good(&new);
        }
        let known = count(self.known, "assessment", "assessments");
        format!("{}{known} had been recorded before and stayed the same.\n", style.good(&new))
    }
}
