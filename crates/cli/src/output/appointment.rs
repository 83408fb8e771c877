//! When a tournament is finalized.

use app_service::domain::TournamentId;
use serde::Serialize;
use time::OffsetDateTime;

use super::{Style, View, verification::moment_text};

/// What was said of when to finalize a tournament.
#[derive(Debug, Serialize)]
pub(crate) struct Appointed {
    pub(crate) tournament: TournamentId,
    /// Nothing when somebody finalizes it by hand.
    #[serde(with = "time::serde::rfc3339::option")]
    pub(crate) finalize_at: Option<OffsetDateTime>,
    /// Whether that is anything new.
    pub(crate) changed: bool,
}

impl View for Appointed {
    fn text(&self, style: Style) -> String {
        match (self.finalize_at, self.changed) {
            (Some(at), _) => style.good(&format!(
                "It is finalized at {} by a scheduler: `guerdon serve` is one.\n",
                moment_text(at)
            )),
            (None, true) => style.good("It is finalized by hand.\n"),
            (None, false) => "It was to be finalized by hand all along.\n".to_owned(),
        }
    }
}
