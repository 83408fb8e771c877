//! The statements, one module for each table.

pub(crate) mod api_keys;
pub(crate) mod appointments;
pub(crate) mod assessments;
pub(crate) mod awards;
pub(crate) mod badges;
pub(crate) mod causes;
pub(crate) mod charges;
pub(crate) mod deliveries;
pub(crate) mod feed;
pub(crate) mod leaders;
pub(crate) mod ledger_entries;
pub(crate) mod level_ups;
pub(crate) mod lock_observations;
mod memberships;
mod outbox_events;
mod outcomes;
pub(crate) mod player_events;
pub(crate) mod players;
pub(crate) mod requests;
pub(crate) mod results;
pub(crate) mod skill_steps;
pub(crate) mod standing_rules;
pub(crate) mod tournament_changes;
pub(crate) mod tournaments;
pub(crate) mod turns;
pub(crate) mod verification_runs;
pub(crate) mod webhooks;

use std::{collections::BTreeSet, hash::Hash};

use ports::spi::Recorded;
use serde::Serialize;

/// Answers a batch in the order of its input: new is what the statement says that it wrote, the
/// first time that the batch names it.
fn recorded<Key: Ord + Hash>(
    input: impl Iterator<Item = Key>,
    written: impl IntoIterator<Item = Key>,
) -> Vec<Recorded> {
    let mut written: BTreeSet<Key> = written.into_iter().collect();
    let answer = |key| if written.remove(&key) { Recorded::New } else { Recorded::Replayed };
    input.map(answer).collect()
}

/// A map of plain values with text keys as JSON: it always has one.
fn to_json(map: &impl Serialize) -> String {
    serde_json::to_string(map).unwrap_or_default()
}
