//! What processes saw of their locks.

use ports::{
    StoreError, Timestamp,
    spi::{LockObservation, Recorded},
};
use uuid::Uuid;

use super::recorded;
use crate::{connection::Connection, decode::Row, rows::Rows, sql::Step};

const TABLE: &str = "lock_observations";

pub(crate) async fn insert(
    connection: &Connection<'_>,
    observations: &[LockObservation],
) -> Result<Vec<Recorded>, StoreError> {
    let mut sql = connection.sql();
    let rows = Rows::of(observations)
        .uuid("observation_id", |it| it.id)
        .moment("observed_at", |it| it.observed_at)
        .text("document", |it| it.document.as_str());
    let rows = sql.rows(rows);
    let text = format!(
        "INSERT INTO lock_observations (observation_id, observed_at, document) \
         SELECT r.observation_id, r.observed_at, r.document FROM {rows} WHERE true \
         ON CONFLICT (observation_id) DO NOTHING RETURNING observation_id"
    );
    let step = Step { during: "writing down locks", table: TABLE };
    let written = connection.rows(step, sql, text, id).await?;
    Ok(recorded(observations.iter().map(|it| it.id), written))
}

pub(crate) async fn list(
    connection: &Connection<'_>,
    since: Option<Timestamp>,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<LockObservation>, StoreError> {
    let mut sql = connection.sql();
    let observed = connection.dialect().moment("observed_at");
    let late_enough = match since {
        Some(since) => format!("{observed} >= {}", sql.moment(since)),
        None => "true".to_owned(),
    };
    let page = sql.page("observation_id", after.as_ref(), limit);
    let text = format!(
        "SELECT observation_id, observed_at, document FROM lock_observations \
         WHERE {late_enough} {page}"
    );
    let step = Step { during: "reading locks", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

/// Removes what was observed before, at most `limit` rows.
pub(crate) async fn delete(
    connection: &Connection<'_>,
    before: Timestamp,
    limit: u32,
) -> Result<u64, StoreError> {
    let mut sql = connection.sql();
    let observed = connection.dialect().moment("observed_at");
    let (before, limit) = (sql.moment(before), sql.number(limit));
    let text = format!(
        "DELETE FROM lock_observations WHERE observation_id IN (\
         SELECT observation_id FROM lock_observations WHERE {observed} < {before} LIMIT {limit})"
    );
    let step = Step { during: "removing old locks", table: TABLE };
    connection.execute(step, sql, text).await
}

fn id(row: &Row<'_>) -> Result<Uuid, StoreError> {
    row.get("observation_id")
}

fn decode(row: &Row<'_>) -> Result<LockObservation, StoreError> {
    Ok(LockObservation {
        id: id(row)?,
        observed_at: row.time("observed_at")?,
        document: row.text("document")?,
    })
}
