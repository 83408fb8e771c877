//! The part of the feed that is about tournaments. It is written where they are moved on.

use ports::{
    StoreError,
    spi::{EventOwner, EventRecord, EventScope},
};

use super::feed::Places;
use crate::{connection::Connection, decode::Row, sql::Step};

const TABLE: &str = "outbox_events";

pub(crate) async fn list(
    connection: &Connection<'_>,
    scope: EventScope,
    places: Places<'_>,
) -> Result<Vec<EventRecord>, StoreError> {
    let mut sql = connection.sql();
    let whose = match scope {
        EventScope::All => String::new(),
        EventScope::Player(_) => return Ok(vec![]),
        EventScope::Tournament(id) => format!(" AND tournament_id = {}", sql.uuid(id.as_uuid())),
    };
    let (places, limit) = places.bind(&mut sql);
    let text = format!(
        "SELECT tournament_id, CAST(seq AS bigint) AS seq, event_type, \
         CAST(payload AS text) AS data, occurred_at, feed_position FROM outbox_events \
         WHERE feed_position {places}{whose} ORDER BY feed_position{limit}"
    );
    let step = Step { during: "reading events of tournaments", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

fn decode(row: &Row<'_>) -> Result<EventRecord, StoreError> {
    let tournament = row.tournament()?;
    Ok(EventRecord {
        position: row.amount("feed_position")?,
        owner: EventOwner::Tournament(tournament),
        seq: row.amount("seq")?,
        name: row.text("event_type")?,
        tournament: Some(tournament),
        revision: None,
        data: row.text("data")?,
        occurred_at: row.time("occurred_at")?,
    })
}
