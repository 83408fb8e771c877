//! Requests that happen once.

use domain::RequestId;
use ports::{
    StoreError, Timestamp, TransientCause,
    spi::{Claimed, HeldRequest, RequestClaim, RequestRecord, RequestWrite},
};

use crate::{
    connection::Connection,
    decode::Row,
    sql::{Sql, Step},
};

const TABLE: &str = "requests";
const CLAIMING: Step = Step { during: "claiming a request", table: TABLE };
const COLUMNS: &str = "request_id, fingerprint, token, lease_until, claims, document, record, \
                       answer, created_at";

/// How often a claim looks at a request that somebody removes meanwhile.
const LOOKS_MAX: u32 = 3;

/// REQUEST-1, REQUEST-2, REQUEST-3: the row decides, in one statement, which of those who claim at
/// once has it; everybody else looks at what there is.
pub(crate) async fn claim(
    connection: &Connection<'_>,
    claim: &RequestClaim,
) -> Result<Claimed, StoreError> {
    for _ in 0..LOOKS_MAX {
        if let Some(mine) = take(connection, claim).await? {
            return Ok(Claimed::Mine(mine));
        }
        if let Some(theirs) = find(connection, &[claim.held.id]).await?.pop() {
            return Ok(Claimed::Theirs(theirs));
        }
    }
    let source = "the request was removed each time it was looked at".into();
    Err(StoreError::Transient { cause: TransientCause::Busy, during: CLAIMING.during, source })
}

async fn take(
    connection: &Connection<'_>,
    claim: &RequestClaim,
) -> Result<Option<RequestRecord>, StoreError> {
    let mut sql = connection.sql();
    let (id, token) = (sql.uuid(claim.held.id.as_uuid()), sql.uuid(&claim.held.token));
    let fingerprint = sql.text(claim.fingerprint.to_string());
    let lease_until = sql.time(claim.held.lease_from(claim.at));
    let document = sql.optional_text(claim.document.clone());
    let created_at = sql.time(claim.at);
    let now = sql.moment(claim.at);
    let ended = connection.dialect().moment("q.lease_until");
    let text = format!(
        "INSERT INTO requests AS q \
         (request_id, fingerprint, token, lease_until, claims, document, created_at) \
         VALUES ({id}, {fingerprint}, {token}, {lease_until}, 1, {document}, {created_at}) \
         ON CONFLICT (request_id) DO UPDATE SET token = excluded.token, \
         lease_until = excluded.lease_until, claims = q.claims + 1, \
         document = coalesce(excluded.document, q.document) \
         WHERE q.answer IS NULL AND q.fingerprint = excluded.fingerprint AND {ended} <= {now} \
         RETURNING {COLUMNS}"
    );
    connection.row(CLAIMING, sql, text, decode).await
}

pub(crate) async fn extend(
    connection: &Connection<'_>,
    held: &HeldRequest,
    lease_until: Timestamp,
) -> Result<bool, StoreError> {
    let mut sql = connection.sql();
    let lease_until = sql.time(lease_until);
    let step = Step { during: "extending a lease", table: TABLE };
    change(connection, step, sql, held, &format!("lease_until = {lease_until}")).await
}

pub(crate) async fn answer(
    connection: &Connection<'_>,
    held: &HeldRequest,
    answer: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let mut sql = connection.sql();
    let (answer, at) = (sql.text(answer), sql.time(at));
    let step = Step { during: "answering a request", table: TABLE };
    change(connection, step, sql, held, &format!("answer = {answer}, lease_until = {at}")).await
}

/// REQUEST-4: in the transaction of what the request brings about.
pub(crate) async fn record(
    connection: &Connection<'_>,
    write: &RequestWrite,
) -> Result<bool, StoreError> {
    let mut sql = connection.sql();
    let (record, lease_until) = (sql.text(&*write.record), sql.time(write.lease_until));
    let step = Step { during: "recording a request", table: TABLE };
    let set = format!("record = {record}, lease_until = {lease_until}");
    change(connection, step, sql, &write.held, &set).await
}

/// REQUEST-3, REQUEST-5: whoever has the request no more changes nothing, nor does anybody what is
/// answered.
async fn change(
    connection: &Connection<'_>,
    step: Step,
    mut sql: Sql,
    held: &HeldRequest,
    set: &str,
) -> Result<bool, StoreError> {
    let (id, token) = (sql.uuid(held.id.as_uuid()), sql.uuid(&held.token));
    let text = format!(
        "UPDATE requests SET {set} \
         WHERE request_id = {id} AND token = {token} AND answer IS NULL"
    );
    Ok(connection.execute(step, sql, text).await? == 1)
}

/// REQUEST-4: whoever is recording to it is waited for.
pub(crate) async fn lock(
    connection: &Connection<'_>,
    id: RequestId,
) -> Result<Option<RequestRecord>, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(id.as_uuid());
    let locked = connection.dialect().locking("FOR UPDATE");
    let text = format!("SELECT {COLUMNS} FROM requests WHERE request_id = {id} {locked}");
    let step = Step { during: "locking a request", table: TABLE };
    connection.row(step, sql, text, decode).await
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    ids: &[RequestId],
) -> Result<Vec<RequestRecord>, StoreError> {
    let mut sql = connection.sql();
    let one_of = sql.one_of(ids.iter().map(|it| *it.as_uuid()));
    let text =
        format!("SELECT {COLUMNS} FROM requests WHERE request_id {one_of} ORDER BY request_id");
    let step = Step { during: "reading requests", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

/// REQUEST-6.
pub(crate) async fn list_due(
    connection: &Connection<'_>,
    at: Timestamp,
    limit: u32,
) -> Result<Vec<RequestRecord>, StoreError> {
    let mut sql = connection.sql();
    let ended = connection.dialect().moment("lease_until");
    let (at, limit) = (sql.moment(at), sql.number(limit));
    let text = format!(
        "SELECT {COLUMNS} FROM requests \
         WHERE answer IS NULL AND document IS NOT NULL AND {ended} <= {at} \
         ORDER BY {ended}, request_id LIMIT {limit}"
    );
    let step = Step { during: "looking for requests to be taken over", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

/// REQUEST-7.
pub(crate) async fn delete_old(
    connection: &Connection<'_>,
    before: Timestamp,
    limit: u32,
) -> Result<u64, StoreError> {
    let mut sql = connection.sql();
    let ended = connection.dialect().moment("lease_until");
    let (before, limit) = (sql.moment(before), sql.number(limit));
    let text = format!(
        "DELETE FROM requests WHERE request_id IN (\
         SELECT request_id FROM requests WHERE {ended} < {before} \
         AND (answer IS NOT NULL OR document IS NULL) LIMIT {limit})"
    );
    let step = Step { during: "removing old requests", table: TABLE };
    connection.execute(step, sql, text).await
}

fn decode(row: &Row<'_>) -> Result<RequestRecord, StoreError> {
    Ok(RequestRecord {
        id: row.get("request_id").map(RequestId::from_uuid)?,
        fingerprint: row.parsed("fingerprint", |it| it.parse().ok())?,
        token: row.get("token")?,
        lease_until: row.time("lease_until")?,
        claims: row.count("claims")?,
        document: row.get("document")?,
        record: row.get("record")?,
        answer: row.get("answer")?,
        created_at: row.time("created_at")?,
    })
}
