//! Every UNIQUE and every CHECK refuses once.

use std::collections::BTreeSet;

use migrations::up;
use sea_orm::DatabaseConnection;
use test_databases::{REFUSALS, live_rules, write_good_row};

use crate::databases::{postgres, sqlite};

#[tokio::test]
async fn every_rule_of_sqlite_refuses() {
    every_rule_refuses(&sqlite().await.connection).await;
}

#[tokio::test]
async fn every_rule_of_postgres_refuses() {
    let blank = postgres().await;
    every_rule_refuses(&blank.connection).await;
}

async fn every_rule_refuses(db: &DatabaseConnection) {
    up(db).await.unwrap();
    let tables: BTreeSet<_> = REFUSALS.iter().map(|it| it.table).collect();
    for table in tables {
        write_good_row(db, table).await;
    }

    for refusal in REFUSALS {
        let said = refusal.write(db).await.expect_err(refusal.rule);
        assert!(refusal.is_named(db, &said), "{refusal:?}: {said}");
    }
    let refusing: BTreeSet<_> = REFUSALS.iter().map(|it| it.rule.to_owned()).collect();
    assert_eq!(live_rules(db).await, refusing, "a rule that nobody has seen refuse");
}
