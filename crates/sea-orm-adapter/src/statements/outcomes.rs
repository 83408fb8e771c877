//! How one participant ended, as `results` and `awards` both store it.

use domain::{MatchRecord, Measured, Outcome, Placement};
use ports::StoreError;

use crate::{decode::Row, rows::Rows};

/// The columns, in the order of [`columns`].
pub(super) const NAMES: &str =
    "outcome, placement, measured, wins, draws, losses, goals_for, goals_against";

/// The same of the table called `table`, beside others that may have columns of these names.
pub(super) fn names_of(table: &str) -> String {
    NAMES.split(", ").map(|it| format!("{table}.{it}")).collect::<Vec<_>>().join(", ")
}

/// The same columns out of a batch; placement 0 and an empty measured value stand for none.
pub(super) const OF_BATCH: &str = "r.outcome, NULLIF(r.placement, 0), NULLIF(r.measured, ''), \
                                   r.wins, r.draws, r.losses, r.goals_for, r.goals_against";

/// Adds the columns to a batch.
///
/// A measured value is stored as its decimals. PostgreSQL would keep every bit of a number, too;
/// SQLite, which gets batches as JSON, reads one in its own way.
pub(super) fn columns<'a, T>(
    rows: Rows<'a, T>,
    outcome: impl Fn(&'a T) -> Outcome,
    measured: impl Fn(&'a T) -> Option<Measured>,
    record: impl Fn(&'a T) -> &'a MatchRecord,
) -> Rows<'a, T> {
    rows.text("outcome", |it| name(outcome(it)))
        .number("placement", |it| outcome(it).placement().map_or(0, Placement::rank))
        .usually_same(|rows| {
            rows.text("measured", |it| measured(it).map_or_else(String::new, |it| it.to_string()))
        })
        .usually_same(|rows| {
            rows.number("wins", |it| record(it).wins)
                .number("draws", |it| record(it).draws)
                .number("losses", |it| record(it).losses)
                .number("goals_for", |it| record(it).goals_for)
                .number("goals_against", |it| record(it).goals_against)
        })
}

pub(super) fn outcome(row: &Row<'_>) -> Result<Outcome, StoreError> {
    let placement = row.get::<Option<i32>>("placement")?;
    let placed = placement.and_then(|it| u32::try_from(it).ok()).and_then(Placement::new);
    row.parsed("outcome", |name| match name {
        "placed" => placed.map(Outcome::Placed),
        "unplaced" => Some(Outcome::Unplaced),
        "absent" => Some(Outcome::Absent),
        "disqualified" => Some(Outcome::Disqualified),
        _ => None,
    })
}

pub(super) fn measured(row: &Row<'_>) -> Result<Option<Measured>, StoreError> {
    row.parsed_if_any("measured", |it| it.parse().ok())
}

pub(super) fn record(row: &Row<'_>) -> Result<MatchRecord, StoreError> {
    Ok(MatchRecord {
        wins: row.count("wins")?,
        draws: row.count("draws")?,
        losses: row.count("losses")?,
        goals_for: row.count("goals_for")?,
        goals_against: row.count("goals_against")?,
    })
}

fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Placed(_) => "placed",
        Outcome::Unplaced => "unplaced",
        Outcome::Absent => "absent",
        Outcome::Disqualified => "disqualified",
    }
}
