//! Awards with more or fewer skill steps than they are due.

use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, StepMismatch},
};

use super::{search::Search, touched::Owners};
use crate::{connection::Connection, decode::Row, sql::Step};

/// An award that was applied is due one step, of the revision that was applied last. Due and taken
/// are added up side by side, as payments are.
pub(super) async fn mismatches(
    connection: &Connection<'_>,
    scope: &AuditScope,
    owners: &Owners,
) -> Result<Audited<StepMismatch>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("s.tournament_id", &mut sql);
    let both = format!(
        "SELECT s.tournament_id, s.player_id, \
         COALESCE(s.paid_revision, s.revision) AS revision, 1 AS awards, \
         CASE WHEN s.state = 'applied' OR s.paid_revision IS NOT NULL THEN 1 ELSE 0 END AS due, \
         0 AS steps FROM awards AS s WHERE true{whose} \
         UNION ALL SELECT s.tournament_id, s.player_id, s.revision, 0, 0, 1 \
         FROM skill_steps AS s WHERE true{whose}"
    );
    let search = Search {
        step: Step { during: "counting skill steps", table: "skill_steps" },
        checked: format!(
            "SELECT (SELECT count(*) FROM awards AS s WHERE true{whose}) \
             + (SELECT count(*) FROM skill_steps AS s WHERE true{whose}) AS rows_checked"
        ),
        faults: format!(
            "SELECT tournament_id, player_id, CAST(revision AS bigint) AS revision, \
             sum(awards) AS awards, sum(due) AS due, sum(steps) AS steps \
             FROM ({both}) AS both_sides GROUP BY tournament_id, player_id, revision \
             HAVING sum(due) <> sum(steps)"
        ),
        order: "tournament_id, player_id, revision",
        sql,
        owners,
    };
    let decode = |row: &Row<'_>| {
        Ok(StepMismatch {
            tournament: row.tournament()?,
            player: row.player()?,
            revision: row.amount("revision")?,
            awarded: row.unsigned("awards")? > 0,
            due: row.unsigned("due")?,
            steps: row.unsigned("steps")?,
        })
    };
    search.run(connection, scope, decode).await
}
