//! Verifications that were written down.

use std::{sync::Arc, time::Duration};

use app_service::{
    CheckReport, Guerdon, Invariant, Outcome, RowName, Timestamp, VerifyReport, Violation,
};
use memory_adapter::MemoryStore;
use ports::spi::{MockLogbook, MockStore, Recorded, RunRecord};
use uuid::Uuid;

use crate::scene::impatient;

#[tokio::test]
async fn verifications_are_listed_newest_first_as_they_were() {
    let guerdon = Guerdon::new(MemoryStore::new().shared());
    for (number, outcome) in [(1, Outcome::Held), (3, Outcome::Unchecked), (2, Outcome::Violated)] {
        guerdon.record_verification(&report(number, outcome, 2)).await.unwrap();
    }

    let runs = guerdon.verifications(2).await.unwrap();

    let reports: Vec<_> = runs.into_iter().map(|it| it.report).collect();
    assert_eq!(reports, [report(3, Outcome::Unchecked, 2), report(2, Outcome::Violated, 2)]);
}

#[tokio::test]
async fn a_verification_is_written_down_once() {
    let guerdon = Guerdon::new(MemoryStore::new().shared());
    for _ in 0..2 {
        guerdon.record_verification(&report(1, Outcome::Held, 0)).await.unwrap();
    }

    assert_eq!(guerdon.verifications(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn of_many_violations_all_are_counted_and_five_are_kept() {
    let guerdon = Guerdon::new(MemoryStore::new().shared());

    guerdon.record_verification(&report(1, Outcome::Violated, 20)).await.unwrap();

    let runs = guerdon.verifications(1).await.unwrap();
    let check = &runs[0].report.checks[0];
    assert_eq!((check.violations.len(), check.violations_total), (5, 20));
}

#[tokio::test]
async fn a_thousand_verifications_are_kept() {
    let mut logbook = MockLogbook::new();
    logbook.expect_insert_run().times(1).returning(|_| Ok(Recorded::New));
    logbook.expect_delete_runs().withf(|kept, _| *kept == 1_000).times(1).returning(|_, _| Ok(1));

    let written = with(logbook).record_verification(&report(1, Outcome::Held, 0)).await;

    assert!(written.is_ok(), "{written:?}");
}

#[tokio::test]
async fn what_another_version_wrote_is_left_out() {
    let mut logbook = MockLogbook::new();
    logbook.expect_list_runs().returning(|_| {
        let report = serde_json::to_string(&report(1, Outcome::Held, 0)).unwrap_or_default();
        let run = |report| RunRecord {
            id: Uuid::from_u128(1),
            started_at: Timestamp::UNIX_EPOCH,
            outcome: "held".to_owned(),
            report,
        };
        Ok(vec![run(r#"{"v": 9}"#.to_owned()), run(report)])
    });

    let runs = with(logbook).verifications(10).await.unwrap();

    assert_eq!(runs.len(), 1);
}

fn with(logbook: MockLogbook) -> Guerdon {
    let logbook = Arc::new(logbook);
    let mut store = MockStore::new();
    store.expect_logbook().returning(move || Arc::clone(&logbook) as _);
    impatient(Arc::new(store))
}

/// The report of one check that began in the minute of its number.
fn report(number: u32, outcome: Outcome, violations: u32) -> VerifyReport {
    let started_at = Timestamp::UNIX_EPOCH + Duration::from_mins(number.into());
    let check = CheckReport {
        invariant: Invariant::R03,
        outcome,
        rows_checked: 7,
        duration_ms: 5,
        violations_total: violations.into(),
        violations: (0..violations).map(violation).collect(),
        unchecked: None,
    };
    VerifyReport {
        run: Uuid::from_u128(number.into()),
        started_at,
        finished_at: started_at + Duration::from_millis(5),
        since: None,
        strict: false,
        outcome,
        checks: vec![check],
    }
}

fn violation(number: u32) -> Violation {
    let key = format!("player_id={number}");
    Violation {
        rows: vec![RowName { table: "accounts".to_owned(), key }],
        found: "1".to_owned(),
        expected: "2".to_owned(),
        likely_cause: "somebody edited it".to_owned(),
    }
}
