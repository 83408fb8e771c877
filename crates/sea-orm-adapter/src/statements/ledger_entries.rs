//! The ledger: entries first, and balances by exactly what was inserted.

use std::collections::HashMap;

use domain::{Currency, Floor, NewEntry, PlayerId, TournamentId};
use ports::{
    StoreError, Timestamp,
    spi::{LedgerEntry, Recorded},
};

use super::{causes, recorded};
use crate::{connection::Connection, decode::Row, dialect::Dialect, errors, rows::Rows, sql::Step};

const TABLE: &str = "ledger_entries";
const POSTING: Step = Step { during: "posting entries", table: TABLE };
const READING: Step = Step { during: "reading the ledger", table: TABLE };
const COLUMNS: &str = "player_id, currency, seq, amount, balance_after, idempotency_key, \
                       recorded_at";

/// Moves balances by the amounts of `r`.
const MOVE: &str = "UPDATE accounts AS a SET balance = a.balance + r.amount, seq = a.seq + 1 FROM";
const OF_ITS_ACCOUNT: &str = "WHERE a.player_id = r.player_id AND a.currency = r.currency";

/// LEDGER-2: a correction that is to stop at nothing is left out where it would not, and missed
/// afterwards. Checks of the tables refuse what no correction explains.
const STOPPED: &str = "r.stops_at_zero AND r.amount < 0 AND a.balance + r.amount < 0";

/// IDEM-1: whether an entry of this key was posted before. Counted, so that the database looks up
/// each key: what only has to exist it may join, and read the ledger for it.
const KNOWN: &str = "0 < (SELECT count(*) FROM ledger_entries AS k \
                     WHERE k.player_id = r.player_id AND k.idempotency_key = r.idempotency_key)";

/// Which account: what an entry of a call is known by.
type Place = (PlayerId, Currency);

pub(crate) async fn insert(
    connection: &Connection<'_>,
    entries: &[NewEntry],
    at: Timestamp,
) -> Result<Vec<Recorded>, StoreError> {
    open_accounts(connection, entries).await?;
    let posted = match connection.dialect() {
        Dialect::Postgres => post_at_once(connection, entries, at).await?,
        Dialect::Sqlite => post_one_by_one(connection, entries, at).await?,
    };
    let answers = recorded(entries.iter().map(place), posted);
    if answers.contains(&Recorded::Replayed) {
        refuse_changed_replays(connection, entries, &answers).await?;
    }
    Ok(answers)
}

/// LEDGER-4: every player has the other accounts from the start.
async fn open_accounts(
    connection: &Connection<'_>,
    entries: &[NewEntry],
) -> Result<(), StoreError> {
    let debts = entries.iter().filter(|it| it.currency == Currency::Debt);
    let debts: Vec<NewEntry> = debts.cloned().collect();
    if debts.is_empty() {
        return Ok(());
    }
    let mut sql = connection.sql();
    let rows = sql.rows(keys(&debts).text("currency", |it| it.currency.as_str()));
    let text = format!(
        "INSERT INTO accounts (player_id, currency, balance, seq) \
         SELECT r.player_id, r.currency, 0, 0 FROM {rows} WHERE true \
         ON CONFLICT (player_id, currency) DO NOTHING"
    );
    let step = Step { during: "opening accounts", table: "accounts" };
    connection.execute(step, sql, text).await.map(drop)
}

/// Balances first: what moves them says what the entries are, and neither is looked up twice.
///
/// The locks of the players keep keys from being posted between the look at them and the insertion;
/// without, the key that is taken refuses the whole statement.
async fn post_at_once(
    connection: &Connection<'_>,
    entries: &[NewEntry],
    at: Timestamp,
) -> Result<Vec<Place>, StoreError> {
    let mut sql = connection.sql();
    let at = sql.time(at);
    let rows = sql.rows(batch(entries));
    let (columns, causes) = (causes::COLUMNS, causes::stored(sql.dialect()));
    let text = format!(
        "WITH moved AS ({MOVE} {rows} {OF_ITS_ACCOUNT} AND NOT ({STOPPED}) AND NOT {KNOWN} \
         RETURNING a.seq AS number, a.balance AS balance_after, r.*) \
         INSERT INTO ledger_entries AS l ({COLUMNS}, {columns}) \
         SELECT r.player_id, r.currency, r.number, r.amount, r.balance_after, \
         r.idempotency_key, {at}, {causes} FROM moved AS r RETURNING player_id, currency"
    );
    connection.rows(POSTING, sql, text, decode_place).await
}

/// Numbers entries from their accounts, which the players' locks keep still.
///
/// A replay is left out by the conflict clause. Checks come before it, though: what takes away could
/// not be asked for again once the balance is low, so there known keys are left out beforehand.
/// `CROSS JOIN` is a plain join to PostgreSQL, and keeps SQLite from reading every account.
async fn post_one_by_one(
    connection: &Connection<'_>,
    entries: &[NewEntry],
    at: Timestamp,
) -> Result<Vec<Place>, StoreError> {
    let mut sql = connection.sql();
    let at = sql.time(at);
    let rows = sql.rows(batch(entries));
    let (columns, causes) = (causes::COLUMNS, causes::stored(sql.dialect()));
    let post = format!(
        "INSERT INTO ledger_entries AS l ({COLUMNS}, {columns}) \
         SELECT a.player_id, a.currency, a.seq + 1, r.amount, a.balance + r.amount, \
         r.idempotency_key, {at}, {causes} \
         FROM {rows} CROSS JOIN accounts AS a {OF_ITS_ACCOUNT} \
         AND NOT ({STOPPED}) AND NOT (r.amount < 0 AND {KNOWN}) \
         ON CONFLICT (player_id, idempotency_key) DO NOTHING \
         RETURNING player_id, currency, amount"
    );
    let posted = connection.rows(POSTING, sql, post, decode_posted).await?;

    let mut sql = connection.sql();
    let rows = Rows::of(&posted)
        .uuid("player_id", |it| *it.0.0.as_uuid())
        .text("currency", |it| it.0.1.as_str())
        .number("amount", |it| it.1);
    let rows = sql.rows(rows);
    let step = Step { table: "accounts", ..POSTING };
    connection.execute(step, sql, format!("{MOVE} {rows} {OF_ITS_ACCOUNT}")).await?;
    Ok(posted.into_iter().map(|it| it.0).collect())
}

fn batch(entries: &[NewEntry]) -> Rows<'_, NewEntry> {
    let batch = keys(entries)
        .text("currency", |it| it.currency.as_str())
        .number("amount", |it| it.amount)
        .usually_same(|rows| {
            let stops = |it: &NewEntry| it.cause.is_correction() && it.floor == Floor::Zero;
            rows.truth("stops_at_zero", stops)
        });
    causes::bind(batch)
}

fn keys(entries: &[NewEntry]) -> Rows<'_, NewEntry> {
    Rows::of(entries)
        .uuid("player_id", |it| *it.player.as_uuid())
        .text("idempotency_key", |it| it.key.as_str())
}

/// What was there must be what was asked for, or the key names two movements.
async fn refuse_changed_replays(
    connection: &Connection<'_>,
    entries: &[NewEntry],
    answers: &[Recorded],
) -> Result<(), StoreError> {
    let replayed = entries.iter().zip(answers).filter(|it| *it.1 == Recorded::Replayed);
    let replayed: Vec<NewEntry> = replayed.map(|it| it.0.clone()).collect();
    let mut sql = connection.sql();
    let rows = sql.rows(keys(&replayed));
    let text = format!(
        "SELECT l.player_id, l.currency, l.amount, l.idempotency_key \
         FROM {rows} CROSS JOIN ledger_entries AS l \
         WHERE l.player_id = r.player_id AND l.idempotency_key = r.idempotency_key"
    );
    let known = |row: &Row<'_>| {
        Ok(((row.player()?, row.text("idempotency_key")?), (currency(row)?, row.amount("amount")?)))
    };
    let known = connection.rows(READING, sql, text, known).await?;
    let known: HashMap<_, _> = known.into_iter().collect();
    for entry in &replayed {
        match known.get(&(entry.player, entry.key.as_str().to_owned())) {
            Some(it) if *it == (entry.currency, entry.amount) => {}
            Some(_) => return Err(errors::corrupt(TABLE, "one key names one movement")),
            None => {
                return Err(errors::corrupt(
                    "accounts",
                    "an entry finds its account and stops at its floor",
                ));
            }
        }
    }
    Ok(())
}

pub(crate) async fn list(
    connection: &Connection<'_>,
    player: PlayerId,
    currency: Currency,
    after: i64,
    limit: u32,
) -> Result<Vec<LedgerEntry>, StoreError> {
    let mut sql = connection.sql();
    let (player, currency) = (sql.uuid(player.as_uuid()), sql.text(currency.as_str()));
    let (after, limit) = (sql.number(after), sql.number(limit));
    let causes = causes::COLUMNS;
    let text = format!(
        "SELECT {COLUMNS}, {causes} FROM ledger_entries WHERE player_id = {player} \
         AND currency = {currency} AND seq > {after} ORDER BY seq LIMIT {limit}"
    );
    connection.rows(READING, sql, text, decode).await
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    id: TournamentId,
    players: &[PlayerId],
) -> Result<Vec<LedgerEntry>, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(id.as_uuid());
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let causes = causes::COLUMNS;
    let text = format!(
        "SELECT {COLUMNS}, {causes} FROM ledger_entries \
         WHERE player_id {among} AND tournament_id = {id} ORDER BY player_id, \
         CASE WHEN currency = 'XP' THEN 0 WHEN currency = 'CREDIT' THEN 1 ELSE 2 END, seq"
    );
    connection.rows(READING, sql, text, decode).await
}

fn place(entry: &NewEntry) -> Place {
    (entry.player, entry.currency)
}

fn decode(row: &Row<'_>) -> Result<LedgerEntry, StoreError> {
    Ok(LedgerEntry {
        player: row.player()?,
        currency: currency(row)?,
        seq: row.amount("seq")?,
        amount: row.amount("amount")?,
        balance_after: row.amount("balance_after")?,
        cause: causes::decode(row)?,
        idempotency_key: row.text("idempotency_key")?,
        recorded_at: row.time("recorded_at")?,
    })
}

fn decode_posted(row: &Row<'_>) -> Result<(Place, i64), StoreError> {
    Ok((decode_place(row)?, row.amount("amount")?))
}

fn decode_place(row: &Row<'_>) -> Result<Place, StoreError> {
    Ok((row.player()?, currency(row)?))
}

fn currency(row: &Row<'_>) -> Result<Currency, StoreError> {
    row.parsed("currency", Currency::parse)
}
