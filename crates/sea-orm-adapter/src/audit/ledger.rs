//! The ledger: the chain of entries, the accounts before it, and the keys in it.

use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, BrokenEntry, KeyRow, RepeatedKey, UnbalancedAccount, Visit},
};

use super::search::{Search, of_touched_players};
use crate::{connection::Connection, decode::Row, sql::Step, statements::ledger_entries::currency};

const TABLE: &str = "ledger_entries";
/// Entries in memory at a time.
const PAGE: u32 = 10_000;

/// The window goes along the primary key, so that nothing has to be sorted where the database
/// follows it.
pub(super) async fn broken_entries(
    connection: &Connection<'_>,
    scope: &AuditScope,
) -> Result<Audited<BrokenEntry>, StoreError> {
    let mut sql = connection.sql();
    let whose = of_touched_players(&mut sql, scope, "player_id");
    let search = Search {
        step: Step { during: "following the ledger", table: TABLE },
        checked: format!("SELECT count(*) AS rows_checked FROM ledger_entries WHERE true{whose}"),
        faults: format!(
            "SELECT * FROM (SELECT player_id, currency, seq, amount, balance_after, \
             COALESCE(lag(seq) OVER account, 0) AS seq_before, \
             COALESCE(lag(balance_after) OVER account, 0) AS balance_before \
             FROM ledger_entries WHERE true{whose} \
             WINDOW account AS (PARTITION BY player_id, currency ORDER BY seq)) AS l \
             WHERE seq <> seq_before + 1 OR balance_after <> balance_before + amount"
        ),
        order: "player_id, currency, seq",
        sql,
    };
    let decode = |row: &Row<'_>| {
        Ok(BrokenEntry {
            player: row.player()?,
            currency: row.text("currency")?,
            seq: row.amount("seq")?,
            amount: row.amount("amount")?,
            balance_after: row.amount("balance_after")?,
            seq_before: row.amount("seq_before")?,
            balance_before: row.amount("balance_before")?,
        })
    };
    search.run(connection, scope, decode).await
}

/// That the balance is also what the last entry left follows from this and from the chain.
pub(super) async fn unbalanced_accounts(
    connection: &Connection<'_>,
    scope: &AuditScope,
) -> Result<Audited<UnbalancedAccount>, StoreError> {
    let mut sql = connection.sql();
    let whose = of_touched_players(&mut sql, scope, "player_id");
    let search = Search {
        step: Step { during: "adding up the ledger", table: "accounts" },
        checked: format!("SELECT count(*) AS rows_checked FROM accounts WHERE true{whose}"),
        faults: format!(
            "SELECT COALESCE(a.player_id, l.player_id) AS player_id, \
             COALESCE(a.currency, l.currency) AS currency, a.balance, a.seq, \
             COALESCE(l.total, 0) AS total, COALESCE(l.last_seq, 0) AS last_seq \
             FROM (SELECT player_id, currency, balance, seq FROM accounts WHERE true{whose}) AS a \
             FULL JOIN (SELECT player_id, currency, CAST(sum(amount) AS bigint) AS total, \
             max(seq) AS last_seq FROM ledger_entries WHERE true{whose} \
             GROUP BY player_id, currency) AS l \
             ON l.player_id = a.player_id AND l.currency = a.currency \
             WHERE a.player_id IS NULL OR a.balance <> COALESCE(l.total, 0) \
             OR a.seq <> COALESCE(l.last_seq, 0)"
        ),
        order: "player_id, currency",
        sql,
    };
    let decode = |row: &Row<'_>| {
        let (balance, seq) = (row.get::<Option<i64>>("balance")?, row.get::<Option<i64>>("seq")?);
        Ok(UnbalancedAccount {
            player: row.player()?,
            currency: row.text("currency")?,
            account: balance.zip(seq),
            ledger: (row.amount("total")?, row.amount("last_seq")?),
        })
    };
    search.run(connection, scope, decode).await
}

/// Goes along the unique index of the keys.
pub(super) async fn repeated_keys(
    connection: &Connection<'_>,
    scope: &AuditScope,
) -> Result<Audited<RepeatedKey>, StoreError> {
    let mut sql = connection.sql();
    let whose = of_touched_players(&mut sql, scope, "player_id");
    let search = Search {
        step: Step { during: "looking for repeated keys", table: TABLE },
        checked: format!("SELECT count(*) AS rows_checked FROM ledger_entries WHERE true{whose}"),
        faults: format!(
            "SELECT player_id, idempotency_key, count(*) AS copies FROM ledger_entries \
             WHERE idempotency_key IS NOT NULL{whose} \
             GROUP BY player_id, idempotency_key HAVING count(*) > 1"
        ),
        order: "player_id, idempotency_key",
        sql,
    };
    let decode = |row: &Row<'_>| {
        let (player, key) = (row.player()?, row.text("idempotency_key")?);
        Ok(RepeatedKey { player, key, copies: row.unsigned("copies")? })
    };
    search.run(connection, scope, decode).await
}

/// AUDIT-1 asks no more of pages than that each shows what is committed: entries are only appended.
pub(super) async fn visit_keys(
    connection: &Connection<'_>,
    scope: &AuditScope,
    visit: Visit<'_, KeyRow>,
) -> Result<(), StoreError> {
    let mut last: Option<KeyRow> = None;
    loop {
        let page = page_of_keys(connection, scope, last.as_ref()).await?;
        let full = page.len() == PAGE as usize;
        last = page.last().cloned();
        page.into_iter().for_each(&mut *visit);
        if !full {
            return Ok(());
        }
    }
}

async fn page_of_keys(
    connection: &Connection<'_>,
    scope: &AuditScope,
    last: Option<&KeyRow>,
) -> Result<Vec<KeyRow>, StoreError> {
    let mut sql = connection.sql();
    let whose = of_touched_players(&mut sql, scope, "player_id");
    let behind = last.map_or_else(String::new, |last| {
        let (player, seq) = (sql.uuid(last.player.as_uuid()), sql.number(last.seq));
        let currency = sql.text(last.currency.as_str());
        format!(" AND (player_id, currency, seq) > ({player}, {currency}, {seq})")
    });
    let limit = sql.number(PAGE);
    let text = format!(
        "SELECT player_id, currency, seq, tournament_id, idempotency_key FROM ledger_entries \
         WHERE true{whose}{behind} ORDER BY player_id, currency, seq LIMIT {limit}"
    );
    let decode = |row: &Row<'_>| {
        Ok(KeyRow {
            player: row.player()?,
            currency: currency(row)?,
            seq: row.amount("seq")?,
            tournament: row.tournament()?,
            key: row.get("idempotency_key")?,
        })
    };
    connection.rows(Step { during: "reading keys", table: TABLE }, sql, text, decode).await
}
