//! What paying one tournament came to.

use app_service::{Distribution, TournamentSummary};
use serde::Serialize;

use super::{
    Style, View,
    award::{Unpaid, unpaid_table},
    style::{count, number},
    tournament::summary_text,
};
use crate::failure::Exit;

/// What paying one tournament came to.
#[derive(Debug, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub(crate) enum Payment {
    /// Everybody who was asked for is paid.
    Distributed(Distribution),
    /// Somebody is not.
    Incomplete {
        #[serde(flatten)]
        distribution: Distribution,
        /// Everybody who could not be paid, now or before.
        unpaid: Vec<Unpaid>,
    },
    /// It had been done before.
    Conflict {
        /// What exists.
        tournament: Box<TournamentSummary>,
    },
}

impl Payment {
    /// The exit code that says so, too.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Distributed(_) | Self::Conflict { .. } => Exit::Done,
            Self::Incomplete { .. } => Exit::Partial,
        }
    }
}

impl View for Payment {
    fn text(&self, style: Style) -> String {
        match self {
            Self::Distributed(it) => {
                format!("{}{}", summary_text(&it.tournament, style), style.good(&paid_text(it)))
            }
            Self::Incomplete { distribution, unpaid } => format!(
                "{}{}{}",
                summary_text(&distribution.tournament, style),
                style.bad(&paid_text(distribution)),
                unpaid_table(unpaid, style)
            ),
            Self::Conflict { tournament } => format!(
                "{}{}",
                summary_text(tournament, style),
                style.good("It had been finalized before: nothing was paid again.\n")
            ),
        }
    }
}

fn paid_text(it: &Distribution) -> String {
    let mut parts = vec![
        count(it.applied, "participant", "participants"),
        count(it.entries_posted, "entry", "entries"),
        count(it.badges_awarded, "badge", "badges"),
        count(it.steps_recorded, "skill step", "skill steps"),
    ];
    if it.badges_revoked > 0 {
        parts.push(format!("{} taken away", count(it.badges_revoked, "badge", "badges")));
    }
    if it.steps_retaken > 0 {
        parts.push(format!("{} taken again", count(it.steps_retaken, "step", "steps")));
    }
    parts.push(format!("{} XP", number(it.xp_posted)));
    parts.push(format!("{} credits", number(it.credits_posted)));
    format!("Paid now: {}.\n", parts.join(", "))
}
