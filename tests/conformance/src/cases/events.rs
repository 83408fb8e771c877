//! Contract: what happens is told once, in order, and has one place in the feed.

use std::collections::BTreeSet;

use domain::{LockOrder, PlayerEventKind, PlayerId, TournamentId};
use ports::{
    StoreError, UnitsOfWork,
    spi::{EventOwner, EventRecord, EventScope, Outbox},
};

use crate::{
    Harness, NOW,
    fixtures::{ALL, frozen, happened, in_progress, player, raw, register, told},
    waiting::at_once,
};

/// OUTBOX-1: whichever method writes them.
pub async fn events_of_a_player_are_numbered_without_gaps(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let tx = raw(harness).await;
    let order = LockOrder::of(ids.clone());
    let _ = tx.select_players_for_update(&order).await.unwrap();

    tx.insert_player_events(&[happened(ids[0]), happened(ids[1])], NOW).await.unwrap();
    tx.update_progress(&[told(ids[0], player(harness, ids[0]).await.progress)], NOW).await.unwrap();
    tx.insert_player_events(&[happened(ids[0])], NOW).await.unwrap();
    tx.commit().await.unwrap();

    let events = feed(harness).await;
    assert_eq!(numbers(&events, ids[0]), [1, 2, 3]);
    assert_eq!(numbers(&events, ids[1]), [1]);
}

/// OUTBOX-1: those who wait for the lock go on behind those who had it.
pub async fn concurrent_events_of_a_player_lose_no_number(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let teller = |_| {
        let (units, ids) = (harness.units(), ids.clone());
        async move { tell_all(&units, &ids).await.unwrap() }
    };

    at_once([1, 2, 3, 4].map(teller)).await;

    let events = feed(harness).await;
    for id in ids {
        assert_eq!(numbers(&events, id), [1, 2, 3, 4]);
    }
}

/// OUTBOX-2
pub async fn counters_and_event_change_together(harness: &impl Harness) {
    let id = register(harness, 1).await[0];
    let before = player(harness, id).await.progress;
    let progress = domain::Progress { tournaments: 1, ..before };
    for end in ["rollback", "commit"] {
        let tx = raw(harness).await;
        let _ = tx.select_players_for_update(&LockOrder::of([id])).await.unwrap();
        tx.update_progress(&[told(id, progress)], NOW).await.unwrap();

        if end == "rollback" {
            tx.rollback().await.unwrap();

            assert_eq!(player(harness, id).await.progress, before);
            assert_eq!(feed(harness).await, []);
        } else {
            tx.commit().await.unwrap();

            assert_eq!(player(harness, id).await.progress, progress);
            let [event] = &feed(harness).await[..] else { panic!("one event") };
            assert_eq!((event.owner, event.seq), (EventOwner::Player(id), 1));
            assert_eq!((event.name.as_str(), event.occurred_at), ("skills.assessed", NOW));
            assert_eq!((event.tournament, event.data.as_str()), (None, "{}"));
        }
    }
}

/// OUTBOX-3: many at once, in small bites, while others go on telling.
pub async fn every_event_has_one_place_whoever_dispatches(harness: &impl Harness) {
    let ids = register(harness, 8).await;
    for _ in 0..3 {
        tell_all(&harness.units(), &ids).await.unwrap();
    }
    let party = |number| {
        let (units, outbox, ids) = (harness.units(), harness.store().outbox(), ids.clone());
        async move {
            for _ in 0..3 {
                if number == 0 {
                    tell_all(&units, &ids).await.unwrap();
                } else {
                    outbox.dispatch(5).await.unwrap();
                }
            }
        }
    };

    at_once([0, 1, 2].map(party)).await;

    let events = feed(harness).await;
    let places: Vec<_> = events.iter().map(|it| it.position).collect();
    assert_eq!(places, (1..=48).collect::<Vec<_>>());
    let names: BTreeSet<_> = events.iter().map(EventRecord::id).collect();
    assert_eq!(names.len(), 48);
}

/// OUTBOX-3: what commits late comes late, even if it happened early.
pub async fn event_that_is_committed_later_comes_behind(harness: &impl Harness) {
    if !harness.has_concurrent_writers() {
        return; // Nobody can be inside a transaction while others write.
    }
    let ids = register(harness, 2).await;
    let early = raw(harness).await;
    let _ = early.select_players_for_update(&LockOrder::of([ids[0]])).await.unwrap();
    early.insert_player_events(&[happened(ids[0])], NOW).await.unwrap();
    tell_all(&harness.units(), &ids[1..]).await.unwrap();
    let seen = feed(harness).await;

    early.commit().await.unwrap();

    let all = feed(harness).await;
    assert_eq!(owners(&seen), [EventOwner::Player(ids[1])]);
    assert_eq!(owners(&all), [ids[1], ids[0]].map(EventOwner::Player));
    assert_eq!(all.last().unwrap().position, 2);
}

/// OUTBOX-4: however small the bites.
pub async fn places_of_one_owner_ascend_with_its_numbers(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let cup = frozen(harness, "cup", &ids).await;
    for _ in 0..4 {
        tell_all(&harness.units(), &ids).await.unwrap();
    }

    while harness.store().outbox().dispatch(2).await.unwrap() > 0 {}

    let events = feed(harness).await;
    for owner in ids.iter().map(|it| EventOwner::Player(*it)).chain([EventOwner::Tournament(cup)]) {
        let seqs: Vec<_> = events.iter().filter(|it| it.owner == owner).map(|it| it.seq).collect();
        assert!(seqs.is_sorted() && !seqs.is_empty(), "{owner:?}: {seqs:?}");
    }
}

/// OUTBOX-5
pub async fn pages_of_the_feed_make_the_whole(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let cup = in_progress(harness, "cup", &ids).await;
    let _ = in_progress(harness, "other", &ids).await;
    tell_all(&harness.units(), &ids).await.unwrap();
    award_event(harness, cup, ids[1]).await;
    let all = feed(harness).await;
    let outbox = harness.store().outbox();

    let scopes = [EventScope::All, EventScope::Player(ids[1]), EventScope::Tournament(cup)];
    let mut lengths = vec![];
    for scope in scopes {
        let wanted: Vec<_> = all.iter().filter(|it| it.is_in(scope)).cloned().collect();
        assert_eq!(in_pages(outbox.as_ref(), scope, 2).await, wanted, "{scope:?}");
        lengths.push(wanted.len());
    }

    assert_eq!(lengths, [6, 2, 2]);
    assert_eq!(outbox.last_position().await.unwrap(), 6);
}

/// An event of `player` that `tournament` is behind.
async fn award_event(harness: &impl Harness, tournament: TournamentId, player: PlayerId) {
    let kind = PlayerEventKind::RewardPaid;
    let event = domain::PlayerEvent { kind, award: Some((tournament, 0)), ..happened(player) };
    let tx = raw(harness).await;
    let _ = tx.select_players_for_update(&LockOrder::of([player])).await.unwrap();
    tx.insert_player_events(&[event], NOW).await.unwrap();
    tx.commit().await.unwrap();
}

async fn tell_all(units: &UnitsOfWork, ids: &[PlayerId]) -> Result<(), StoreError> {
    let events: Vec<_> = ids.iter().map(|it| happened(*it)).collect();
    let mut uow = units.begin().await?;
    let players = uow.lock_players(&LockOrder::of(ids.to_vec())).await?;
    players.tell(&events).await?;
    uow.commit().await
}

/// Everything that is committed, in the order of the feed.
async fn feed(harness: &impl Harness) -> Vec<EventRecord> {
    let outbox = harness.store().outbox();
    while outbox.dispatch(ALL).await.unwrap() > 0 {}
    outbox.list_events(EventScope::All, 0, ALL).await.unwrap()
}

async fn in_pages(outbox: &dyn Outbox, scope: EventScope, limit: u32) -> Vec<EventRecord> {
    let mut whole: Vec<EventRecord> = vec![];
    loop {
        let after = whole.last().map_or(0, |it| it.position);
        let page = outbox.list_events(scope, after, limit).await.unwrap();
        if page.is_empty() {
            return whole;
        }
        assert!(page.len() <= limit as usize);
        whole.extend(page);
    }
}

fn numbers(events: &[EventRecord], player: PlayerId) -> Vec<i64> {
    let own = events.iter().filter(|it| it.owner == EventOwner::Player(player));
    own.map(|it| it.seq).collect()
}

fn owners(events: &[EventRecord]) -> Vec<EventOwner> {
    events.iter().map(|it| it.owner).collect()
}
