//! What is counted gets into the logbook once, whatever becomes of a flush.

use std::{sync::Arc, time::Duration};

use app_service::{Guerdon, GuerdonError, Store, Timestamp};
use domain::PlayerId;
use memory_adapter::MemoryStore;
use ports::spi::{LockObservation, Logbook, MockStore, MockTransaction};
use uuid::Uuid;

use crate::{
    scene::{Scene, impatient, me, row, word},
    unreliable::{Loss, Unreliable},
};

#[tokio::test]
async fn what_was_counted_is_told_once_before_and_after_a_flush() {
    let (guerdon, _) = with_losses([]);
    ask(&guerdon, 3).await;
    assert_eq!(players_taken(&guerdon).await, 3);

    guerdon.flush_locks().await.unwrap();

    assert_eq!(players_taken(&guerdon).await, 3);
    ask(&guerdon, 2).await;
    assert_eq!(players_taken(&guerdon).await, 5);
}

#[tokio::test]
async fn a_flush_that_failed_is_made_good_by_the_next_one_and_counts_nothing_twice() {
    for losses in [vec![Loss::Write], vec![Loss::Answer], vec![Loss::Answer, Loss::Write]] {
        let failures = losses.len();
        let (guerdon, logbook) = with_losses(losses.clone());
        ask(&guerdon, 3).await;
        for _ in 0..failures {
            assert!(guerdon.flush_locks().await.is_err(), "{losses:?}");
            assert_eq!(players_taken(&guerdon).await, 3, "{losses:?}");
        }
        ask(&guerdon, 2).await;

        guerdon.flush_locks().await.unwrap();

        assert_eq!(players_taken(&guerdon).await, 5, "{losses:?}");
        let stored = logbook.list_lock_observations(None, None, 100).await.unwrap();
        assert_eq!(stored.len(), 2, "{losses:?}: what failed, and what came since");
        let elsewhere = impatient(store_with(logbook));
        assert_eq!(players_taken(&elsewhere).await, 5, "{losses:?}: another process agrees");
    }
}

#[tokio::test]
async fn a_flush_with_nothing_to_say_says_nothing() {
    let mut store = MockStore::new();
    // A read of the logbook would panic.
    store.expect_logbook().never();

    impatient(Arc::new(store)).flush_locks().await.unwrap();
}

#[tokio::test]
async fn a_logbook_that_refuses_costs_no_payment() {
    let (guerdon, _) = with_losses([Loss::Write]);
    ask(&guerdon, 1).await;

    guerdon.flush_locks_or_log().await;

    assert_eq!(players_taken(&guerdon).await, 1);
}

/// Every minute, the first time in vain; looked at half a minute later.
#[tokio::test(start_paused = true)]
async fn a_service_writes_down_its_locks_again_and_again() {
    let (guerdon, logbook) = with_losses([Loss::Write]);
    let service = guerdon.clone();
    let flushing =
        tokio::spawn(async move { service.flush_locks_every(Duration::from_mins(1)).await });
    tokio::time::sleep(Duration::from_secs(30)).await;

    let mut stored = vec![];
    for _ in 0..3 {
        ask(&guerdon, 1).await;
        tokio::time::sleep(Duration::from_mins(1)).await;
        stored.push(logbook.list_lock_observations(None, None, 100).await.unwrap().len());
    }

    flushing.abort();
    assert_eq!(stored, [0, 2, 3]);
}

#[tokio::test]
async fn two_processes_are_one_distribution() {
    let scene = Scene::new().await;
    let other = scene.another_process();
    for (guerdon, ms) in [(&scene.guerdon, 5), (&other, 10), (&other, 40)] {
        let answer = guerdon.cancel(domain::TournamentId::of("nothing"), &me()).await;
        assert!(matches!(answer, Err(GuerdonError::NoTournament(_))), "{answer:?}");
        scene.clock.pass(ms);
    }
    other.flush_locks().await.unwrap();
    scene.guerdon.flush_locks().await.unwrap();

    let third = scene.another_process().lock_report(None).await.unwrap();

    assert_eq!(row(&third, "tournament", "end").taken_total, 3);
    let [of_one, of_other] = [scene.report().await, other.lock_report(None).await.unwrap()];
    assert_eq!((of_one, of_other), (third.clone(), third), "whoever asks hears the same");
}

#[tokio::test]
async fn only_what_was_written_down_since_is_counted() {
    let scene = Scene::new().await;
    ask(&scene.guerdon, 3).await;
    scene.guerdon.flush_locks().await.unwrap();
    let noon = Timestamp::UNIX_EPOCH + Duration::from_hours(12);
    scene.clock.pass(12 * 3_600_000);
    ask(&scene.guerdon, 2).await;
    scene.guerdon.flush_locks().await.unwrap();
    ask(&scene.guerdon, 1).await;

    let since = scene.guerdon.lock_report(Some(noon)).await.unwrap();

    assert_eq!((row(&since, "players", "assess").taken_total, since.since), (3, Some(noon)));
}

#[tokio::test]
async fn what_is_older_than_thirty_days_is_removed() {
    let scene = Scene::new().await;
    ask(&scene.guerdon, 3).await;
    scene.guerdon.flush_locks().await.unwrap();
    scene.clock.pass(31 * 24 * 3_600_000);
    ask(&scene.guerdon, 2).await;

    scene.guerdon.flush_locks().await.unwrap();

    assert_eq!(row(&scene.report().await, "players", "assess").taken_total, 2);
}

#[tokio::test]
async fn what_another_version_wrote_does_not_hide_the_rest() {
    let (guerdon, logbook) = with_losses([]);
    let (id, observed_at) = (Uuid::from_u128(1), Timestamp::UNIX_EPOCH);
    let strange = LockObservation { id, observed_at, document: r#"{"v": 9}"#.to_owned() };
    logbook.insert_lock_observations(&[strange]).await.unwrap();
    ask(&guerdon, 1).await;
    guerdon.flush_locks().await.unwrap();

    assert_eq!(players_taken(&guerdon).await, 1);
}

/// Nobody can be named by what is kept.
#[tokio::test]
async fn an_observation_holds_no_id_and_no_name() {
    let scene = Scene::new().await;
    ask(&scene.guerdon, 1).await;
    scene.guerdon.flush_locks().await.unwrap();

    let logbook = scene.store.shared().logbook();
    let stored = logbook.list_lock_observations(None, None, 100).await.unwrap();

    let [observation] = stored.as_slice() else { panic!("{stored:?}") };
    let document = &observation.document;
    let ada = PlayerId::of("ada").to_string();
    assert!(!document.contains("ada") && !document.contains(&ada), "{document}");
    assert!(document.contains("assess"), "{document}");
}

/// Asks for the lock of a player who does not exist, so often.
async fn ask(guerdon: &Guerdon, times: u32) {
    for _ in 0..times {
        let answer = guerdon.assess(word("nobody")).await;
        assert!(matches!(answer, Err(GuerdonError::NoPlayer(_))), "{answer:?}");
    }
}

async fn players_taken(guerdon: &Guerdon) -> u64 {
    let report = guerdon.lock_report(None).await;
    report.map_or(0, |it| row(&it, "players", "assess").taken_total)
}

fn with_losses(losses: impl Into<Vec<Loss>>) -> (Guerdon, Arc<dyn Logbook>) {
    let inner = MemoryStore::new().logbook();
    let unreliable = Unreliable::new(Arc::clone(&inner), losses.into());
    (impatient(store_with(Arc::new(unreliable))), inner)
}

/// A store without players that writes down what it saw in `logbook`.
fn store_with(logbook: Arc<dyn Logbook>) -> Arc<dyn Store> {
    let mut store = MockStore::new();
    store.expect_logbook().returning(move || Arc::clone(&logbook));
    store.expect_begin().returning(|| {
        let mut tx = MockTransaction::new();
        tx.expect_select_players_for_update().returning(|_| Ok(vec![]));
        Ok(Box::new(tx))
    });
    Arc::new(store)
}
