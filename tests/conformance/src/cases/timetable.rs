//! Contract: what is to be done at a time is there once, as it was last said, and taken on once.

use std::{sync::Arc, time::Duration};

use domain::TournamentId;
use ports::{
    Timestamp,
    spi::{Appointment, Recorded, Timetable, Turn},
};
use tokio::task::JoinSet;

use crate::{
    Harness,
    clock::NOW,
    fixtures::{ALL, actor},
};

/// TIME-1: also twice in a row, and with others in one call.
pub async fn later_appointment_takes_the_place_of_the_first(harness: &impl Harness) {
    let timetable = harness.store().timetable();
    let (first, later, other) = (appointment(1, 0), appointment(1, 60), appointment(2, 30));

    timetable.put(std::slice::from_ref(&first)).await.unwrap();
    timetable.put(&[later.clone(), other.clone()]).await.unwrap();
    timetable.put(&[]).await.unwrap();

    let ids = [id(1), id(2), id(3)];
    let mut found = timetable.find(&ids).await.unwrap();
    found.sort_by_key(|it| it.finalize_at);
    assert_eq!(found, [other, later]);
}

/// TIME-2: whoever finalized by the old appointment does not take back the new one.
pub async fn appointment_that_was_moved_meanwhile_is_not_removed(harness: &impl Harness) {
    let timetable = harness.store().timetable();
    let (read, moved, other) = (appointment(1, 0), appointment(1, 60), appointment(2, 0));
    timetable.put(&[read.clone(), other.clone()]).await.unwrap();
    timetable.put(std::slice::from_ref(&moved)).await.unwrap();

    let removed = timetable.remove(&[read, other.clone()]).await.unwrap();
    let again = timetable.remove(&[other]).await.unwrap();

    assert_eq!((removed, again), (1, 0));
    assert_eq!(timetable.find(&[id(1), id(2)]).await.unwrap(), [moved]);
}

/// TIME-3: the moment itself is due, wherever on earth it is said; several of one moment are told
/// apart.
pub async fn due_appointments_come_by_time_in_pages(harness: &impl Harness) {
    let timetable = harness.store().timetable();
    let minutes = [7, 0, 3, 0, 5, 3, 9, 0];
    let all: Vec<_> = (0..).zip(minutes).map(|(n, minute)| appointment(n, minute)).collect();
    timetable.put(&all).await.unwrap();
    let at = after(5).to_offset(time::macros::offset!(+5:30));

    let (mut paged, mut behind) = (vec![], None);
    loop {
        let page = timetable.list_due(at, behind, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        behind = Some((last.finalize_at, last.tournament));
        paged.extend(page);
    }

    let mut due: Vec<_> = all.into_iter().filter(|it| it.finalize_at <= after(5)).collect();
    due.sort_by_key(|it| (it.finalize_at, it.tournament));
    assert_eq!(paged, due);
    assert_eq!(timetable.list_due(at, None, ALL).await.unwrap(), due);
}

/// TIME-4: eight at once, and one who comes late.
pub async fn turn_is_had_by_exactly_one(harness: &impl Harness) {
    let timetable = harness.store().timetable();
    let ask = |task, minute| take(Arc::clone(&timetable), task, minute);

    let asking: JoinSet<_> = (0..8).map(|_| ask("verify", 0)).collect();
    let mut had = asking.join_all().await;
    had.push(ask("verify", 0).await);
    let others = [ask("verify", 1).await, ask("expire", 0).await];

    assert_eq!(had.iter().filter(|it| **it == Recorded::New).count(), 1);
    assert_eq!(others, [Recorded::New, Recorded::New]);
}

/// TIME-4: a turn that is forgotten is long over.
pub async fn old_turns_are_removed_a_few_at_a_time(harness: &impl Harness) {
    let timetable = harness.store().timetable();
    for minute in 0..5 {
        take(Arc::clone(&timetable), "verify", minute).await;
    }

    let mut removed = vec![];
    for _ in 0..3 {
        removed.push(timetable.delete_turns(after(3), 2).await.unwrap());
    }

    assert_eq!(removed, [2, 1, 0]);
    assert_eq!(take(timetable, "verify", 3).await, Recorded::Replayed);
}

async fn take(timetable: Arc<dyn Timetable>, task: &'static str, minute: u64) -> Recorded {
    timetable.take_turn(&Turn { task: task.to_owned(), due_at: after(minute) }).await.unwrap()
}

fn appointment(number: u32, minute: u64) -> Appointment {
    Appointment { tournament: id(number), finalize_at: after(minute), actor: actor() }
}

fn id(number: u32) -> TournamentId {
    TournamentId::of(&format!("appointed-{number}"))
}

fn after(minutes: u64) -> Timestamp {
    NOW + Duration::from_secs(60 * minutes)
}
