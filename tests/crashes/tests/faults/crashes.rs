//! Killed at every step, and asked again.

use std::{io::Write, sync::Arc};

use async_trait::async_trait;
use crashes::{DatabaseGround, Ground, MemoryGround, Search, UseCase};
use domain::NewEntry;
use interposed::{InterposedStore, Interposer};
use ports::{
    StoreError, Timestamp,
    spi::{Recorded, Transaction},
};

#[tokio::test]
async fn killed_at_any_step_in_memory_asking_again_completes_it() {
    search(&MemoryGround::default()).await;
}

#[tokio::test]
async fn killed_at_any_step_on_sqlite_asking_again_completes_it() {
    search(&DatabaseGround::sqlite().await).await;
}

#[tokio::test]
async fn killed_at_any_step_on_postgres_asking_again_completes_it() {
    search(&DatabaseGround::postgres().await).await;
}

#[tokio::test]
async fn a_store_that_forgets_entries_is_found_out() {
    let forgetful = |store| InterposedStore::new(store, Arc::new(ForgetsEntries)).shared();
    let search = Search::of(UseCase::FinalizeInChunks).broken_by(forgetful);

    let found = search.first_violation(&MemoryGround::default()).await.expect("it is found out");

    assert_eq!(found.to_string(), "undisturbed: what was left does not add up");
}

/// Searches through every use case, and shows how much that was.
async fn search(ground: &impl Ground) {
    for use_case in UseCase::ALL {
        let walk = Search::of(use_case).walk(ground).await;
        let (steps, points, name) = (walk.steps, walk.points, ground.name());
        let line = format!("crashes: {use_case} on {name}: {points} crash points in {steps} steps");
        let _ = writeln!(std::io::stderr(), "{line}");
        if let Some(violation) = walk.violation {
            panic!("{use_case} on {name}, {violation}\n{}", violation.details);
        }
        assert!(points > steps, "every step is before and behind something");
    }
}

/// Answers as if it had posted the entries.
struct ForgetsEntries;

#[async_trait]
impl Interposer for ForgetsEntries {
    async fn insert_ledger_entries(
        &self,
        _: &dyn Transaction,
        entries: &[NewEntry],
        _: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        Ok(vec![Recorded::New; entries.len()])
    }
}
