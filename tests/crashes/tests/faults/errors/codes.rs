//! SQLSTATEs of PostgreSQL, raised where they hurt: in the middle of paying, and at the commit.
//!
//! A trigger raises them, at the second door. Where the server can be brought to say so by itself,
//! it is: a backend cancels and terminates itself, and waits longer than it may.

use std::time::Duration;

use crashes::{DatabaseGround, UseCase};
use ports::{StoreError, TransientCause};
use sea_orm_adapter::ConnectOptions;
use test_databases::count;

use super::Scene;

/// Tries that a [`UseCase`]'s Guerdon makes.
const TRIES: i64 = 4;

/// Where it is raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Statement,
    Commit,
}

/// An error, and what a caller is told when it lasts.
struct Case {
    /// What the trigger does.
    body: &'static str,
    at: At,
    tries: i64,
    told: fn(&StoreError) -> bool,
}

const SERIALIZATION: &str = "RAISE EXCEPTION 'provoked' USING ERRCODE = '40001'";
const DEADLOCK: &str = "RAISE EXCEPTION 'provoked' USING ERRCODE = '40P01'";
const DISK_FULL: &str = "RAISE EXCEPTION 'provoked' USING ERRCODE = '53100'";
const READ_ONLY: &str = "RAISE EXCEPTION 'provoked' USING ERRCODE = '25006'";
/// The backend cancels itself, as an administrator would.
const CANCEL: &str = "PERFORM pg_cancel_backend(pg_backend_pid()); PERFORM pg_sleep(60)";
/// The backend terminates itself, as a server does that is shut down.
const TERMINATE: &str = "PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60)";

#[tokio::test]
async fn a_serialization_failure_is_run_again() {
    hold(Case { body: SERIALIZATION, at: At::Statement, tries: TRIES, told: is_serialization })
        .await;
}

#[tokio::test]
async fn a_serialization_failure_at_the_commit_is_run_again() {
    hold(Case { body: SERIALIZATION, at: At::Commit, tries: TRIES, told: is_serialization }).await;
}

#[tokio::test]
async fn a_deadlock_is_run_again() {
    let told = |it: &StoreError| is(it, TransientCause::Deadlock);
    hold(Case { body: DEADLOCK, at: At::Statement, tries: TRIES, told }).await;
}

#[tokio::test]
async fn a_cancelled_statement_is_run_again() {
    hold(Case { body: CANCEL, at: At::Statement, tries: TRIES, told: is_cancelled }).await;
}

#[tokio::test]
async fn a_commit_that_is_cancelled_is_found_out() {
    hold(Case { body: CANCEL, at: At::Commit, tries: TRIES, told: is_unknown }).await;
}

#[tokio::test]
async fn a_connection_that_is_terminated_is_replaced() {
    let told = |it: &StoreError| is(it, TransientCause::ConnectionLost);
    hold(Case { body: TERMINATE, at: At::Statement, tries: TRIES, told }).await;
}

#[tokio::test]
async fn a_commit_whose_connection_is_terminated_is_found_out() {
    hold(Case { body: TERMINATE, at: At::Commit, tries: TRIES, told: is_unknown }).await;
}

#[tokio::test]
async fn a_standby_is_waited_for_until_it_takes_writes() {
    let told = |it: &StoreError| is(it, TransientCause::ReadOnly);
    hold(Case { body: READ_ONLY, at: At::Statement, tries: TRIES, told }).await;
}

#[tokio::test]
async fn a_full_disk_is_not_tried_again() {
    let told = |it: &StoreError| matches!(it, StoreError::Unusable { .. });
    hold(Case { body: DISK_FULL, at: At::Statement, tries: 1, told }).await;
}

#[tokio::test]
async fn a_commit_that_finds_the_disk_full_is_found_out() {
    hold(Case { body: DISK_FULL, at: At::Commit, tries: TRIES, told: is_unknown }).await;
}

/// PostgreSQL ends a statement by itself that takes longer than it may.
#[tokio::test]
async fn a_statement_that_takes_too_long_is_run_again() {
    let scene = Scene::set(DatabaseGround::postgres().await, UseCase::FinalizeInOneChunk).await;
    raise(&scene, "PERFORM pg_sleep(60)", At::Statement, 1).await;
    let hasty = |it: &mut ConnectOptions| it.statement_timeout = Some(Duration::from_secs(2));
    let (_, guerdon) = scene.opened(hasty).await;

    let ended = scene.use_case.run(&guerdon).await;

    assert!(ended.is_ok(), "{ended:?}");
    assert_eq!(raised(&scene).await, 2, "the second try was not held up");
    scene.assert_stored(&scene.expected).await;
}

/// An error that passes is waited out. One that lasts ends the tries after a while with a typed
/// error, and nothing written; when it is over, asking again completes it.
async fn hold(case: Case) {
    let ground = DatabaseGround::postgres().await;
    let scene = Scene::set(ground, UseCase::FinalizeInOneChunk).await;
    let (_, guerdon) = scene.opened(|_| {}).await;
    raise(&scene, case.body, case.at, i64::MAX).await;

    let ended = scene.use_case.run(&guerdon).await;
    let error = scene.assert_untouched(ended).await;

    assert!((case.told)(&error), "{error:?}");
    assert_eq!(raised(&scene).await, case.tries);
    let passes = case.tries - 1;
    raise(&scene, case.body, case.at, passes).await;
    scene.assert_completes(&guerdon).await;
    assert!(raised(&scene).await > passes, "the errors that passed were met");
}

/// Lets `body` happen where the ledger is written to, as many `times`. A sequence counts: it is not
/// rolled back.
async fn raise(scene: &Scene, body: &str, at: At, times: i64) {
    let trigger = match at {
        At::Statement => "TRIGGER fault BEFORE INSERT ON ledger_entries FOR EACH STATEMENT",
        At::Commit => {
            "CONSTRAINT TRIGGER fault AFTER INSERT ON ledger_entries DEFERRABLE INITIALLY DEFERRED \
             FOR EACH ROW"
        }
    };
    scene
        .say(&format!(
            "DROP TRIGGER IF EXISTS fault ON ledger_entries; \
             DROP SEQUENCE IF EXISTS faults; CREATE SEQUENCE faults; \
             CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN \
             IF nextval('faults') <= {times} THEN {body}; END IF; RETURN NEW; END$$; \
             CREATE {trigger} EXECUTE FUNCTION fault();"
        ))
        .await;
}

/// How often the ledger was written to, or a commit tried to.
async fn raised(scene: &Scene) -> i64 {
    let sql = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS count FROM faults";
    count(scene.ground.store().connection(), sql).await
}

fn is(error: &StoreError, expected: TransientCause) -> bool {
    matches!(error, StoreError::Transient { cause, .. } if *cause == expected)
}

fn is_serialization(error: &StoreError) -> bool {
    is(error, TransientCause::Serialization)
}

fn is_cancelled(error: &StoreError) -> bool {
    is(error, TransientCause::Cancelled)
}

fn is_unknown(error: &StoreError) -> bool {
    matches!(error, StoreError::CommitUnknown { .. })
}
