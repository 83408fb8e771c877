//! Whom one participant played for, as `results` and `awards` both store it.

use domain::{MemberWeight, Membership};
use ports::StoreError;

use crate::{decode::Row, rows::Rows};

/// The columns, in the order of [`columns`].
pub(super) const NAMES: &str = "team, weight";

/// The same columns out of a batch. A team is marked by a sign in front of it, so that nobody's team
/// differs from an empty name.
pub(super) const OF_BATCH: &str =
    "CASE WHEN r.team = '' THEN NULL ELSE substr(r.team, 2) END, r.weight";

/// Adds the columns to a batch.
pub(super) fn columns<'a, T>(
    rows: Rows<'a, T>,
    team: impl Fn(&'a T) -> Option<&'a Membership>,
) -> Rows<'a, T> {
    let name = |it: &Membership| format!("={}", it.name);
    rows.usually_same(|rows| {
        rows.text("team", |it| team(it).map_or_else(String::new, name))
            .number("weight", |it| team(it).map_or(MemberWeight::ONE, |it| it.weight).get())
    })
}

pub(super) fn decode(row: &Row<'_>) -> Result<Option<Membership>, StoreError> {
    let Some(name) = row.get::<Option<String>>("team")? else { return Ok(None) };
    let weight = MemberWeight::new(row.count("weight")?);
    let weight = weight.ok_or_else(|| row.broken("weight", "is 1 to 1,000,000"))?;
    Ok(Some(Membership { name, weight }))
}
