//! Deliveries: made of events, claimed, recorded, replayed.

use std::collections::BTreeMap;

use ports::{
    StoreError, Timestamp,
    spi::{
        Attempt, ClaimedDelivery, DeliveryClaim, DeliveryRecord, DeliveryState, EventRecord,
        EventScope, Replay,
    },
};
use uuid::Uuid;

use super::feed::{self, Places};
use crate::{connection::Connection, decode::Row, errors, rows::Rows, sql::Step};

const TABLE: &str = "deliveries";

/// RELAY-1: one of each event, whoever makes it.
pub(crate) async fn insert(
    connection: &Connection<'_>,
    webhook: Uuid,
    positions: &[i64],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let (webhook, now) = (sql.uuid(&webhook), sql.time(now));
    let rows = sql.rows(Rows::of(positions).number("place", |it| *it));
    let text = format!(
        "INSERT INTO deliveries \
         (webhook_id, feed_position, state, attempts, due_at, created_at, error) \
         SELECT {webhook}, r.place, 'pending', 0, {now}, {now}, '' FROM {rows} WHERE true \
         ON CONFLICT (webhook_id, feed_position) DO NOTHING RETURNING feed_position"
    );
    let step = Step { during: "fanning events out", table: TABLE };
    connection.rows(step, sql, text, position).await.map(drop)
}

/// RELAY-2, RELAY-4. Until the claim is over its deliveries are not due, and then they are again.
pub(crate) async fn claim(
    connection: &Connection<'_>,
    claim: &DeliveryClaim,
) -> Result<Vec<ClaimedDelivery>, StoreError> {
    let mut sql = connection.sql();
    let (webhook, id) = (sql.uuid(&claim.webhook), sql.uuid(&claim.id));
    let (now, until) = (sql.moment(claim.now), sql.time(claim.until));
    let limit = sql.number(claim.limit);
    let due = connection.dialect().moment("n.due_at");
    let skipping = connection.dialect().locking(" FOR UPDATE SKIP LOCKED");
    let text = format!(
        "WITH next AS MATERIALIZED (\
         SELECT n.feed_position AS place FROM deliveries AS n WHERE n.webhook_id = {webhook} \
         AND n.state = 'pending' AND {due} <= {now} AND EXISTS (SELECT 1 FROM webhooks AS w \
         WHERE w.webhook_id = {webhook} AND w.state = 'active') \
         ORDER BY {due}, n.feed_position LIMIT {limit}{skipping}) \
         UPDATE deliveries AS d SET claim_id = {id}, due_at = {until} FROM next AS x \
         WHERE d.webhook_id = {webhook} AND d.feed_position = x.place \
         RETURNING feed_position, attempts"
    );
    let step = Step { during: "claiming deliveries", table: TABLE };
    let decode = |row: &Row<'_>| Ok((position(row)?, row.count("attempts")?));
    let mut claimed = connection.rows(step, sql, text, decode).await?;
    claimed.sort_unstable();
    let events = events(connection, claimed.iter().map(|it| it.0)).await?;
    let delivery = |(place, attempts)| {
        let event = events.get(&place).cloned().ok_or_else(lost)?;
        Ok(ClaimedDelivery { event, attempts })
    };
    claimed.into_iter().map(delivery).collect()
}

/// RELAY-3
pub(crate) async fn record(
    connection: &Connection<'_>,
    webhook: Uuid,
    claim: Uuid,
    attempts: &[Attempt],
) -> Result<u64, StoreError> {
    let mut sql = connection.sql();
    let (webhook, claim) = (sql.uuid(&webhook), sql.uuid(&claim));
    let rows = Rows::of(attempts)
        .number("place", |it| it.position)
        .text("state", |it| it.result.state().as_str())
        .moment("due_at", |it| it.result.due_at(it.at))
        .moment("tried_at", |it| it.at)
        .number("status", |it| it.status.unwrap_or_default())
        .text("error", |it| it.error.as_str());
    let rows = sql.rows(rows);
    let text = format!(
        "UPDATE deliveries AS d SET state = r.state, attempts = d.attempts + 1, \
         due_at = r.due_at, claim_id = NULL, tried_at = r.tried_at, \
         status = NULLIF(r.status, 0), error = r.error FROM {rows} \
         WHERE d.webhook_id = {webhook} AND d.feed_position = r.place AND d.claim_id = {claim}"
    );
    let step = Step { during: "recording attempts", table: TABLE };
    connection.execute(step, sql, text).await
}

pub(crate) async fn list(
    connection: &Connection<'_>,
    webhook: Uuid,
    state: Option<DeliveryState>,
    after: i64,
    limit: u32,
) -> Result<Vec<DeliveryRecord>, StoreError> {
    let mut sql = connection.sql();
    let (id, after, limit) = (sql.uuid(&webhook), sql.number(after), sql.number(limit));
    let wanted = state.map(|it| format!(" AND state = {}", sql.text(it.as_str())));
    let text = format!(
        "SELECT feed_position, state, attempts, due_at, tried_at, status, error FROM deliveries \
         WHERE webhook_id = {id} AND feed_position > {after}{} \
         ORDER BY feed_position LIMIT {limit}",
        wanted.unwrap_or_default()
    );
    let step = Step { during: "reading deliveries", table: TABLE };
    let stored = connection.rows(step, sql, text, Stored::decode).await?;
    let mut events = events(connection, stored.iter().map(|it| it.position)).await?;
    let record = |it: Stored| {
        let event = events.remove(&it.position).ok_or_else(lost)?;
        Ok(it.of(webhook, event))
    };
    stored.into_iter().map(record).collect()
}

/// As if they had never been tried: whoever has claimed them records nothing.
pub(crate) async fn replay(
    connection: &Connection<'_>,
    webhook: Uuid,
    what: Replay,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut sql = connection.sql();
    let (webhook, now) = (sql.uuid(&webhook), sql.time(now));
    let which = match what {
        Replay::One(place) => format!("= {}", sql.number(place)),
        Replay::Behind(place) => format!("> {}", sql.number(place)),
    };
    let text = format!(
        "UPDATE deliveries SET state = 'pending', attempts = 0, due_at = {now}, \
         claim_id = NULL, tried_at = NULL, status = NULL, error = '' \
         WHERE webhook_id = {webhook} AND feed_position {which}"
    );
    let step = Step { during: "replaying deliveries", table: TABLE };
    connection.execute(step, sql, text).await
}

/// Those of one webhook.
pub(crate) async fn delete(connection: &Connection<'_>, webhook: Uuid) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let webhook = sql.uuid(&webhook);
    let text = format!("DELETE FROM deliveries WHERE webhook_id = {webhook}");
    let step = Step { during: "removing deliveries", table: TABLE };
    connection.execute(step, sql, text).await.map(drop)
}

/// Those that have arrived and were made long ago.
pub(crate) async fn delete_delivered(
    connection: &Connection<'_>,
    before: Timestamp,
    limit: u32,
) -> Result<u64, StoreError> {
    let mut sql = connection.sql();
    let created = connection.dialect().moment("created_at");
    let (before, limit) = (sql.moment(before), sql.number(limit));
    let text = format!(
        "DELETE FROM deliveries WHERE (webhook_id, feed_position) IN (\
         SELECT webhook_id, feed_position FROM deliveries \
         WHERE state = 'delivered' AND {created} < {before} LIMIT {limit})"
    );
    let step = Step { during: "removing old deliveries", table: TABLE };
    connection.execute(step, sql, text).await
}

/// A delivery without its event.
struct Stored {
    position: i64,
    state: DeliveryState,
    attempts: u32,
    due_at: Timestamp,
    tried_at: Option<Timestamp>,
    status: Option<u16>,
    error: String,
}

impl Stored {
    fn decode(row: &Row<'_>) -> Result<Self, StoreError> {
        let status = row.get::<Option<i32>>("status")?.map(u16::try_from).transpose();
        Ok(Self {
            position: position(row)?,
            state: row.parsed("state", DeliveryState::parse)?,
            attempts: row.count("attempts")?,
            due_at: row.time("due_at")?,
            tried_at: row.get("tried_at")?,
            status: status.map_err(|_| row.broken("status", "is a status of HTTP"))?,
            error: row.text("error")?,
        })
    }

    fn of(self, webhook: Uuid, event: EventRecord) -> DeliveryRecord {
        let Self { state, attempts, due_at, tried_at, status, error, .. } = self;
        DeliveryRecord { webhook, event, state, attempts, due_at, tried_at, status, error }
    }
}

async fn events(
    connection: &Connection<'_>,
    positions: impl Iterator<Item = i64>,
) -> Result<BTreeMap<i64, EventRecord>, StoreError> {
    let positions: Vec<_> = positions.collect();
    if positions.is_empty() {
        return Ok(BTreeMap::new());
    }
    let events = feed::list(connection, EventScope::All, Places::These(&positions)).await?;
    Ok(events.into_iter().map(|it| (it.position, it)).collect())
}

fn position(row: &Row<'_>) -> Result<i64, StoreError> {
    row.amount("feed_position")
}

fn lost() -> StoreError {
    errors::corrupt(TABLE, "what is delivered is an event")
}
