//! Contract: a request is one caller's at a time, comes to something once, and is answered once.

use std::time::Duration;

use domain::{Hasher, RequestId};
use ports::{
    Timestamp,
    spi::{Claimed, HeldRequest, RequestClaim, RequestRecord, RequestWrite},
};
use uuid::Uuid;

use crate::{
    Harness, NOW,
    fixtures::{ALL, actor, announced, raw},
    waiting::{at_once, finishes, waits},
};

const LEASE: Duration = Duration::from_secs(30);

/// REQUEST-1
pub async fn of_those_who_claim_at_once_one_gets_the_request(harness: &impl Harness) {
    let claims = (1..=4).map(|token| {
        let store = harness.store();
        async move { store.requests().claim(&claim(1, token)).await.unwrap() }
    });

    let answers = at_once(claims).await;

    let (mine, theirs): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|it| matches!(it, Claimed::Mine(_)));
    let stored = stored(harness, 1).await;
    assert_eq!(mine, [Claimed::Mine(stored.clone())]);
    assert_eq!(theirs, vec![Claimed::Theirs(stored); 3]);
}

/// REQUEST-1: until the last moment, also when the owner has shown signs of life.
pub async fn request_is_not_claimed_while_its_lease_lasts(harness: &impl Harness) {
    let requests = harness.store().requests();
    let first = claim(1, 1);
    let mine = requests.claim(&first).await.unwrap();
    assert_eq!(mine, Claimed::Mine(RequestRecord::of(&first)));

    let early = requests.claim(&at(claim(1, 2), LEASE.saturating_sub(TICK))).await.unwrap();
    let extended = requests.extend(&first.held, NOW + LEASE * 2).await.unwrap();
    let late = requests.claim(&at(claim(1, 2), LEASE)).await.unwrap();

    let kept = RequestRecord { lease_until: NOW + LEASE * 2, ..RequestRecord::of(&first) };
    assert_eq!(early, Claimed::Theirs(RequestRecord::of(&first)));
    assert!(extended);
    assert_eq!(late, Claimed::Theirs(kept));
}

/// REQUEST-2: not even once the lease has ended.
pub async fn other_request_under_a_known_id_changes_nothing(harness: &impl Harness) {
    let requests = harness.store().requests();
    requests.claim(&claim(1, 1)).await.unwrap();
    let before = stored(harness, 1).await;
    let fingerprint = Hasher::new("another request").finish();

    let other = RequestClaim { fingerprint, ..at(claim(1, 2), LEASE * 9) };
    let refused = requests.claim(&other).await.unwrap();

    assert_eq!(refused, Claimed::Theirs(before.clone()));
    assert_eq!(stored(harness, 1).await, before);
}

/// REQUEST-3: with its record; a document that the new owner brings along takes the old one's place.
pub async fn request_whose_lease_has_ended_is_taken_over_as_it_is(harness: &impl Harness) {
    let requests = harness.store().requests();
    let first = with_document(claim(1, 1), "a document");
    requests.claim(&first).await.unwrap();
    record(harness, &write(first.held, "{ \"paid\":  1 }")).await;

    let next = at(claim(1, 2), LEASE);
    let Claimed::Mine(taken) = requests.claim(&next).await.unwrap() else { panic!("not taken") };
    let third = with_document(at(claim(1, 3), LEASE * 2), "another one");
    let Claimed::Mine(again) = requests.claim(&third).await.unwrap() else { panic!("not taken") };

    let expected = RequestRecord {
        token: next.held.token,
        lease_until: NOW + LEASE * 2,
        claims: 2,
        record: Some("{ \"paid\":  1 }".to_owned()),
        ..RequestRecord::of(&first)
    };
    assert_eq!(taken, expected);
    assert_eq!((again.claims, again.document.as_deref()), (3, Some("another one")));
    assert_eq!(stored(harness, 1).await, again);
}

/// REQUEST-3: neither outside of a transaction nor in one, which stays usable.
pub async fn whoever_has_lost_a_request_writes_nothing_to_it(harness: &impl Harness) {
    let requests = harness.store().requests();
    let (lost, unknown) = (claim(1, 1).held, claim(2, 1).held);
    requests.claim(&claim(1, 1)).await.unwrap();
    requests.claim(&at(claim(1, 2), LEASE)).await.unwrap();
    let before = stored(harness, 1).await;

    for held in [lost, unknown] {
        let extended = requests.extend(&held, NOW + LEASE * 9).await.unwrap();
        let answered = requests.answer(&held, "an answer", NOW).await.unwrap();
        let tx = raw(harness).await;
        let recorded = tx.update_request(&write(held, "a record")).await.unwrap();
        let seen = tx.select_request_for_update(held.id).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!((extended, answered, recorded), (false, false, false));
        assert_eq!(seen.as_ref(), (held == lost).then_some(&before));
    }
    assert_eq!(requests.find(&[lost.id, unknown.id]).await.unwrap(), [before]);
}

/// REQUEST-4, UOW-2
pub async fn record_is_there_with_the_commit_and_with_nothing_else(harness: &impl Harness) {
    let held = claim(1, 1).held;
    harness.store().requests().claim(&claim(1, 1)).await.unwrap();
    let cup = announced(harness, "cup").await;
    let recording = |record: &'static str| async move {
        let mut uow = harness.units().begin().await.unwrap();
        let tournament = uow.lock_tournament(cup).await.unwrap();
        tournament.cancel(&actor()).await.unwrap();
        assert!(uow.record_request(&held, record.to_owned()).await.unwrap());
        let own = uow.lock_request(&held).await.unwrap().unwrap();
        assert_eq!(own.record.as_deref(), Some(record), "it sees its own record");
        uow
    };

    recording("lost").await.rollback().await.unwrap();
    let undone = stored(harness, 1).await.record;
    recording("kept").await.commit().await.unwrap();

    assert_eq!(undone, None);
    assert_eq!(stored(harness, 1).await.record.as_deref(), Some("kept"));
}

/// REQUEST-4: whoever takes over sees what the one before has just committed.
pub async fn claim_waits_for_what_is_being_recorded(harness: &impl Harness) {
    let first = claim(1, 1);
    harness.store().requests().claim(&first).await.unwrap();
    let tx = raw(harness).await;
    let record = RequestWrite { lease_until: NOW, ..write(first.held, "paid") };
    assert!(tx.update_request(&record).await.unwrap());

    let requests = harness.store().requests();
    let second = waits(async move { requests.claim(&at(claim(1, 2), LEASE)).await.unwrap() }).await;
    tx.commit().await.unwrap();

    let Claimed::Mine(taken) = second.goes_on().await else { panic!("not taken over") };
    assert_eq!(taken.record.as_deref(), Some("paid"));
}

/// REQUEST-5: whoever comes, and whenever; the end of the lease is when it was answered.
pub async fn answered_request_stays_as_it_was_answered(harness: &impl Harness) {
    let requests = harness.store().requests();
    let held = claim(1, 1).held;
    requests.claim(&claim(1, 1)).await.unwrap();
    record(harness, &write(held, "what it came to")).await;
    let answer = "{ \"z\": 1.0,  \"a\": \"µs \\u0000\" }";
    assert!(requests.answer(&held, answer, NOW + TICK).await.unwrap());
    let answered = stored(harness, 1).await;

    let again = requests.answer(&held, "another", NOW).await.unwrap();
    let extended = requests.extend(&held, NOW + LEASE).await.unwrap();
    let tx = raw(harness).await;
    let recorded = tx.update_request(&write(held, "more")).await.unwrap();
    tx.commit().await.unwrap();
    let claimed = requests.claim(&at(claim(1, 2), LEASE * 9)).await.unwrap();

    assert_eq!((again, extended, recorded), (false, false, false));
    assert_eq!(claimed, Claimed::Theirs(answered.clone()));
    assert_eq!(answered.answer.as_deref(), Some(answer));
    assert_eq!(answered.record.as_deref(), Some("what it came to"));
    assert_eq!(answered.lease_until, NOW + TICK);
}

/// REQUEST-6: by the end of the lease, and then by id; the answered and those without a document are
/// nobody's to take over.
pub async fn requests_are_due_once_their_lease_has_ended(harness: &impl Harness) {
    let requests = harness.store().requests();
    let moments = moments();
    for (id, moment) in [(1, moments[2]), (2, moments[0]), (3, moments[1]), (4, moments[1])] {
        requests.claim(&ending(with_document(claim(id, 1), "go on"), moment)).await.unwrap();
    }
    requests.claim(&ending(claim(5, 1), moments[0])).await.unwrap();
    let done = ending(with_document(claim(6, 1), "go on"), moments[0]);
    requests.claim(&done).await.unwrap();
    requests.answer(&done.held, "done", moments[0]).await.unwrap();

    let due = |at, limit| {
        let requests = &requests;
        async move { ids(&requests.list_due(at, limit).await.unwrap()) }
    };

    assert_eq!(due(moments[0] - TICK, ALL).await, [0; 0]);
    assert_eq!(due(moments[1], ALL).await, [2, 3, 4]);
    assert_eq!(due(moments[3], ALL).await, [2, 3, 4, 1]);
    assert_eq!(due(moments[3], 2).await, [2, 3]);
}

/// REQUEST-7: a little at a time; what is new stays, and what somebody will take over.
pub async fn old_requests_are_removed_a_few_at_a_time(harness: &impl Harness) {
    let requests = harness.store().requests();
    let moments = moments();
    for (id, moment) in (1..).zip(moments.into_iter().cycle().take(8)) {
        let old = ending(with_document(claim(id, 1), "go on"), moment);
        requests.claim(&old).await.unwrap();
        requests.answer(&old.held, "done", moment).await.unwrap();
    }
    requests.claim(&ending(claim(9, 1), moments[0])).await.unwrap();
    requests.claim(&ending(with_document(claim(10, 1), "go on"), moments[0])).await.unwrap();

    let mut removed = vec![];
    for _ in 0..3 {
        removed.push(requests.delete_old(moments[2], 3).await.unwrap());
    }

    assert_eq!(removed, [3, 2, 0]);
    let every: Vec<_> = (1..=10).map(named).collect();
    let left = requests.find(&every).await.unwrap();
    assert_eq!(ids(&left), [3, 4, 7, 8, 10]);
    let free = finishes(requests.claim(&claim(1, 2))).await.unwrap();
    assert!(matches!(free, Claimed::Mine(it) if it.claims == 1), "it is forgotten");
}

/// The smallest time that is kept.
const TICK: Duration = Duration::from_micros(1);

/// Four moments in their order: a whole second, parts of it, and the next one.
fn moments() -> [Timestamp; 4] {
    let second = NOW.replace_nanosecond(0).unwrap();
    [0, 250, 500, 1_000].map(|ms| second + Duration::from_millis(ms))
}

fn named(id: u128) -> RequestId {
    RequestId::from_uuid(Uuid::from_u128(id))
}

fn claim(id: u128, token: u128) -> RequestClaim {
    RequestClaim {
        held: HeldRequest { id: named(id), token: Uuid::from_u128(token), lease: LEASE },
        fingerprint: Hasher::new("a request").finish(),
        document: None,
        at: NOW,
    }
}

fn with_document(mut claim: RequestClaim, document: &str) -> RequestClaim {
    claim.document = Some(document.to_owned());
    claim
}

/// The same, made so much later.
fn at(claim: RequestClaim, later: Duration) -> RequestClaim {
    RequestClaim { at: NOW + later, ..claim }
}

/// The same, with a lease that ends at this moment.
fn ending(claim: RequestClaim, moment: Timestamp) -> RequestClaim {
    RequestClaim { at: moment - LEASE, ..claim }
}

fn write(held: HeldRequest, record: &str) -> RequestWrite {
    RequestWrite { held, record: record.to_owned(), lease_until: NOW + LEASE }
}

async fn record(harness: &impl Harness, write: &RequestWrite) {
    let tx = raw(harness).await;
    assert!(tx.update_request(write).await.unwrap());
    tx.commit().await.unwrap();
}

async fn stored(harness: &impl Harness, id: u128) -> RequestRecord {
    let found = harness.store().requests().find(&[named(id)]).await.unwrap();
    found.into_iter().next().expect("it has been claimed")
}

fn ids(requests: &[RequestRecord]) -> Vec<u128> {
    requests.iter().map(|it| it.id.as_uuid().as_u128()).collect()
}
