//! Tournaments whose status does not fit what they still owe.

use domain::{PlayerId, TournamentStatus};
use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, OpenBooks, PaymentTerms},
};
use uuid::Uuid;

use super::{readable::readable, search::Search, touched::Owners};
use crate::{
    connection::Connection,
    decode::Row,
    sql::{Sql, Step},
};

/// What is owed is read off the index of owed awards, which does not hold those that were applied.
pub(super) async fn open(
    connection: &Connection<'_>,
    scope: &AuditScope,
    terms: &PaymentTerms,
) -> Result<Audited<OpenBooks>, StoreError> {
    let mut sql = connection.sql();
    let fault = fault(&mut sql, terms);
    let search = Search {
        step: Step { during: "looking for open books", table: "tournaments" },
        checked: "SELECT count(*) AS rows_checked FROM tournaments".to_owned(),
        faults: format!(
            "SELECT t.tournament_id, t.status, COALESCE(o.pending, 0) AS pending, \
             COALESCE(o.failed, 0) AS failed, \
             (SELECT a.player_id FROM awards AS a WHERE a.tournament_id = t.tournament_id \
             AND a.state <> 'applied' ORDER BY a.player_id LIMIT 1) AS first_owed, \
             COALESCE(f.frozen_at, t.created_at) AS frozen_at \
             FROM tournaments AS t LEFT JOIN (SELECT tournament_id, \
             sum(CASE WHEN state = 'pending' THEN 1 ELSE 0 END) AS pending, \
             sum(CASE WHEN state = 'failed' THEN 1 ELSE 0 END) AS failed \
             FROM awards WHERE state <> 'applied' GROUP BY tournament_id) AS o \
             ON o.tournament_id = t.tournament_id \
             LEFT JOIN (SELECT tournament_id, max(occurred_at) AS frozen_at \
             FROM tournament_changes WHERE event IN ('completed', 'corrected') \
             GROUP BY tournament_id) AS f \
             ON f.tournament_id = t.tournament_id WHERE {fault}"
        ),
        order: "tournament_id",
        sql,
        owners: &Owners::Everybody,
    };
    search.run(connection, scope, decode).await
}

/// Closed and owing; overdue; paid long ago and not closed; if asked for, failed; and of no status
/// at all.
fn fault(sql: &mut Sql, terms: &PaymentTerms) -> String {
    let before = sql.moment(terms.frozen_before);
    let dialect = sql.dialect();
    let frozen = dialect.moment("COALESCE(f.frozen_at, t.created_at)");
    let applied = dialect.moment("a.applied_at");
    let failed = if terms.failed_is_a_fault { " OR o.failed > 0" } else { "" };
    let known = TournamentStatus::ALL.map(|it| format!("'{it}'")).join(", ");
    format!(
        "t.status NOT IN ({known}) \
         OR (t.status IN ('rewards_distributed', 'archived') AND o.tournament_id IS NOT NULL) \
         OR (t.status = 'completed' AND (({frozen} < {before} AND (o.pending > 0 \
         OR (o.tournament_id IS NULL AND NOT EXISTS (SELECT 1 FROM awards AS a \
         WHERE a.tournament_id = t.tournament_id AND {applied} >= {before})))){failed}))"
    )
}

fn decode(row: &Row<'_>) -> Result<OpenBooks, StoreError> {
    Ok(OpenBooks {
        tournament: row.tournament()?,
        status: readable(row.parsed("status", TournamentStatus::parse))?,
        pending: row.unsigned("pending")?,
        failed: row.unsigned("failed")?,
        first_owed: row.get::<Option<Uuid>>("first_owed")?.map(PlayerId::from_uuid),
        frozen_at: row.time("frozen_at")?,
    })
}
