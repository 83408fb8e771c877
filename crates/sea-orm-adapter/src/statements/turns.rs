//! What was due at a time, and has been taken on by somebody.

use ports::{
    StoreError, Timestamp,
    spi::{Recorded, Turn},
};

use crate::{connection::Connection, sql::Step};

const TABLE: &str = "turns";

pub(crate) async fn take(connection: &Connection<'_>, turn: &Turn) -> Result<Recorded, StoreError> {
    let mut sql = connection.sql();
    let (task, due_at) = (sql.text(&turn.task), sql.time(turn.due_at));
    let text = format!(
        "INSERT INTO turns (task, due_at) VALUES ({task}, {due_at}) \
         ON CONFLICT (task, due_at) DO NOTHING RETURNING task"
    );
    let step = Step { during: "taking a turn", table: TABLE };
    let taken = connection.row(step, sql, text, |row| row.text("task")).await?;
    Ok(if taken.is_some() { Recorded::New } else { Recorded::Replayed })
}

/// Removes turns from before, at most `limit`.
pub(crate) async fn delete(
    connection: &Connection<'_>,
    before: Timestamp,
    limit: u32,
) -> Result<u64, StoreError> {
    let mut sql = connection.sql();
    let due = connection.dialect().moment("due_at");
    let (before, limit) = (sql.moment(before), sql.number(limit));
    let text = format!(
        "DELETE FROM turns WHERE (task, due_at) IN (\
         SELECT task, due_at FROM turns WHERE {due} < {before} LIMIT {limit})"
    );
    let step = Step { during: "removing old turns", table: TABLE };
    connection.execute(step, sql, text).await
}
