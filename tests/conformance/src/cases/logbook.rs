//! Contract: what is written down is there once, in order, until it is old.

use std::{sync::Arc, time::Duration};

use ports::{
    Timestamp,
    spi::{LockObservation, Logbook, Recorded, RunRecord},
};
use uuid::Uuid;

use crate::{Harness, clock::NOW, fixtures::ALL};

use Recorded::{New, Replayed};

/// LOG-1: sent again, even with other words, it is what it was.
pub async fn known_run_is_replayed_and_stays_as_it_is(harness: &impl Harness) {
    let logbook = harness.store().logbook();
    let told = run(1, NOW);
    let retold = RunRecord { outcome: "violated".into(), report: "{}".into(), ..told.clone() };

    let answers = [logbook.insert_run(&told).await, logbook.insert_run(&retold).await];

    assert_eq!(answers.map(Result::unwrap), [New, Replayed]);
    assert_eq!(logbook.list_runs(ALL).await.unwrap(), [told]);
}

/// LOG-1: a batch that arrived in part, or whole and without an answer, is sent again.
pub async fn known_observation_is_replayed_and_stays_as_it_is(harness: &impl Harness) {
    let logbook = harness.store().logbook();
    let first = [observation(1, NOW), observation(2, NOW)];
    let other = LockObservation { document: "{}".into(), ..observation(2, NOW) };
    let again = [other, observation(3, NOW)];

    let sent = logbook.insert_lock_observations(&first).await.unwrap();
    let resent = logbook.insert_lock_observations(&again).await.unwrap();
    let nothing = logbook.insert_lock_observations(&[]).await.unwrap();

    assert_eq!((sent, resent), (vec![New, New], vec![Replayed, New]));
    assert_eq!(nothing, []);
    let all = [1, 2, 3].map(|number| observation(number, NOW));
    assert_eq!(logbook.list_lock_observations(None, None, ALL).await.unwrap(), all);
}

/// LOG-2: also within one second, and whatever order they were written in.
pub async fn runs_are_listed_newest_first(harness: &impl Harness) {
    let logbook = harness.store().logbook();
    let moments = moments();
    for (number, at) in [(1, moments[1]), (2, moments[3]), (3, moments[0]), (4, moments[2])] {
        logbook.insert_run(&run(number, at)).await.unwrap();
    }
    logbook.insert_run(&run(5, moments[2])).await.unwrap();

    let newest = logbook.list_runs(4).await.unwrap();

    let ids: Vec<_> = newest.iter().map(|it| it.id.as_u128()).collect();
    assert_eq!(ids, [2, 5, 4, 1]);
}

/// LOG-3: the moment itself counts, wherever on earth it is said.
pub async fn observations_are_listed_since_a_moment(harness: &impl Harness) {
    let logbook = harness.store().logbook();
    write_at(&logbook, &moments()).await;
    let elsewhere = time::macros::offset!(+5:30);

    for (number, since) in (0..).zip(moments()) {
        let since = Some(since.to_offset(elsewhere));
        let listed = logbook.list_lock_observations(since, None, ALL).await.unwrap();

        let expected: Vec<u128> = (number..4).collect();
        assert_eq!(ids(&listed), expected, "since {since:?}");
    }
}

/// LOG-3: also when some are too old to be listed.
pub async fn pages_of_observations_make_the_whole(harness: &impl Harness) {
    let logbook = harness.store().logbook();
    let moments: Vec<_> = moments().into_iter().cycle().take(10).collect();
    write_at(&logbook, &moments).await;
    let since = Some(moments[1]);

    let (mut listed, mut after) = (vec![], None);
    loop {
        let page = logbook.list_lock_observations(since, after, 3).await.unwrap();
        let Some(last) = page.last() else { break };
        assert!(page.len() <= 3);
        after = Some(last.id);
        listed.extend(ids(&page));
    }

    assert_eq!(listed, [1, 2, 3, 5, 6, 7, 9]);
}

/// LOG-4: a little at a time, and what is new stays.
pub async fn old_observations_are_removed_a_few_at_a_time(harness: &impl Harness) {
    let logbook = harness.store().logbook();
    let moments: Vec<_> = moments().into_iter().cycle().take(8).collect();
    write_at(&logbook, &moments).await;

    let mut removed = vec![];
    for _ in 0..3 {
        removed.push(logbook.delete_lock_observations(moments[2], 3).await.unwrap());
    }

    assert_eq!(removed, [3, 1, 0]);
    let left = logbook.list_lock_observations(None, None, ALL).await.unwrap();
    assert_eq!(ids(&left), [2, 3, 6, 7]);
}

/// LOG-4: those behind the newest ones.
pub async fn old_runs_are_removed_a_few_at_a_time(harness: &impl Harness) {
    let logbook = harness.store().logbook();
    for (number, at) in (1..).zip(moments()) {
        logbook.insert_run(&run(number, at)).await.unwrap();
    }

    let untouched = logbook.delete_runs(4, 10).await.unwrap();
    let mut removed = vec![];
    for _ in 0..3 {
        removed.push(logbook.delete_runs(1, 2).await.unwrap());
    }

    assert_eq!((untouched, removed), (0, vec![2, 1, 0]));
    assert_eq!(logbook.list_runs(ALL).await.unwrap(), [run(4, moments()[3])]);
}

/// Four moments in their order: a whole second, parts of it, and the next one.
fn moments() -> [Timestamp; 4] {
    let second = NOW.replace_nanosecond(0).unwrap();
    [0, 250, 500, 1_000].map(|ms| second + Duration::from_millis(ms))
}

/// Observations numbered from 0.
async fn write_at(logbook: &Arc<dyn Logbook>, moments: &[Timestamp]) {
    let observations: Vec<_> =
        (0..).zip(moments).map(|(number, at)| observation(number, *at)).collect();
    logbook.insert_lock_observations(&observations).await.unwrap();
}

fn ids(observations: &[LockObservation]) -> Vec<u128> {
    observations.iter().map(|it| it.id.as_u128()).collect()
}

/// What is written is not what a database would print.
fn run(number: u128, started_at: Timestamp) -> RunRecord {
    let report = r#"{ "b": 1.0, "a": "µs \u0000" }"#.to_owned();
    RunRecord { id: Uuid::from_u128(number), started_at, outcome: "held".to_owned(), report }
}

fn observation(number: u128, observed_at: Timestamp) -> LockObservation {
    let document = format!(r#"{{ "z": [[{number}, 2]],  "a": {{}} }}"#);
    LockObservation { id: Uuid::from_u128(number), observed_at, document }
}
