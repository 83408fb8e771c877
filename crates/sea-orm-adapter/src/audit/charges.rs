//! Charges, and what the ledger has taken for them.

use domain::ChargeId;
use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, Mischarged, PaymentTerms},
};

use super::{search::Search, sums::Sum, touched::Owners};
use crate::{
    connection::Connection,
    decode::Row,
    sql::{Sql, Step},
};

/// What each charge says and what each entry moved are added up side by side, so that what has only
/// one of the two sides is found as well.
pub(super) async fn mischarged(
    connection: &Connection<'_>,
    scope: &AuditScope,
    terms: &PaymentTerms,
    owners: &Owners,
) -> Result<Audited<Mischarged>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("player_id", &mut sql);
    let both = both_sides(&mut sql, &whose, terms);
    // Both sides of an equation without a minus: the negative of a number may be none.
    let differ = Sum::of_columns(&["charged", "credit"])
        .differs_from(&Sum::of_columns(&["refunded", "debt"]));
    let sums = ["charged", "refunded", "credit", "debt"]
        .map(|it| format!("{} AS {it}", Sum::of_columns(&[it]).nearest()))
        .join(", ");
    let search = Search {
        step: Step { during: "adding up charges", table: "charges" },
        checked: format!(
            "SELECT (SELECT count(*) FROM charges WHERE true{whose}) + (SELECT count(*) \
             FROM ledger_entries WHERE charge_id IS NOT NULL{whose}) AS rows_checked"
        ),
        faults: format!(
            "SELECT player_id, charge_id, max(state) AS state, max(overdue) AS overdue, {sums} \
             FROM ({both}) AS both_sides GROUP BY player_id, charge_id \
             HAVING max(state) IS NULL OR max(overdue) IS NOT NULL OR {differ}"
        ),
        order: "player_id, charge_id",
        sql,
        owners,
    };
    search.run(connection, scope, decode).await
}

fn both_sides(sql: &mut Sql, whose: &str, terms: &PaymentTerms) -> String {
    let before = sql.moment(terms.frozen_before);
    let expires_at = sql.dialect().moment("expires_at");
    format!(
        "SELECT player_id, charge_id, state, \
         CASE WHEN state = 'held' THEN amount ELSE settled END AS charged, refunded, \
         CASE WHEN state = 'held' AND {expires_at} < {before} THEN expires_at END AS overdue, \
         0 AS credit, 0 AS debt FROM charges WHERE true{whose} \
         UNION ALL SELECT player_id, charge_id, NULL, 0, 0, NULL, \
         CASE WHEN currency = 'CREDIT' THEN amount ELSE 0 END, \
         CASE WHEN currency = 'DEBT' THEN amount ELSE 0 END \
         FROM ledger_entries WHERE charge_id IS NOT NULL{whose}"
    )
}

fn decode(row: &Row<'_>) -> Result<Mischarged, StoreError> {
    Ok(Mischarged {
        player: row.player()?,
        charge: ChargeId::from_uuid(row.get("charge_id")?),
        state: row.get("state")?,
        says: row.amount("charged")?.saturating_sub(row.amount("refunded")?),
        taken: row.amount("debt")?.saturating_sub(row.amount("credit")?),
        overdue_since: row.get("overdue")?,
    })
}
