//! What an observer hears of: every lock, from asking to letting go, and every unit of work that is
//! run again.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::sync::Arc;

use ports::{
    LockError, RetryPolicy, StoreError, TransientCause, UnitOfWork, UnitsOfWork,
    spi::{Claim, ClaimScope, ClaimStates, MockTransaction},
};

use crate::support::{Careless, Stopwatch, Witness, cup, store, transaction, units};

#[tokio::test]
async fn every_lock_is_heard_of_with_its_caller_rows_wait_and_hold() {
    let (clock, witness) = (Stopwatch::default(), Witness::default());
    let units = units(&clock, &witness, [transaction(&clock)]);

    let answer: Result<(), StoreError> = units.run("apply", pay_shared).await;

    answer.unwrap();
    assert_eq!(
        witness.heard(),
        [
            "apply waited 1 ms for transaction of 0",
            "apply waited 20 ms for tournament shared of 1",
            "apply waited 300 ms for awards of 2",
            "apply waited 4000 ms for players of 3",
            "apply held transaction for 54320 ms",
            "apply held tournament shared for 54300 ms",
            "apply held awards for 54000 ms",
            "apply held players for 50000 ms",
        ]
    );
}

#[tokio::test]
async fn the_exclusive_lock_of_a_tournament_is_a_kind_of_its_own() {
    let (clock, witness) = (Stopwatch::default(), Witness::default());
    let units = units(&clock, &witness, [transaction(&clock)]);

    let mut uow = units.begin_as("close").await.unwrap();
    let tournament = uow.lock_tournament(cup().id).await.unwrap();
    drop(tournament);
    uow.rollback().await.unwrap();

    assert_eq!(
        witness.heard()[1..],
        [
            "close waited 7 ms for tournament of 1",
            "close held transaction for 607 ms",
            "close held tournament for 600 ms",
        ]
    );
}

#[tokio::test]
async fn what_is_not_there_is_waited_for_and_not_locked() {
    let (clock, witness) = (Stopwatch::default(), Witness::default());
    let mut tx = MockTransaction::new();
    tx.expect_select_tournament_for_update().return_once(|_| Ok(None));
    let units = units(&clock, &witness, [tx]);

    let mut uow = units.begin_as("close").await.unwrap();
    let missing = uow.lock_tournament(cup().id).await.map(drop);

    assert!(matches!(missing, Err(LockError::NoTournament(_))), "{missing:?}");
    assert_eq!(witness.heard()[1..], ["close waited 0 ms for tournament of 0"]);
}

#[tokio::test]
async fn a_unit_of_work_that_nobody_named_was_begun_by_hand() {
    let (clock, witness) = (Stopwatch::default(), Witness::default());
    let units = units(&clock, &witness, [transaction(&clock)]);

    let uow = units.begin().await.unwrap();
    uow.commit().await.unwrap();

    assert_eq!(
        witness.heard(),
        ["by hand waited 1 ms for transaction of 0", "by hand held transaction for 50000 ms"]
    );
}

#[tokio::test]
async fn locks_of_a_unit_of_work_that_is_dropped_are_let_go() {
    let (clock, witness) = (Stopwatch::default(), Witness::default());
    let units = units(&clock, &witness, [transaction(&clock)]);

    let mut uow = units.begin_as("finalize").await.unwrap();
    drop(uow.lock_tournament(cup().id).await.unwrap());
    clock.pass(11);
    drop(uow);

    assert_eq!(
        witness.heard()[2..],
        ["finalize held transaction for 18 ms", "finalize held tournament for 11 ms"]
    );
}

/// A caller that goes away while its commit is under way has let go of its locks, too.
#[tokio::test]
async fn locks_of_a_commit_that_is_dropped_are_let_go() {
    let (clock, witness) = (Stopwatch::default(), Witness::default());
    let units = units(&clock, &witness, [transaction(&clock)]);

    let uow = units.begin_as("finalize").await.unwrap();
    drop(uow.commit());

    assert_eq!(witness.heard()[1..], ["finalize held transaction for 0 ms"]);
}

#[tokio::test]
async fn a_lock_that_was_waited_for_in_vain_is_heard_of_with_its_wait_and_never_held() {
    let (clock, witness) = (Stopwatch::default(), Witness::default());
    let (mut tx, watch) = (MockTransaction::new(), clock.clone());
    tx.expect_select_tournament_for_update().return_once(move |_| {
        watch.pass(10_000);
        Err(lost(TransientCause::LockTimeout))
    });
    let units = units(&clock, &witness, [tx]);

    let mut uow = units.begin_as("close").await.unwrap();
    assert!(uow.lock_tournament(cup().id).await.is_err());
    drop(uow);

    assert_eq!(
        witness.heard(),
        [
            "close waited 1 ms for transaction of 0",
            "close gave tournament up after 10000 ms",
            "close held transaction for 10000 ms",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn each_time_that_a_unit_of_work_is_run_again_is_heard_of_with_its_cause() {
    let losses = [
        lost(TransientCause::Serialization),
        StoreError::CommitUnknown { source: "reset".into() },
        StoreError::Invalid { rule: "a rule" },
    ];

    let heard = heard_of(losses, RetryPolicy::default()).await;

    assert_eq!(
        heard,
        ["assess again: serialization failure", "assess again: commit outcome unknown"]
    );
}

/// The last one is not run again, and it was a deadlock all the same.
#[tokio::test(start_paused = true)]
async fn every_deadlock_is_heard_of_whether_it_is_run_again_or_not() {
    let deadlock = || lost(TransientCause::Deadlock);
    let retries = RetryPolicy { attempts_max: 2, ..RetryPolicy::default() };

    let heard = heard_of([deadlock(), deadlock()], retries).await;

    assert_eq!(heard, ["assess deadlocked", "assess again: deadlock", "assess deadlocked"]);
}

#[tokio::test]
async fn an_observer_that_panics_stops_nobody() {
    let (clock, witness) = (Stopwatch::default(), Witness::default());
    let units = UnitsOfWork::new(Arc::new(store(&clock, [transaction(&clock)])))
        .with_clock(Arc::new(clock.clone()))
        .with_observer(Arc::new(Careless))
        .with_observer(Arc::new(witness.clone()));

    let answer: Result<(), StoreError> = units.run("apply", pay_shared).await;

    answer.unwrap();
    assert_eq!(witness.heard().len(), 8);
}

/// What is heard of a unit of work each try of which loses in its own way, apart from its locks.
async fn heard_of<const N: usize>(losses: [StoreError; N], retries: RetryPolicy) -> Vec<String> {
    let (clock, witness) = (Stopwatch::default(), Witness::default());
    let losers = losses.map(|loss| {
        let mut tx = MockTransaction::new();
        tx.expect_commit().return_once(|| Err(loss));
        tx
    });
    let units = units(&clock, &witness, losers).with_retries(retries);

    let answer: Result<(), StoreError> = units.run("assess", UnitOfWork::commit).await;

    assert!(answer.is_err());
    let heard = witness.heard();
    heard.into_iter().filter(|it| !it.contains("transaction")).collect()
}

async fn pay_shared(mut uow: UnitOfWork) -> Result<(), StoreError> {
    let tournament = uow.share_tournament(cup().id).await.unwrap();
    let scope = ClaimScope::Next { after: None, limit: 10 };
    let awards =
        tournament.claim_awards(&Claim { scope, states: ClaimStates::Pending }).await.unwrap();
    drop(awards.lock_players().await.unwrap());
    uow.commit().await
}

fn lost(cause: TransientCause) -> StoreError {
    StoreError::Transient { cause, during: "a test", source: "lost".into() }
}
