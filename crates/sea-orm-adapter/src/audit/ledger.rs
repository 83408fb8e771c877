//! The ledger: the chain of entries, and the accounts before it.

use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, BrokenEntry, UnbalancedAccount},
};

use super::{
    search::Search,
    sums::{Sum, halves},
    touched::Owners,
};
use crate::{connection::Connection, decode::Row, sql::Step};

/// The window goes along the primary key, so that nothing has to be sorted where the database
/// follows it.
pub(super) async fn broken_entries(
    connection: &Connection<'_>,
    scope: &AuditScope,
    owners: &Owners,
) -> Result<Audited<BrokenEntry>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("player_id", &mut sql);
    let does_not_follow = Sum::of_values(&["balance_after"])
        .differs_from(&Sum::of_values(&["balance_before", "amount"]));
    let search = Search {
        step: Step { during: "following the ledger", table: "ledger_entries" },
        checked: format!("SELECT count(*) AS rows_checked FROM ledger_entries WHERE true{whose}"),
        faults: format!(
            "SELECT * FROM (SELECT player_id, currency, seq, amount, balance_after, \
             COALESCE(lag(seq) OVER account, 0) AS seq_before, \
             COALESCE(lag(balance_after) OVER account, 0) AS balance_before \
             FROM ledger_entries WHERE true{whose} \
             WINDOW account AS (PARTITION BY player_id, currency ORDER BY seq)) AS l \
             WHERE seq <> seq_before + 1 OR {does_not_follow}"
        ),
        order: "player_id, currency, seq",
        sql,
        owners,
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

/// That the balance is also what the last entry left follows from this and from the chain. Accounts
/// and sums are put side by side, so that what has only one of the two sides is found as well.
pub(super) async fn unbalanced_accounts(
    connection: &Connection<'_>,
    scope: &AuditScope,
    owners: &Owners,
) -> Result<Audited<UnbalancedAccount>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("player_id", &mut sql);
    let (high, low) = halves("amount");
    let both = format!(
        "SELECT player_id, currency, balance, seq, 0 AS total_high, 0 AS total_low, 0 AS last_seq \
         FROM accounts WHERE true{whose} \
         UNION ALL SELECT player_id, currency, NULL, NULL, {high}, {low}, max(seq) \
         FROM ledger_entries WHERE true{whose} GROUP BY player_id, currency"
    );
    let total = Sum::of_halves("total_high", "total_low");
    let is_unbalanced = total.differs_from(&Sum::of_values(&["max(balance)"]));
    let total = total.nearest();
    let search = Search {
        step: Step { during: "adding up the ledger", table: "accounts" },
        checked: format!("SELECT count(*) AS rows_checked FROM accounts WHERE true{whose}"),
        faults: format!(
            "SELECT player_id, currency, max(balance) AS balance, max(seq) AS seq, \
             {total} AS total, max(last_seq) AS last_seq \
             FROM ({both}) AS both_sides GROUP BY player_id, currency \
             HAVING max(balance) IS NULL OR {is_unbalanced} \
             OR max(seq) <> max(last_seq)"
        ),
        order: "player_id, currency",
        sql,
        owners,
    };
    search.run(connection, scope, decode_account).await
}

fn decode_account(row: &Row<'_>) -> Result<UnbalancedAccount, StoreError> {
    let (balance, seq) = (row.get::<Option<i64>>("balance")?, row.get::<Option<i64>>("seq")?);
    Ok(UnbalancedAccount {
        player: row.player()?,
        currency: row.text("currency")?,
        account: balance.zip(seq),
        ledger: (row.amount("total")?, row.amount("last_seq")?),
    })
}
