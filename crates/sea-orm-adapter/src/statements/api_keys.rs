//! Keys of the HTTP interface. Of a secret there is a hash, and no statement asks for one by it.

use domain::Hash256;
use ports::{
    Role, StoreError, Timestamp,
    spi::{ApiKeyRecord, KeyRotation, Recorded},
};
use uuid::Uuid;

use crate::{
    connection::Connection,
    decode::Row,
    sql::{Sql, Step},
};

const TABLE: &str = "api_keys";

const COLUMNS: &str = "key_id, prefix, name, role, secret_hash, previous_hash, previous_until, \
                       created_by, created_at, expires_at, revoked_at, last_used_at";

pub(crate) async fn insert(
    connection: &Connection<'_>,
    key: &ApiKeyRecord,
) -> Result<Recorded, StoreError> {
    let mut sql = connection.sql();
    let values = values(&mut sql, key);
    let text = format!(
        "INSERT INTO api_keys ({COLUMNS}) VALUES ({values}) \
         ON CONFLICT DO NOTHING RETURNING key_id"
    );
    let step = Step { during: "recording an API key", table: TABLE };
    let written = connection.row(step, sql, text, |row| row.get::<Uuid>("key_id")).await?;
    Ok(if written.is_some() { Recorded::New } else { Recorded::Replayed })
}

/// What an INSERT puts into [`COLUMNS`].
fn values(sql: &mut Sql, key: &ApiKeyRecord) -> String {
    let mut time = |it: Option<Timestamp>| match it {
        Some(it) => sql.time(it),
        None => "NULL".to_owned(),
    };
    let until = time(key.previous.map(|it| it.1));
    let created_at = time(Some(key.created_at));
    let ends = [key.expires_at, key.revoked_at, key.last_used_at].map(time).join(", ");
    let id = sql.uuid(&key.id);
    let [prefix, name, role] =
        [key.prefix.as_str(), &key.name, key.role.as_str()].map(|it| sql.text(it));
    let secret = sql.text(key.secret.to_string());
    let previous = sql.optional_text(key.previous.map(|it| it.0.to_string()));
    let created_by = sql.text(&key.created_by);
    format!(
        "{id}, {prefix}, {name}, {role}, {secret}, {previous}, {until}, {created_by}, \
         {created_at}, {ends}"
    )
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    prefix: &str,
) -> Result<Option<ApiKeyRecord>, StoreError> {
    let mut sql = connection.sql();
    let prefix = sql.text(prefix);
    let text = format!("SELECT {COLUMNS} FROM api_keys WHERE prefix = {prefix}");
    let step = Step { during: "looking for an API key", table: TABLE };
    connection.row(step, sql, text, decode).await
}

pub(crate) async fn list(
    connection: &Connection<'_>,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<ApiKeyRecord>, StoreError> {
    let mut sql = connection.sql();
    let page = sql.page("key_id", after.as_ref(), limit);
    let text = format!("SELECT {COLUMNS} FROM api_keys WHERE true {page}");
    let step = Step { during: "reading API keys", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

pub(crate) async fn revoke(
    connection: &Connection<'_>,
    prefix: &str,
    at: Timestamp,
) -> Result<Option<ApiKeyRecord>, StoreError> {
    let mut sql = connection.sql();
    let (prefix, at) = (sql.text(prefix), sql.time(at));
    let text = format!(
        "UPDATE api_keys SET revoked_at = COALESCE(revoked_at, {at}) WHERE prefix = {prefix} \
         RETURNING {COLUMNS}"
    );
    let step = Step { during: "revoking an API key", table: TABLE };
    connection.row(step, sql, text, decode).await
}

pub(crate) async fn rotate(
    connection: &Connection<'_>,
    rotation: &KeyRotation,
) -> Result<Option<ApiKeyRecord>, StoreError> {
    let mut sql = connection.sql();
    let (from, to) = (sql.text(rotation.from.to_string()), sql.text(rotation.to.to_string()));
    let (prefix, until) = (sql.text(&rotation.prefix), sql.time(rotation.until));
    let text = format!(
        "UPDATE api_keys \
         SET secret_hash = {to}, previous_hash = secret_hash, previous_until = {until} \
         WHERE prefix = {prefix} AND secret_hash = {from} AND revoked_at IS NULL \
         RETURNING {COLUMNS}"
    );
    let step = Step { during: "rotating an API key", table: TABLE };
    connection.row(step, sql, text, decode).await
}

pub(crate) async fn touch(
    connection: &Connection<'_>,
    prefix: &str,
    at: Timestamp,
    stale: Timestamp,
) -> Result<bool, StoreError> {
    let mut sql = connection.sql();
    let last = connection.dialect().moment("last_used_at");
    let (prefix, used_at) = (sql.text(prefix), sql.time(at));
    let (stale, at) = (sql.moment(stale), sql.moment(at));
    let text = format!(
        "UPDATE api_keys SET last_used_at = {used_at} WHERE prefix = {prefix} \
         AND (last_used_at IS NULL OR ({last} < {stale} AND {last} < {at}))"
    );
    let step = Step { during: "noting the use of an API key", table: TABLE };
    Ok(connection.execute(step, sql, text).await? > 0)
}

fn decode(row: &Row<'_>) -> Result<ApiKeyRecord, StoreError> {
    let hash = |text: &str| text.parse::<Hash256>().ok();
    let previous = row.parsed_if_any("previous_hash", hash)?;
    let until = row.get::<Option<Timestamp>>("previous_until")?;
    Ok(ApiKeyRecord {
        id: row.get::<Uuid>("key_id")?,
        prefix: row.text("prefix")?,
        name: row.text("name")?,
        role: row.parsed("role", Role::parse)?,
        secret: row.parsed("secret_hash", hash)?,
        previous: previous.zip(until),
        created_by: row.text("created_by")?,
        created_at: row.time("created_at")?,
        expires_at: row.get("expires_at")?,
        revoked_at: row.get("revoked_at")?,
        last_used_at: row.get("last_used_at")?,
    })
}
