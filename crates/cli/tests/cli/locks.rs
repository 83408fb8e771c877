//! What commands leave in the logbook.

use std::sync::Arc;

use app_service::{LockReport, LockRow};
use sea_orm::ConnectionTrait;
use sea_orm_adapter::SeaOrmStore;
use serde_json::json;
use tokio::runtime::Runtime;

use crate::guerdon::Guerdon;

#[test]
fn commands_add_up_the_locks_they_took() {
    let guerdon = Guerdon::with_imported_cup();
    guerdon.json(&["finalize", "cup"]);
    let late = guerdon.run(&["finalize", "cup"]);

    let report = lock_report(&guerdon);

    assert_eq!(late.code, 0, "{late:?}");
    let taken = |kind, caller| {
        let of = |it: &&LockRow| it.kind == kind && it.caller == caller;
        report.rows.iter().find(of).map_or(0, |it| it.taken_total)
    };
    assert_eq!(taken("players", "finalize"), 1, "{report:?}");
    assert_eq!(taken("tournament", "finalize"), 2, "{report:?}");
    assert_eq!(taken("tournament", "submit"), 1, "{report:?}");
}

#[test]
fn a_logbook_that_cannot_be_written_costs_no_payment() {
    let guerdon = Guerdon::with_imported_cup();
    on_database(&guerdon, async |store| {
        store.connection().execute_unprepared("DROP TABLE lock_observations").await.expect("it is");
    });

    let paid = guerdon.run(&["finalize", "cup", "--json", "-v"]);

    assert_eq!(paid.code, 0, "{paid:?}");
    assert!(paid.stderr.contains("were not written down"), "{}", paid.stderr);
    assert_eq!(guerdon.json(&["summary", "cup"])["awards_applied"], json!(3));
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_writes_down_the_locks_it_took() {
    let races = (0..300).map(|race| format!("race-{race},ada,1\nrace-{race},grace,2\n"));
    let text = format!("race_id,player,placement\n{}", races.collect::<String>());
    let guerdon = Guerdon::new().file("races.csv", &text);

    let args = ["run", "races.csv", "--tournament-column", "race_id"];
    let interrupted = guerdon.interrupt_when_it_writes(&args);

    assert_eq!(interrupted, 130);
    assert!(!lock_report(&guerdon).rows.is_empty());
}

fn lock_report(guerdon: &Guerdon) -> LockReport {
    on_database(guerdon, async |store| {
        let guerdon = app_service::Guerdon::new(Arc::new(store));
        guerdon.lock_report(None).await.expect("the logbook can be read")
    })
}

fn on_database<T>(guerdon: &Guerdon, what: impl AsyncFnOnce(SeaOrmStore) -> T) -> T {
    let url = format!("sqlite://{}", guerdon.path().join("guerdon.db").display());
    Runtime::new().expect("threads").block_on(async {
        what(SeaOrmStore::connect(&url).await.expect("the database is there")).await
    })
}
