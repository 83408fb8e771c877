//! Why an entry exists, as its row says it.

use domain::{Cause, ChargeId, ChargeStep, NewEntry, RefundId};
use ports::StoreError;
use uuid::Uuid;

use crate::{decode::Row, dialect::Dialect, rows::Rows};

/// The columns of a cause. Those that a cause does not have are NULL.
pub(crate) const COLUMNS: &str = "cause, tournament_id, revision, level, charge_id, refund_id";

/// Binds the cause of each entry. A batch has no NULLs: there, nothing is an id or a number that no
/// cause has.
pub(super) fn bind(rows: Rows<'_, NewEntry>) -> Rows<'_, NewEntry> {
    let number = |it: Option<u32>| it.map_or(-1, i64::from);
    rows.usually_same(|rows| {
        rows.text("cause", |it| it.cause.as_str())
            .uuid("tournament_id", |it| {
                it.cause.tournament().map_or(Uuid::nil(), |it| *it.as_uuid())
            })
            .number("revision", move |it| number(it.cause.revision()))
            .number("level", move |it| number(it.cause.level()))
            .uuid("charge_id", |it| it.cause.charge().map_or(Uuid::nil(), |it| *it.as_uuid()))
            .uuid("refund_id", |it| it.cause.refund().map_or(Uuid::nil(), |it| *it.as_uuid()))
    })
}

/// The columns of a bound cause as they are stored.
pub(super) fn stored(dialect: Dialect) -> String {
    let nil = dialect.nil_id();
    format!(
        "r.cause, NULLIF(r.tournament_id, {nil}), NULLIF(r.revision, -1), NULLIF(r.level, -1), \
         NULLIF(r.charge_id, {nil}), NULLIF(r.refund_id, {nil})"
    )
}

pub(crate) fn decode(row: &Row<'_>) -> Result<Cause, StoreError> {
    let name = row.text("cause")?;
    let step = match name.as_str() {
        "award" | "correction" => {
            let (tournament, revision) = (row.tournament()?, row.count("revision")?);
            return Ok(Cause::Award { tournament, revision });
        }
        "level_up" => {
            let (tournament, level) = (row.tournament()?, row.count("level")?);
            return Ok(Cause::LevelUp { tournament, level });
        }
        "spend" => ChargeStep::Spend,
        "hold" => ChargeStep::Hold,
        "settle" => ChargeStep::Settle,
        "release" => ChargeStep::Release,
        "expire" => ChargeStep::Expire,
        "refund" => ChargeStep::Refund(RefundId::from_uuid(row.get("refund_id")?)),
        _ => return Err(row.broken("cause", "can be understood")),
    };
    let charge = ChargeId::from_uuid(row.get("charge_id")?);
    Ok(Cause::Charge { charge, step })
}
