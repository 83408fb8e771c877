//! Verifications, as written down.

use ports::{
    StoreError,
    spi::{Recorded, RunRecord},
};
use uuid::Uuid;

use crate::{connection::Connection, decode::Row, sql::Step};

const TABLE: &str = "verification_runs";

pub(crate) async fn insert(
    connection: &Connection<'_>,
    run: &RunRecord,
) -> Result<Recorded, StoreError> {
    let mut sql = connection.sql();
    let (id, started_at) = (sql.uuid(&run.id), sql.time(run.started_at));
    let (outcome, report) = (sql.text(&run.outcome), sql.text(&run.report));
    let text = format!(
        "INSERT INTO verification_runs (run_id, started_at, outcome, report) \
         VALUES ({id}, {started_at}, {outcome}, {report}) \
         ON CONFLICT (run_id) DO NOTHING RETURNING run_id"
    );
    let step = Step { during: "writing down a verification", table: TABLE };
    let written = connection.row(step, sql, text, |row| row.get::<Uuid>("run_id")).await?;
    Ok(if written.is_some() { Recorded::New } else { Recorded::Replayed })
}

pub(crate) async fn list(
    connection: &Connection<'_>,
    limit: u32,
) -> Result<Vec<RunRecord>, StoreError> {
    let mut sql = connection.sql();
    let limit = sql.number(limit);
    let newest_first = newest_first(connection);
    let text = format!(
        "SELECT run_id, started_at, outcome, report FROM verification_runs \
         {newest_first} LIMIT {limit}"
    );
    let step = Step { during: "reading verifications", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

/// Removes the runs behind the newest `kept`, at most `limit` of them.
pub(crate) async fn delete(
    connection: &Connection<'_>,
    kept: u32,
    limit: u32,
) -> Result<u64, StoreError> {
    let mut sql = connection.sql();
    let (kept, limit) = (sql.number(kept), sql.number(limit));
    let newest_first = newest_first(connection);
    let text = format!(
        "DELETE FROM verification_runs WHERE run_id IN (\
         SELECT run_id FROM verification_runs {newest_first} LIMIT {limit} OFFSET {kept})"
    );
    let step = Step { during: "removing old verifications", table: TABLE };
    connection.execute(step, sql, text).await
}

fn newest_first(connection: &Connection<'_>) -> String {
    let began = connection.dialect().moment("started_at");
    format!("ORDER BY {began} DESC, run_id DESC")
}

fn decode(row: &Row<'_>) -> Result<RunRecord, StoreError> {
    Ok(RunRecord {
        id: row.get::<Uuid>("run_id")?,
        started_at: row.time("started_at")?,
        outcome: row.text("outcome")?,
        report: row.text("report")?,
    })
}
