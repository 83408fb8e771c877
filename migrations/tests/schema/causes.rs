//! The migration that gives entries a cause keeps every row, there and back.

use migrations::up;
use sea_orm::DatabaseConnection;

use crate::{
    databases::{postgres, sqlite},
    rows::{down_before, said, send},
};

const CAUSES: &str = "m20261125_000001_give_entries_a_cause";

#[tokio::test]
async fn rows_stay_on_sqlite() {
    rows_stay(&sqlite().await.connection).await;
}

#[tokio::test]
async fn rows_stay_on_postgres() {
    rows_stay(&postgres().await.connection).await;
}

#[tokio::test]
async fn what_the_older_schema_cannot_hold_is_not_given_up_on_sqlite() {
    nothing_is_given_up(&sqlite().await.connection).await;
}

#[tokio::test]
async fn what_the_older_schema_cannot_hold_is_not_given_up_on_postgres() {
    nothing_is_given_up(&postgres().await.connection).await;
}

async fn rows_stay(db: &DatabaseConnection) {
    up(db).await.unwrap();
    down_before(db, CAUSES).await.unwrap();
    send(db, "INSERT INTO accounts VALUES ({id}, 'CREDIT', 7, 2)").await.unwrap();
    for (seq, amount, after) in [(1, 10, 10), (2, -3, 7)] {
        let text = format!(
            "INSERT INTO ledger_entries VALUES ({{id}}, 'CREDIT', {seq}, {amount}, {after}, {{id}}, \
             'reward:a1:b2:CREDIT:{}', '2026-11-24T12:00:00Z')",
            (seq - 1) * 12
        );
        send(db, &text).await.unwrap();
    }

    up(db).await.unwrap();
    let entries = entries(db).await;
    down_before(db, CAUSES).await.unwrap();
    up(db).await.unwrap();

    assert_eq!(entries, ["1 10 10 award 0", "2 -3 7 correction 12"]);
    assert_eq!(self::entries(db).await, entries);
    let balance = "SELECT CAST(balance AS text) AS said FROM accounts";
    assert_eq!(said(db, balance).await, ["7"]);
}

async fn nothing_is_given_up(db: &DatabaseConnection) {
    let owing = "INSERT INTO accounts VALUES ({id}, 'DEBT', 5, 1)";
    let charged = "INSERT INTO ledger_entries (player_id, currency, seq, amount, balance_after, \
                   cause, charge_id, idempotency_key, recorded_at) VALUES \
                   ({id}, 'CREDIT', 1, 5, 5, 'release', {id}, 'k', '2026-11-24T12:00:00Z')";
    let levelled = "INSERT INTO ledger_entries (player_id, currency, seq, amount, balance_after, \
                    cause, tournament_id, level, idempotency_key, recorded_at) VALUES \
                    ({id}, 'CREDIT', 1, 5, 5, 'level_up', {id}, 2, 'k', '2026-11-24T12:00:00Z')";
    for (row, table) in
        [(owing, "accounts"), (charged, "ledger_entries"), (levelled, "ledger_entries")]
    {
        up(db).await.unwrap();
        send(db, row).await.unwrap();

        assert!(down_before(db, CAUSES).await.is_err(), "{row}");

        let text = format!("SELECT CAST(count(*) AS text) AS said FROM {table}");
        assert_eq!(said(db, &text).await, ["1"], "{row}");
        send(db, &format!("DELETE FROM {table}")).await.unwrap();
    }
}

async fn entries(db: &DatabaseConnection) -> Vec<String> {
    let text = "SELECT seq || ' ' || amount || ' ' || balance_after || ' ' || cause || ' ' \
                || revision AS said FROM ledger_entries ORDER BY seq";
    said(db, text).await
}
