//! The feed: both families of events, each event in its place.
//!
//! The families are read one by one, because on a database that shards their rows are not on the
//! same nodes.

use ports::{
    StoreError,
    spi::{EventRecord, EventScope},
};

use super::{outbox_events, player_events};
use crate::{
    connection::Connection,
    rows::Rows,
    sql::{Sql, Step},
};

const TABLE: &str = "feed_heads";

/// Which places of the feed to read.
#[derive(Clone, Copy)]
pub(crate) enum Places<'a> {
    /// The next ones.
    Behind { after: i64, limit: u32 },
    /// Exactly these.
    These(&'a [i64]),
}

impl Places<'_> {
    /// What stands behind the column, and behind the order.
    pub(super) fn bind(self, sql: &mut Sql) -> (String, String) {
        match self {
            Self::Behind { after, limit } => {
                (format!("> {}", sql.number(after)), format!(" LIMIT {}", sql.number(limit)))
            }
            Self::These(places) => {
                let rows = sql.rows(Rows::of(places).number("place", |it| *it));
                (format!("IN (SELECT r.place FROM {rows})"), String::new())
            }
        }
    }
}

/// OUTBOX-5
pub(crate) async fn list(
    connection: &Connection<'_>,
    scope: EventScope,
    places: Places<'_>,
) -> Result<Vec<EventRecord>, StoreError> {
    let mut events = player_events::list(connection, scope, places).await?;
    events.extend(outbox_events::list(connection, scope, places).await?);
    events.sort_unstable_by_key(|it| it.position);
    if let Places::Behind { limit, .. } = places {
        events.truncate(limit as usize);
    }
    Ok(events)
}

/// The last place that was given.
pub(crate) async fn last(connection: &Connection<'_>) -> Result<i64, StoreError> {
    let sql = connection.sql();
    let text = "SELECT last_position FROM feed_heads WHERE name = 'feed'";
    let step = Step { during: "reading the head of the feed", table: TABLE };
    Ok(connection.row(step, sql, text, |row| row.amount("last_position")).await?.unwrap_or(0))
}

/// OUTBOX-3, OUTBOX-4. Whoever else gives places waits at the head, and what comes behind it is
/// looked for by a statement of its own: one that had to wait would see the events as they were
/// before it waited.
pub(crate) async fn dispatch(connection: &Connection<'_>, limit: u32) -> Result<u64, StoreError> {
    let before = lock_head(connection).await?;
    let mut last = before;
    for (table, owner) in [("outbox_events", "tournament_id"), ("player_events", "player_id")] {
        last += place(connection, (table, owner), last, limit).await?;
    }
    if last > before {
        move_head(connection, last).await?;
    }
    Ok(u64::try_from(last - before).unwrap_or_default())
}

async fn lock_head(connection: &Connection<'_>) -> Result<i64, StoreError> {
    let sql = connection.sql();
    let text = "INSERT INTO feed_heads AS h (name, last_position) VALUES ('feed', 0) \
                ON CONFLICT (name) DO UPDATE SET last_position = h.last_position \
                RETURNING last_position";
    let step = Step { during: "locking the head of the feed", table: TABLE };
    Ok(connection.row(step, sql, text, |row| row.amount("last_position")).await?.unwrap_or(0))
}

/// Gives places to the next events of a table that have none: of one owner always those with the
/// lowest numbers, because they were committed first.
async fn place(
    connection: &Connection<'_>,
    (table, owner): (&'static str, &str),
    last: i64,
    limit: u32,
) -> Result<i64, StoreError> {
    let mut sql = connection.sql();
    let (last, limit) = (sql.number(last), sql.number(limit));
    let text = format!(
        "WITH owed AS (SELECT {owner}, seq FROM {table} WHERE feed_position IS NULL \
         ORDER BY {owner}, seq LIMIT {limit}), \
         placed AS (SELECT {owner}, seq, \
         {last} + row_number() OVER (ORDER BY {owner}, seq) AS place FROM owed) \
         UPDATE {table} AS e SET feed_position = p.place FROM placed AS p \
         WHERE e.{owner} = p.{owner} AND e.seq = p.seq"
    );
    let placed = connection.execute(Step { during: "placing events", table }, sql, text).await?;
    Ok(i64::try_from(placed).unwrap_or(i64::MAX))
}

async fn move_head(connection: &Connection<'_>, last: i64) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let last = sql.number(last);
    let text = format!("UPDATE feed_heads SET last_position = {last} WHERE name = 'feed'");
    let step = Step { during: "moving the head of the feed", table: TABLE };
    connection.execute(step, sql, text).await.map(drop)
}
