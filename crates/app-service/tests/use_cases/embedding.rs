//! What whoever embeds the use cases plugs in, tunes and prints.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use app_service::{CheckListener, FinalizeOptions, Guerdon, Invariant, ProgressListener};
use domain::{Cause, Currency, LockOrder, NewEntry, PlayerId, TournamentId};
use ports::{Observer, StoreError, TakenLock, UnitsOfWork, spi::Recorded};

use crate::arena::{Arena, me};

#[tokio::test]
async fn observer_of_ones_own_hears_of_every_lock() {
    let arena = Arena::of(2).await;
    let cup = arena.cup("cup", &arena.players).await;
    let heard = Arc::new(Heard::default());

    let guerdon = arena.guerdon.clone().with_observer(Arc::clone(&heard) as _);
    let paid = guerdon.finalize(cup, FinalizeOptions::default(), &me()).await.unwrap();

    assert!(paid.is_complete());
    assert_eq!(heard.0.load(Ordering::Relaxed), 3, "transaction, tournament, players");
}

/// Progress counts participants who are dealt with, whatever became of them.
#[tokio::test]
async fn progress_counts_those_who_could_not_be_paid_too() {
    let arena = Arena::of(3).await;
    let cup = arena.cup("cup", &arena.players).await;
    arena.store.faults().refused = Some(arena.players[1]);
    let counted = Arc::new(AtomicU64::new(0));
    let listener = Arc::clone(&counted);
    let progress = ProgressListener::new(move |some| {
        listener.fetch_add(some, Ordering::Relaxed);
    });

    let options = FinalizeOptions { progress, ..FinalizeOptions::default() };
    let paid = arena.guerdon.finalize(cup, options, &me()).await.unwrap();

    assert_eq!((paid.applied, paid.failed.len()), (2, 1));
    assert_eq!(counted.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn any_chunk_size_can_be_asked_for() {
    for chunk_size in [0, u32::MAX] {
        let arena = Arena::of(3).await.chunked(chunk_size, 1);
        let cup = arena.cup("cup", &arena.players).await;

        let paid = arena.finalize(cup).await.unwrap();

        assert_eq!((paid.applied, paid.is_complete()), (3, true), "chunks of {chunk_size}");
    }
}

/// Entries that are there are not posted again, and the outcome says so, however it is added up.
#[tokio::test]
async fn entries_that_were_there_are_counted_apart_from_new_ones() {
    for chunk_size in [1, 100] {
        let arena = Arena::of(2).await.chunked(chunk_size, 1);
        let cup = arena.cup("cup", &arena.players).await;
        let plan = arena.guerdon.preview(cup, 2).await.unwrap();
        for award in &plan.awards {
            post_xp(&arena, cup, award.player, award.reward.xp()).await;
        }

        let paid = arena.finalize(cup).await.unwrap();

        assert_eq!((paid.entries_posted, paid.entries_replayed), (2, 2), "by {chunk_size}");
        assert_eq!((paid.xp_posted, paid.credits_posted), (0, plan.credits_total));
    }
}

#[tokio::test]
async fn whoever_prints_what_is_plugged_in_sees_what_it_is() {
    let arena = Arena::of(0).await.chunked(7, 1);

    let guerdon: &Guerdon = &arena.guerdon;

    assert!(format!("{guerdon:?}").contains("chunk_size: 7"));
    assert_eq!(format!("{:?}", ProgressListener::default()), "ProgressListener(false)");
}

/// Reports are read by programs and by people: both go by the names.
#[test]
fn every_invariant_is_called_by_its_code_and_says_what_it_is() {
    let mut titles = std::collections::BTreeSet::new();
    for invariant in Invariant::ALL {
        let stored = serde_json::to_value(invariant).unwrap();

        assert_eq!(stored, invariant.code());
        assert_eq!(invariant.to_string(), invariant.code());
        assert!(titles.insert(invariant.title()), "{}", invariant.title());
        assert!(invariant.title().split_whitespace().count() >= 3, "{}", invariant.title());
    }
    assert_eq!(format!("{:?}", CheckListener::default()), "CheckListener(false)");
}

/// Posts what an award pays in XP, before it does.
async fn post_xp(arena: &Arena, cup: TournamentId, player: PlayerId, amount: i64) {
    let cause = Cause::Award { tournament: cup, revision: 0 };
    let entry = NewEntry::new(player, Currency::Xp, amount, cause);
    let units = UnitsOfWork::new(Arc::new(arena.store.clone()));
    let posted = units.run("post", move |mut uow| {
        let entry = entry.clone();
        async move {
            let players = uow.lock_players(&LockOrder::of([player])).await?;
            let posted = players.post_entries(&[entry]).await?;
            uow.commit().await?;
            Ok::<_, StoreError>(posted)
        }
    });
    assert!(matches!(posted.await.as_deref(), Ok([Recorded::New])));
}

/// Counts the locks that it hears of.
#[derive(Default)]
struct Heard(AtomicU64);

impl Observer for Heard {
    fn had(&self, _lock: TakenLock, _wait: std::time::Duration) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}
