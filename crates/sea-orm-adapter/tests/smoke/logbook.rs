//! What is counted of locks, over processes and databases.

use std::sync::Arc;

use app_service::{FinalizeOptions, Guerdon};
use sea_orm_adapter::SeaOrmStore;

use crate::{
    databases::on_both,
    season::{actor, announced},
};

on_both!(locks_are_counted_over_processes, a_flush_is_two_statements_and_no_locks_are_none);

async fn locks_are_counted_over_processes(store: SeaOrmStore) {
    let (guerdon, cup) = announced(&store, 10).await;
    let paid = guerdon.finalize(cup, FinalizeOptions::default(), &actor()).await.unwrap();
    assert!(paid.is_complete());
    guerdon.flush_locks().await.unwrap();
    // It comes too late, and has had to lock the tournament to find that out.
    let other = Guerdon::new(Arc::new(store.clone()));
    assert!(other.finalize(cup, FinalizeOptions::default(), &actor()).await.is_err());

    let report = other.lock_report(None).await.unwrap();

    let finalize = report.rows.iter().filter(|it| it.caller == "finalize");
    let finalize: Vec<_> =
        finalize.map(|it| (it.kind.as_str(), it.taken_total, it.rows_total)).collect();
    assert_eq!(finalize, [("players", 1, 10), ("tournament", 2, 2), ("transaction", 2, 0)]);
    assert_eq!(report.deadlocks_total, 0);
    let held = |kind| {
        let mut rows = report.rows.iter().filter(|it| it.caller == "finalize");
        rows.find(|it| it.kind == kind).unwrap().hold
    };
    assert!(held("players").max_ms > 0.0 && held("players").max_ms <= held("tournament").max_ms);
}

async fn a_flush_is_two_statements_and_no_locks_are_none(store: SeaOrmStore) {
    let (guerdon, _) = announced(&store, 3).await;

    let mut statements = vec![];
    for _ in 0..2 {
        let before = store.statements_total();
        guerdon.flush_locks().await.unwrap();
        statements.push(store.statements_total() - before);
    }

    assert_eq!(statements, [2, 0]);
}
