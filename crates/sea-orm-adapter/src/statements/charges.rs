//! Charges: what is set aside, charged and given back.

use std::collections::BTreeMap;

use domain::{
    Charge, ChargeId, ChargeMove, ChargeOrigin, ChargeState, LockOrder, PlayerId, RefundId,
};
use ports::{
    StoreError, Timestamp,
    spi::{ChargeName, ChargeRecord, ChargeScope, NewCharge, Recorded},
};
use time::UtcOffset;
use uuid::Uuid;

use super::recorded;
use crate::{
    connection::Connection,
    decode::Row,
    errors,
    rows::Rows,
    sql::{Sql, Step},
};

const TABLE: &str = "charges";
const BEGINNING: Step = Step { during: "charging", table: TABLE };
const MOVING: Step = Step { during: "moving charges on", table: TABLE };
const READING: Step = Step { during: "reading charges", table: TABLE };
const COLUMNS: &str = "c.player_id, c.charge_id, c.origin, c.amount, c.settled, c.refunded, c.state, \
                       c.expires_at, c.memo, c.created_at, c.changed_at";
const OF_ITS_NAME: &str = "WHERE c.player_id = r.player_id AND c.charge_id = r.charge_id";

/// CHARGE-2
pub(crate) async fn insert(
    connection: &Connection<'_>,
    charges: &[NewCharge],
    at: Timestamp,
) -> Result<Vec<Recorded>, StoreError> {
    let mut sql = connection.sql();
    let at = sql.time(at);
    let rows = Rows::of(charges)
        .uuid("player_id", |it| *it.charge.player.as_uuid())
        .uuid("charge_id", |it| *it.charge.id.as_uuid())
        .text("origin", |it| it.charge.origin.as_str())
        .number("amount", |it| it.charge.amount)
        .number("settled", |it| it.charge.settled)
        .text("state", |it| it.charge.state.as_str())
        .truth("expires", |it| it.expires_at.is_some())
        .moment("expires_at", |it| expiry(it).to_offset(UtcOffset::UTC))
        .text("memo", |it| it.memo.as_str());
    let rows = sql.rows(rows);
    let text = format!(
        "INSERT INTO charges AS c (player_id, charge_id, origin, amount, settled, refunded, state, \
         expires_at, memo, created_at, changed_at) \
         SELECT r.player_id, r.charge_id, r.origin, r.amount, r.settled, 0, r.state, \
         CASE WHEN r.expires THEN r.expires_at END, r.memo, {at}, {at} FROM {rows} WHERE true \
         ON CONFLICT (player_id, charge_id) DO NOTHING RETURNING player_id, charge_id"
    );
    let written = connection.rows(BEGINNING, sql, text, decode_name).await?;
    Ok(recorded(charges.iter().map(|it| (it.charge.player, it.charge.id)), written))
}

/// A batch has no NULLs: what never expires has a time that is not looked at.
fn expiry(new: &NewCharge) -> Timestamp {
    new.expires_at.unwrap_or(Timestamp::UNIX_EPOCH)
}

/// CHARGE-3; CHARGE-4 is refused by the checks, but for a refund that is taken back.
pub(crate) async fn update(
    connection: &Connection<'_>,
    moves: &[ChargeMove],
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let at = sql.time(at);
    let rows = sql.rows(moved(moves));
    let text = format!(
        "UPDATE charges AS c SET settled = r.settled, refunded = r.refunded, state = r.state, \
         changed_at = {at} FROM {rows} {OF_ITS_NAME} AND r.refunded >= c.refunded \
         AND c.state = r.state_before AND c.settled = r.settled_before \
         AND c.refunded = r.refunded_before"
    );
    let updated = connection.execute(MOVING, sql, text).await?;
    if updated != moves.len() as u64 {
        return Err(errors::corrupt(TABLE, "a charge is as its move found it"));
    }
    Ok(())
}

/// What begins has no row yet: it is found as it is to become, and that is nowhere.
fn moved(moves: &[ChargeMove]) -> Rows<'_, ChargeMove> {
    let before = |it: &ChargeMove| it.before.unwrap_or(it.after);
    Rows::of(moves)
        .uuid("player_id", |it| *it.after.player.as_uuid())
        .uuid("charge_id", |it| *it.after.id.as_uuid())
        .number("settled", |it| it.after.settled)
        .number("refunded", |it| it.after.refunded)
        .text("state", |it| it.after.state.as_str())
        .number("settled_before", move |it| before(it).settled)
        .number("refunded_before", move |it| before(it).refunded)
        .text("state_before", move |it| before(it).state.as_str())
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    names: &[ChargeName],
) -> Result<Vec<ChargeRecord>, StoreError> {
    let names = LockOrder::of(names.iter().copied());
    let mut sql = connection.sql();
    let rows = sql.rows(named(names.as_slice()));
    let text = format!(
        "SELECT {COLUMNS} FROM {rows} CROSS JOIN charges AS c {OF_ITS_NAME} \
         ORDER BY c.player_id, c.charge_id"
    );
    let found = connection.rows(READING, sql, text, decode).await?;
    with_refunds(connection, found).await
}

pub(crate) async fn list(
    connection: &Connection<'_>,
    player: PlayerId,
    scope: ChargeScope,
    after: Option<ChargeId>,
    limit: u32,
) -> Result<Vec<ChargeRecord>, StoreError> {
    let mut sql = connection.sql();
    let player = sql.uuid(player.as_uuid());
    let page = sql.page("c.charge_id", after.as_ref().map(ChargeId::as_uuid), limit);
    let held = match scope {
        ChargeScope::All => "",
        ChargeScope::Held => " AND c.state = 'held'",
    };
    let text =
        format!("SELECT {COLUMNS} FROM charges AS c WHERE c.player_id = {player}{held}{page}");
    let found = connection.rows(READING, sql, text, decode).await?;
    with_refunds(connection, found).await
}

pub(crate) async fn list_due(
    connection: &Connection<'_>,
    at: Timestamp,
    after: Option<PlayerId>,
    limit: u32,
) -> Result<Vec<ChargeRecord>, StoreError> {
    let mut sql = connection.sql();
    let at = sql.moment(at);
    let due = |sql: &Sql, charge: &str| {
        let expires_at = sql.dialect().moment(&format!("{charge}.expires_at"));
        format!("{charge}.state = 'held' AND {expires_at} <= {at}")
    };
    let (this, earlier) = (due(&sql, "c"), due(&sql, "e"));
    let page = sql.page("c.player_id", after.as_ref().map(PlayerId::as_uuid), limit);
    let text = format!(
        "SELECT {COLUMNS} FROM charges AS c WHERE {this} AND NOT EXISTS (\
         SELECT 1 FROM charges AS e WHERE e.player_id = c.player_id \
         AND e.charge_id < c.charge_id AND {earlier}){page}"
    );
    // What is held has no refunds.
    connection.rows(READING, sql, text, decode).await
}

fn named(names: &[ChargeName]) -> Rows<'_, ChargeName> {
    Rows::of(names).uuid("player_id", |it| *it.0.as_uuid()).uuid("charge_id", |it| *it.1.as_uuid())
}

/// Adds the refunds, which only the ledger knows one by one. What repaid a debt came back, too.
async fn with_refunds(
    connection: &Connection<'_>,
    mut charges: Vec<ChargeRecord>,
) -> Result<Vec<ChargeRecord>, StoreError> {
    let refunded = charges.iter().filter(|it| it.charge.refunded > 0);
    let names: Vec<ChargeName> = refunded.map(|it| (it.charge.player, it.charge.id)).collect();
    if names.is_empty() {
        return Ok(charges);
    }
    let mut sql = connection.sql();
    let rows = sql.rows(named(&names));
    let text = format!(
        "SELECT c.player_id, c.charge_id, c.refund_id, CAST(sum(CASE \
         WHEN c.currency = 'DEBT' THEN -c.amount ELSE c.amount END) AS bigint) AS refunded \
         FROM {rows} CROSS JOIN ledger_entries AS c {OF_ITS_NAME} AND c.refund_id IS NOT NULL \
         GROUP BY c.player_id, c.charge_id, c.refund_id"
    );
    let refund = |row: &Row<'_>| {
        let id = row.get::<Uuid>("refund_id").map(RefundId::from_uuid)?;
        Ok((decode_name(row)?, id, row.amount("refunded")?))
    };
    let step = Step { during: "reading refunds", table: "ledger_entries" };
    let mut refunds = BTreeMap::<ChargeName, BTreeMap<RefundId, i64>>::new();
    for (name, id, amount) in connection.rows(step, sql, text, refund).await? {
        refunds.entry(name).or_default().insert(id, amount);
    }
    for it in &mut charges {
        it.refunds = refunds.remove(&(it.charge.player, it.charge.id)).unwrap_or_default();
    }
    Ok(charges)
}

fn decode_name(row: &Row<'_>) -> Result<ChargeName, StoreError> {
    Ok((row.player()?, ChargeId::from_uuid(row.get("charge_id")?)))
}

fn decode(row: &Row<'_>) -> Result<ChargeRecord, StoreError> {
    let (player, id) = decode_name(row)?;
    let charge = Charge {
        player,
        id,
        origin: row.parsed("origin", ChargeOrigin::parse)?,
        amount: row.amount("amount")?,
        settled: row.amount("settled")?,
        refunded: row.amount("refunded")?,
        state: row.parsed("state", ChargeState::parse)?,
    };
    Ok(ChargeRecord {
        charge,
        memo: row.text("memo")?,
        expires_at: row.get("expires_at")?,
        refunds: BTreeMap::new(),
        created_at: row.time("created_at")?,
        changed_at: row.time("changed_at")?,
    })
}
