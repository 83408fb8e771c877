//! Killed at every step, and sent again under the same key.

use std::{io::Write, sync::Arc};

use async_trait::async_trait;
use crashes::{Breach, DatabaseGround, Ground, MemoryGround, Resend, UseCase};
use interposed::{InterposedStore, Interposer};
use ports::{
    StoreError,
    spi::{RequestWrite, Store, Transaction},
};
use tokio::sync::Mutex;

/// On a database: one that records once, one that does so again and again, and one of a player's. All
/// of them when everything is to be searched.
fn of_each_sort() -> &'static [UseCase] {
    let exhaustive = std::env::var_os("GUERDON_EXHAUSTIVE").is_some_and(|it| it == "1");
    if exhaustive {
        return &UseCase::ALL;
    }
    &[UseCase::FinalizeInOneChunk, UseCase::Distribute, UseCase::Spend]
}

#[tokio::test]
async fn killed_at_any_step_in_memory_the_same_key_gets_the_same_answer() {
    search(&UseCase::ALL, &MemoryGround::default()).await;
}

#[tokio::test]
async fn killed_at_any_step_on_sqlite_the_same_key_gets_the_same_answer() {
    search(of_each_sort(), &DatabaseGround::sqlite().await).await;
}

#[tokio::test]
async fn killed_at_any_step_on_postgres_the_same_key_gets_the_same_answer() {
    search(of_each_sort(), &DatabaseGround::postgres().await).await;
}

/// Without it, whoever sends again is told that somebody has paid, and not that it was they.
#[tokio::test]
async fn an_outcome_that_is_not_recorded_with_its_effect_is_answered_otherwise() {
    for use_case in [UseCase::FinalizeInOneChunk, UseCase::FinalizeInChunks, UseCase::Spend] {
        let found = broken_by(use_case, |store| between(store, RecordsNothing)).await;

        assert_eq!(found, Some(Breach::AnswersOtherwise), "{use_case}");
    }
}

#[tokio::test]
async fn an_outcome_that_is_recorded_after_its_effect_is_answered_otherwise() {
    let found = broken_by(UseCase::FinalizeInOneChunk, |store| {
        let later = RecordsLater { store: Arc::clone(&store), kept: Mutex::default() };
        between(store, later)
    });

    assert_eq!(found.await, Some(Breach::AnswersOtherwise));
}

/// Searches through these use cases, and shows how much that was.
async fn search(use_cases: &[UseCase], ground: &impl Ground) {
    for use_case in use_cases {
        let walk = Resend::of(*use_case).walk(ground).await;
        let (steps, points, name) = (walk.steps, walk.points, ground.name());
        let line =
            format!("requests: {use_case} on {name}: {points} crash points in {steps} steps");
        let _ = writeln!(std::io::stderr(), "{line}");
        if let Some(violation) = walk.violation {
            panic!("{use_case} on {name}, {violation}\n{}", violation.details);
        }
        assert!(points > steps, "every step is before and behind something");
    }
}

async fn broken_by(
    use_case: UseCase,
    through: impl Fn(Arc<dyn Store>) -> Arc<dyn Store> + Send + Sync + 'static,
) -> Option<Breach> {
    let search = Resend::of(use_case).broken_by(through);
    search.walk(&MemoryGround::default()).await.violation.map(|it| it.breach)
}

fn between(store: Arc<dyn Store>, by: impl Interposer) -> Arc<dyn Store> {
    InterposedStore::new(store, Arc::new(by)).shared()
}

/// Answers as if it had recorded what a request has come to.
struct RecordsNothing;

#[async_trait]
impl Interposer for RecordsNothing {
    async fn update_request(
        &self,
        _: &dyn Transaction,
        _: &RequestWrite,
    ) -> Result<bool, StoreError> {
        Ok(true)
    }
}

/// Records what a request has come to in a transaction of its own, once the effect is committed.
struct RecordsLater {
    store: Arc<dyn Store>,
    kept: Mutex<Option<RequestWrite>>,
}

#[async_trait]
impl Interposer for RecordsLater {
    async fn update_request(
        &self,
        _: &dyn Transaction,
        write: &RequestWrite,
    ) -> Result<bool, StoreError> {
        *self.kept.lock().await = Some(write.clone());
        Ok(true)
    }

    async fn commit(&self, tx: Box<dyn Transaction>) -> Result<(), StoreError> {
        tx.commit().await?;
        let Some(write) = self.kept.lock().await.take() else { return Ok(()) };
        let tx = self.store.begin().await?;
        tx.update_request(&write).await?;
        tx.commit().await
    }
}
