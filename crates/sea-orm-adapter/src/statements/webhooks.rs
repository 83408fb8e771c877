//! Webhooks, and how far each has come in the feed.

use ports::{
    StoreError, Timestamp,
    spi::{Recorded, WebhookRecord, WebhookSecret, WebhookState},
};
use uuid::Uuid;

use super::to_json;
use crate::{
    connection::Connection,
    decode::Row,
    sql::{Sql, Step},
};

const TABLE: &str = "webhooks";
const READING: Step = Step { during: "reading webhooks", table: TABLE };

const COLUMNS: &str = "webhook_id, version, url, description, event_types, secrets, state, \
                       feed_position, created_at, changed_at";

pub(crate) async fn insert(
    connection: &Connection<'_>,
    webhook: &WebhookRecord,
) -> Result<Recorded, StoreError> {
    let mut sql = connection.sql();
    let values = [
        sql.uuid(&webhook.id),
        sql.number(webhook.version),
        sql.text(webhook.url.as_str()),
        sql.text(webhook.description.as_str()),
        sql.text(to_json(&webhook.event_types)),
        sql.text(to_json(&webhook.secrets)),
        sql.text(webhook.state.as_str()),
        sql.number(webhook.position),
        sql.time(webhook.created_at),
        sql.time(webhook.changed_at),
    ];
    let text = format!(
        "INSERT INTO webhooks ({COLUMNS}) VALUES ({}) \
         ON CONFLICT (webhook_id) DO NOTHING RETURNING webhook_id",
        values.join(", ")
    );
    let step = Step { during: "setting up a webhook", table: TABLE };
    let written = connection.row(step, sql, text, id).await?;
    Ok(written.map_or(Recorded::Replayed, |_| Recorded::New))
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    webhook: Uuid,
) -> Result<Option<WebhookRecord>, StoreError> {
    let mut sql = connection.sql();
    let webhook = sql.uuid(&webhook);
    let text = format!("SELECT {COLUMNS} FROM webhooks WHERE webhook_id = {webhook}");
    connection.row(READING, sql, text, decode).await
}

/// The webhook, for whoever moves its position; `None` when another is at it.
pub(crate) async fn lock(
    connection: &Connection<'_>,
    webhook: Uuid,
) -> Result<Option<WebhookRecord>, StoreError> {
    let mut sql = connection.sql();
    let webhook = sql.uuid(&webhook);
    let locking = connection.dialect().locking(" FOR UPDATE SKIP LOCKED");
    let text = format!("SELECT {COLUMNS} FROM webhooks WHERE webhook_id = {webhook}{locking}");
    connection.row(Step { during: "locking a webhook", ..READING }, sql, text, decode).await
}

pub(crate) async fn list(
    connection: &Connection<'_>,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<WebhookRecord>, StoreError> {
    let mut sql = connection.sql();
    let page = sql.page("webhook_id", after.as_ref(), limit);
    let text = format!("SELECT {COLUMNS} FROM webhooks WHERE true{page}");
    connection.rows(READING, sql, text, decode).await
}

/// RELAY-5
pub(crate) async fn update(
    connection: &Connection<'_>,
    webhook: &WebhookRecord,
) -> Result<bool, StoreError> {
    let mut sql = connection.sql();
    let (id, version) = (sql.uuid(&webhook.id), sql.number(webhook.version));
    let (url, description) = (sql.text(webhook.url.as_str()), sql.text(&*webhook.description));
    let event_types = sql.text(to_json(&webhook.event_types));
    let secrets = sql.text(to_json(&webhook.secrets));
    let (state, at) = (sql.text(webhook.state.as_str()), sql.time(webhook.changed_at));
    let text = format!(
        "UPDATE webhooks SET version = version + 1, url = {url}, description = {description}, \
         event_types = {event_types}, secrets = {secrets}, state = {state}, changed_at = {at} \
         WHERE webhook_id = {id} AND version = {version}"
    );
    let step = Step { during: "changing a webhook", table: TABLE };
    Ok(connection.execute(step, sql, text).await? > 0)
}

pub(crate) async fn delete(connection: &Connection<'_>, id: Uuid) -> Result<bool, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(&id);
    let text = format!("DELETE FROM webhooks WHERE webhook_id = {id}");
    let step = Step { during: "removing a webhook", table: TABLE };
    Ok(connection.execute(step, sql, text).await? > 0)
}

/// How far the events have been fanned out.
pub(crate) async fn move_on(
    connection: &Connection<'_>,
    id: Uuid,
    position: i64,
) -> Result<(), StoreError> {
    moved(connection, id, |sql| sql.number(position)).await
}

/// Back to a place, unless it is there or before it.
pub(crate) async fn move_back(
    connection: &Connection<'_>,
    id: Uuid,
    position: i64,
) -> Result<(), StoreError> {
    let earlier = |sql: &mut Sql| {
        let place = sql.number(position);
        format!("CASE WHEN feed_position < {place} THEN feed_position ELSE {place} END")
    };
    moved(connection, id, earlier).await
}

async fn moved(
    connection: &Connection<'_>,
    id: Uuid,
    position: impl FnOnce(&mut Sql) -> String + Send,
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let (id, position) = (sql.uuid(&id), position(&mut sql));
    let text = format!("UPDATE webhooks SET feed_position = {position} WHERE webhook_id = {id}");
    let step = Step { during: "moving a webhook along the feed", table: TABLE };
    connection.execute(step, sql, text).await.map(drop)
}

/// Active ones with something to do.
pub(crate) async fn busy(
    connection: &Connection<'_>,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Uuid>, StoreError> {
    let mut sql = connection.sql();
    let due = connection.dialect().moment("d.due_at");
    let (now, limit) = (sql.moment(now), sql.number(limit));
    let text = format!(
        "SELECT w.webhook_id FROM webhooks AS w WHERE w.state = 'active' AND (\
         w.feed_position < (SELECT COALESCE(max(last_position), 0) FROM feed_heads) \
         OR EXISTS (SELECT 1 FROM deliveries AS d WHERE d.webhook_id = w.webhook_id \
         AND d.state = 'pending' AND {due} <= {now})) ORDER BY w.webhook_id LIMIT {limit}"
    );
    connection.rows(READING, sql, text, id).await
}

fn id(row: &Row<'_>) -> Result<Uuid, StoreError> {
    row.get("webhook_id")
}

fn decode(row: &Row<'_>) -> Result<WebhookRecord, StoreError> {
    let types = |text: &str| serde_json::from_str::<Vec<String>>(text).ok();
    let secrets = |text: &str| serde_json::from_str::<Vec<WebhookSecret>>(text).ok();
    Ok(WebhookRecord {
        id: id(row)?,
        version: row.amount("version")?,
        url: row.text("url")?,
        description: row.text("description")?,
        event_types: row.parsed("event_types", types)?,
        secrets: row.parsed("secrets", secrets)?,
        state: row.parsed("state", WebhookState::parse)?,
        position: row.amount("feed_position")?,
        created_at: row.time("created_at")?,
        changed_at: row.time("changed_at")?,
    })
}
