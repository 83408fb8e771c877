//! The lock table by itself: queues, sharing, circles, and waiters that go away.

use std::{
    future::Future,
    pin::pin,
    task::{Context, Poll, Waker},
};

use domain::{PlayerId, TournamentId};
use ports::{StoreError, TransientCause};

use super::{LockKey, LockMode, Owner};
use crate::shared::Shared;

const FIRST: Owner = Owner(1);
const SECOND: Owner = Owner(2);
const THIRD: Owner = Owner(3);
const FOURTH: Owner = Owner(4);

#[test]
fn waiters_are_served_in_the_order_in_which_they_came() {
    let table = Shared::default();
    held(&table, FIRST, cup(), LockMode::Exclusive);
    let mut third = pin!(table.lock(THIRD, cup(), LockMode::Exclusive));
    assert!(is_waiting(third.as_mut()));
    let mut second = pin!(table.lock(SECOND, cup(), LockMode::Exclusive));
    assert!(is_waiting(second.as_mut()));

    table.enter().locks.release(FIRST);

    assert!(is_waiting(second.as_mut()));
    assert!(!is_waiting(third.as_mut()));
    table.enter().locks.release(THIRD);
    assert!(!is_waiting(second.as_mut()));
}

#[test]
fn those_who_share_do_not_wait_for_each_other() {
    let table = Shared::default();

    held(&table, FIRST, cup(), LockMode::Shared);
    held(&table, SECOND, cup(), LockMode::Shared);
}

#[test]
fn an_exclusive_waiter_waits_for_all_who_share_also_for_those_who_came_later() {
    let table = Shared::default();
    held(&table, FIRST, cup(), LockMode::Shared);
    held(&table, SECOND, cup(), LockMode::Shared);
    let mut exclusive = pin!(table.lock(THIRD, cup(), LockMode::Exclusive));
    assert!(is_waiting(exclusive.as_mut()));
    held(&table, FOURTH, cup(), LockMode::Shared);

    for owner in [FIRST, SECOND] {
        table.enter().locks.release(owner);
        assert!(is_waiting(exclusive.as_mut()));
    }
    table.enter().locks.release(FOURTH);

    assert!(!is_waiting(exclusive.as_mut()));
}

#[test]
fn whoever_would_share_waits_behind_an_exclusive_holder_and_those_who_wait_for_it() {
    let table = Shared::default();
    held(&table, FIRST, cup(), LockMode::Exclusive);
    let mut exclusive = pin!(table.lock(SECOND, cup(), LockMode::Exclusive));
    assert!(is_waiting(exclusive.as_mut()));
    let mut shared = pin!(table.lock(THIRD, cup(), LockMode::Shared));
    assert!(is_waiting(shared.as_mut()));

    table.enter().locks.release(FIRST);

    assert!(!is_waiting(exclusive.as_mut()));
    assert!(is_waiting(shared.as_mut()));
}

#[test]
fn whoever_holds_a_row_has_it_again_without_waiting() {
    let table = Shared::default();
    held(&table, FIRST, cup(), LockMode::Exclusive);

    held(&table, FIRST, cup(), LockMode::Exclusive);
    held(&table, FIRST, cup(), LockMode::Shared);
}

#[test]
fn a_shared_lock_is_never_made_exclusive() {
    let table = Shared::default();
    held(&table, FIRST, cup(), LockMode::Shared);

    let upgrade = now(table.lock(FIRST, cup(), LockMode::Exclusive));

    assert!(matches!(upgrade, Err(StoreError::Invalid { .. })));
}

#[test]
fn whoever_would_close_a_circle_gives_way_and_the_others_go_on() {
    let table = Shared::default();
    for (owner, name) in [(FIRST, "a"), (SECOND, "b"), (THIRD, "c")] {
        held(&table, owner, player(name), LockMode::Exclusive);
    }
    let mut first = pin!(table.lock(FIRST, player("b"), LockMode::Exclusive));
    assert!(is_waiting(first.as_mut()));
    let mut second = pin!(table.lock(SECOND, player("c"), LockMode::Exclusive));
    assert!(is_waiting(second.as_mut()));

    let third = now(table.lock(THIRD, player("a"), LockMode::Exclusive));

    let cause = TransientCause::Deadlock;
    assert!(matches!(third, Err(StoreError::Transient { cause: it, .. }) if it == cause));
    table.enter().locks.release(THIRD);
    assert!(!is_waiting(second.as_mut()));
}

#[test]
fn a_circle_through_a_queue_is_a_circle() {
    let table = Shared::default();
    held(&table, FIRST, cup(), LockMode::Shared);
    held(&table, THIRD, player("a"), LockMode::Exclusive);
    let mut second = pin!(table.lock(SECOND, cup(), LockMode::Exclusive));
    assert!(is_waiting(second.as_mut()));
    let mut third = pin!(table.lock(THIRD, cup(), LockMode::Exclusive));
    assert!(is_waiting(third.as_mut()));

    let first = now(table.lock(FIRST, player("a"), LockMode::Exclusive));

    assert!(first.is_err());
}

#[test]
fn a_circle_through_somebody_who_overtook_is_a_circle() {
    let table = Shared::default();
    held(&table, FIRST, cup(), LockMode::Shared);
    held(&table, SECOND, player("a"), LockMode::Exclusive);
    let mut second = pin!(table.lock(SECOND, cup(), LockMode::Exclusive));
    assert!(is_waiting(second.as_mut()));
    held(&table, THIRD, cup(), LockMode::Shared);

    let third = now(table.lock(THIRD, player("a"), LockMode::Exclusive));

    assert!(third.is_err());
}

#[test]
fn a_waiter_who_goes_away_leaves_the_queue_and_those_behind_move_up() {
    let table = Shared::default();
    held(&table, FIRST, cup(), LockMode::Exclusive);
    let mut before = pin!(table.lock(FOURTH, cup(), LockMode::Shared));
    assert!(is_waiting(before.as_mut()));
    let mut behind = pin!(table.lock(THIRD, cup(), LockMode::Shared));
    {
        let mut leaver = pin!(table.lock(SECOND, cup(), LockMode::Exclusive));
        assert!(is_waiting(leaver.as_mut()));
        assert!(is_waiting(behind.as_mut()));
        table.enter().locks.release(FIRST);
        assert!(is_waiting(behind.as_mut()));
    }

    assert!(!is_waiting(behind.as_mut()));
}

#[test]
fn a_grant_that_nobody_hears_of_is_let_go_with_its_owner() {
    let table = Shared::default();
    held(&table, FIRST, cup(), LockMode::Exclusive);
    let mut third = pin!(table.lock(THIRD, cup(), LockMode::Exclusive));
    {
        let mut second = pin!(table.lock(SECOND, cup(), LockMode::Exclusive));
        assert!(is_waiting(second.as_mut()));
        assert!(is_waiting(third.as_mut()));
        table.enter().locks.release(FIRST);
    }
    assert!(is_waiting(third.as_mut()));

    table.enter().locks.release(SECOND);

    assert!(!is_waiting(third.as_mut()));
}

#[test]
fn a_table_that_nobody_uses_is_empty() {
    let table = Shared::default();
    held(&table, FIRST, cup(), LockMode::Exclusive);
    {
        let mut second = pin!(table.lock(SECOND, cup(), LockMode::Exclusive));
        assert!(is_waiting(second.as_mut()));
    }

    table.enter().locks.release(FIRST);

    assert!(table.enter().locks.queues.is_empty());
    assert!(table.enter().locks.waits.is_empty());
}

fn cup() -> LockKey {
    LockKey::Tournament(TournamentId::of("cup"))
}

fn player(name: &str) -> LockKey {
    LockKey::Player(PlayerId::of(name))
}

#[track_caller]
fn held(table: &Shared, owner: Owner, key: LockKey, mode: LockMode) {
    now(table.lock(owner, key, mode)).unwrap();
}

/// What a request that needs no waiting comes to.
#[track_caller]
fn now(request: impl Future<Output = Result<(), StoreError>>) -> Result<(), StoreError> {
    match pin!(request).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("nobody is in the way"),
    }
}

/// Whether the request still waits; a grant counts as the end of waiting.
fn is_waiting(request: std::pin::Pin<&mut impl Future<Output = Result<(), StoreError>>>) -> bool {
    request.poll(&mut Context::from_waker(Waker::noop())).is_pending()
}
