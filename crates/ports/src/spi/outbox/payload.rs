//! What an event of a tournament says.

use domain::Hash256;
use serde_json::json;
use time::format_description::well_known::Rfc3339;

use crate::{
    StoreError,
    spi::{TournamentChange, TournamentEvent},
};

impl TournamentChange {
    /// The particulars of the event that tells of this change: a JSON object.
    pub fn payload(&self) -> Result<String, StoreError> {
        let rule = "a time that is recorded can be written as text";
        let at = self.at.format(&Rfc3339).map_err(|_| StoreError::Invalid { rule })?;
        let mut payload = json!({
            "tournament_id": self.tournament,
            "seq": self.seq,
            "event": self.event.as_str(),
            "from": self.from,
            "to": self.to,
            "actor": self.actor.as_str(),
            "at": at,
        });
        let (results_hash, plan_hash, revision) = named(self.event);
        let told = [
            ("results_hash", results_hash.map(|it| json!(it))),
            ("plan_hash", plan_hash.map(|it| json!(it))),
            ("revision", revision.map(|it| json!(it))),
            ("reason", self.reason.as_ref().map(|it| json!(it))),
        ];
        for (name, value) in told.into_iter().filter_map(|(name, it)| Some((name, it?))) {
            payload[name] = value;
        }
        Ok(payload.to_string())
    }
}

/// Results, plan and revision, as far as the event names them.
fn named(event: TournamentEvent) -> (Option<Hash256>, Option<Hash256>, Option<u32>) {
    match event {
        TournamentEvent::ResultsSubmitted { results_hash, .. } => (Some(results_hash), None, None),
        TournamentEvent::Completed { plan_hash } => (None, Some(plan_hash), None),
        TournamentEvent::Corrected { results_hash, plan_hash, revision, .. } => {
            (Some(results_hash), Some(plan_hash), Some(revision))
        }
        TournamentEvent::RewardsDistributed
        | TournamentEvent::Cancelled
        | TournamentEvent::Archived => (None, None, None),
    }
}
