//! How often a unit of work is tried, how it ends, and that it has one root.

use std::{
    future::pending,
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{LockOrder, NewPlayer, NewTournament, PlayerId, Tournament};
use mockall::Sequence;
use ports::{
    LockError, RetryPolicy, StoreError, TransientCause, UnitOfWork, UnitsOfWork,
    spi::{MockStore, MockTransaction, Recorded, Transaction},
};
use tokio::{
    sync::Notify,
    time::{Instant, timeout},
};

/// Only a test that has failed waits this long.
const GIVE_UP: Duration = Duration::from_secs(20);

#[tokio::test(start_paused = true)]
async fn lost_race_is_run_again_in_a_fresh_transaction() {
    let units = units([ending(|| Err(transient())), ending(|| Ok(()))]);

    let answer: Result<(), StoreError> = units.run("test", commit).await;

    answer.unwrap();
}

#[tokio::test(start_paused = true)]
async fn commit_of_unknown_outcome_is_run_again() {
    let units = units([ending(|| Err(unknown())), ending(|| Ok(()))]);

    let answer: Result<(), StoreError> = units.run("test", commit).await;

    answer.unwrap();
}

#[tokio::test(start_paused = true)]
async fn store_that_cannot_begin_for_a_moment_is_tried_again() {
    let mut store = MockStore::new();
    let mut order = Sequence::new();
    store.expect_begin().times(1).in_sequence(&mut order).returning(|| Err(transient()));
    let tx = ending(|| Ok(()));
    store.expect_begin().times(1).in_sequence(&mut order).return_once(move || Ok(Box::new(tx)));

    let answer: Result<(), StoreError> =
        UnitsOfWork::new(Arc::new(store)).run("test", commit).await;

    answer.unwrap();
}

/// Whoever has paid and reads what was paid does not come back with an error for a broken connection.
#[tokio::test(start_paused = true)]
async fn a_read_that_loses_a_race_is_tried_again_but_not_for_ever() {
    let mut store = MockStore::new();
    let mut order = Sequence::new();
    store.expect_find_players().times(1).in_sequence(&mut order).returning(|_| Err(transient()));
    store.expect_find_players().times(1).in_sequence(&mut order).returning(|_| Ok(vec![]));
    store.expect_find_players().times(3).in_sequence(&mut order).returning(|_| Err(transient()));
    let retries = RetryPolicy { attempts_max: 3, ..RetryPolicy::default() };
    let units = UnitsOfWork::new(Arc::new(store)).with_retries(retries);

    let passing = units.store().find_players(&[]).await;
    let lasting = units.store().find_players(&[]).await;

    assert!(passing.is_ok(), "{passing:?}");
    assert!(matches!(lasting, Err(StoreError::Transient { .. })), "{lasting:?}");
}

/// It would take ten times as long to come to the same answer.
#[tokio::test(start_paused = true)]
async fn a_read_that_has_taken_long_by_itself_is_not_tried_again() {
    for cause in [TransientCause::PoolExhausted, TransientCause::Cancelled] {
        let mut store = MockStore::new();
        let refuse = move || StoreError::Transient { cause, during: "a test", source: "no".into() };
        store.expect_find_players().times(1).returning(move |_| Err(refuse()));

        let answer = UnitsOfWork::new(Arc::new(store)).store().find_players(&[]).await;

        assert!(matches!(answer, Err(StoreError::Transient { .. })), "{answer:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_trying_again_cannot_help_is_tried_once() {
    let source = || "disk on fire".into();
    let hopeless = [
        StoreError::Corrupt { table: "accounts", rule: "balance".into(), source: None },
        StoreError::Invalid { rule: "a commit is sent once" },
        StoreError::Unusable { during: "commit", source: source() },
    ];

    for error in hopeless {
        let expected = error.to_string();
        let refusal = Mutex::new(Some(error));
        let mut tx = MockTransaction::new();
        tx.expect_commit().times(1).returning(move || Err(refusal.lock().unwrap().take().unwrap()));

        let answer: Result<(), StoreError> = units([tx]).run("test", commit).await;

        assert_eq!(answer.unwrap_err().to_string(), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn missing_tournament_is_an_answer_and_not_tried_again() {
    let mut tx = MockTransaction::new();
    tx.expect_select_tournament_for_update().times(1).returning(|_| Ok(None));

    let answer: Result<(), LockError> = units([tx])
        .run("test", |mut uow| async move { uow.lock_tournament(cup().id).await.map(drop) })
        .await;

    assert!(matches!(answer, Err(LockError::NoTournament(id)) if id == cup().id), "{answer:?}");
}

#[tokio::test(start_paused = true)]
async fn tries_are_bounded_and_the_last_error_is_told() {
    let retries = RetryPolicy { attempts_max: 3, ..RetryPolicy::default() };
    let losers = [(); 3].map(|()| ending(|| Err(transient())));

    let answer: Result<(), StoreError> =
        units(losers).with_retries(retries).run("test", commit).await;

    assert!(matches!(answer, Err(StoreError::Transient { .. })), "{answer:?}");
}

#[tokio::test(start_paused = true)]
async fn waits_double_up_to_their_bound() {
    let ms = Duration::from_millis;
    let retries = RetryPolicy { attempts_max: 5, delay_min: ms(100), delay_max: ms(300) };
    let losers = [(); 5].map(|()| ending(|| Err(transient())));
    let units = units(losers).with_retries(retries);

    let started = Instant::now();
    let answer: Result<(), StoreError> = units.run("test", commit).await;
    let waited = started.elapsed();

    assert!(answer.is_err());
    let nominal = 100 + 200 + 300 + 300;
    // Each wait is rounded up to the timer's next millisecond.
    assert!((ms(nominal / 2)..=ms(nominal * 3 / 2 + 4)).contains(&waited), "{waited:?}");
}

#[tokio::test]
async fn commit_that_is_refused_is_refused_to_the_caller() {
    let tx = ending(|| Err(StoreError::Invalid { rule: "the transaction has failed" }));

    let commit = units([tx]).begin().await.unwrap().commit().await;

    assert!(matches!(commit, Err(StoreError::Invalid { .. })), "{commit:?}");
}

#[tokio::test]
async fn unit_of_work_of_a_caller_who_went_away_ends_by_itself() {
    let (begun, go_on, committed) = (notify(), notify(), notify());
    let mut tx = MockTransaction::new();
    tx.expect_commit().times(1).returning({
        let committed = Arc::clone(&committed);
        move || {
            committed.notify_one();
            Ok(())
        }
    });
    let body = {
        let (begun, go_on) = (Arc::clone(&begun), Arc::clone(&go_on));
        move |uow: UnitOfWork| {
            let (begun, go_on) = (Arc::clone(&begun), Arc::clone(&go_on));
            async move {
                begun.notify_one();
                go_on.notified().await;
                uow.commit().await
            }
        }
    };

    let units = units([tx]);
    tokio::select! {
        answer = units.run::<(), StoreError, _, _>("test", body) => panic!("ended: {answer:?}"),
        () = begun.notified() => {}
    }
    go_on.notify_one();

    timeout(GIVE_UP, committed.notified()).await.expect("the unit of work stayed open");
}

#[tokio::test]
async fn panic_of_a_body_reaches_its_caller() {
    let units = units([MockTransaction::new()]);
    let body = |_| async { panic!("a bug") };

    let caller = tokio::spawn(async move { units.run::<(), StoreError, _, _>("test", body).await });

    assert!(caller.await.unwrap_err().is_panic());
}

#[tokio::test]
async fn second_root_is_refused_without_touching_the_store() {
    let mut tx = MockTransaction::new();
    tx.expect_select_tournament_for_share().times(1).returning(|_| Ok(Some(stored())));
    // No other expectation: any further call panics.
    let mut uow = units([tx]).begin().await.unwrap();
    drop(uow.share_tournament(cup().id).await.unwrap());

    assert_second_root(uow.lock_tournament(cup().id).await.map(drop));
    assert_second_root(uow.share_tournament(cup().id).await.map(drop));
    assert_second_root(uow.create_tournament(&cup()).await.map(drop));
    assert_second_root(uow.lock_players(&nobody()).await.map(drop).map_err(LockError::from));
    let registered = uow.register_players(&[NewPlayer::new("a", "A")]).await;
    assert_second_root(registered.map(drop).map_err(LockError::from));
}

#[tokio::test]
async fn announced_tournament_is_inserted_before_it_is_locked() {
    let mut tx = MockTransaction::new();
    let mut order = Sequence::new();
    tx.expect_insert_tournament()
        .times(1)
        .in_sequence(&mut order)
        .returning(|_, _| Ok(Recorded::New));
    tx.expect_select_tournament_for_update()
        .times(1)
        .in_sequence(&mut order)
        .returning(|_| Ok(Some(stored())));
    let mut uow = units([tx]).begin().await.unwrap();

    let (recorded, tournament) = uow.create_tournament(&cup()).await.unwrap();

    assert_eq!((recorded, tournament.id), (Recorded::New, cup().id));
}

/// A spawned task needs the whole future to be `Send`, locks and all.
#[tokio::test]
async fn unit_of_work_can_move_between_threads() {
    fn assert_send<T: Send>(future: T) {
        drop(future);
    }
    let units = units([]);

    assert_send(async move {
        let mut uow = units.begin().await?;
        let players = uow.lock_players(&nobody()).await?;
        pending::<()>().await;
        drop(players);
        uow.commit().await
    });
}

#[track_caller]
fn assert_second_root(answer: Result<(), LockError>) {
    match answer {
        Err(LockError::Store(StoreError::Invalid { .. })) => {}
        other => panic!("a second root was taken: {other:?}"),
    }
}

fn units<const N: usize>(transactions: [MockTransaction; N]) -> UnitsOfWork {
    let mut store = MockStore::new();
    let mut order = Sequence::new();
    for tx in transactions {
        let begin = move || Ok(Box::new(tx) as Box<dyn Transaction>);
        store.expect_begin().times(1).in_sequence(&mut order).return_once(begin);
    }
    UnitsOfWork::new(Arc::new(store))
}

/// A transaction that does nothing but end.
fn ending(how: fn() -> Result<(), StoreError>) -> MockTransaction {
    let mut tx = MockTransaction::new();
    tx.expect_commit().times(1).returning(how);
    tx
}

async fn commit(uow: UnitOfWork) -> Result<(), StoreError> {
    uow.commit().await
}

fn cup() -> NewTournament {
    NewTournament::new("cup", "Cup")
}

fn stored() -> Tournament {
    let NewTournament { id, key, name, policy } = cup();
    Tournament {
        id,
        key,
        name,
        status: domain::TournamentStatus::Scheduled,
        change_seq: 0,
        policy,
        revision: 0,
        results_hash: None,
        field_size: 0,
        plan_hash: None,
    }
}

fn nobody() -> LockOrder<PlayerId> {
    LockOrder::of([])
}

fn notify() -> Arc<Notify> {
    Arc::new(Notify::new())
}

fn transient() -> StoreError {
    let source = "deadlock detected".into();
    StoreError::Transient { cause: TransientCause::Deadlock, during: "commit", source }
}

fn unknown() -> StoreError {
    StoreError::CommitUnknown { source: "connection reset by peer".into() }
}
