//! Contract: each wanted event is delivered by one at a time, until it has arrived or is dead.

use std::{sync::Arc, time::Duration};

use domain::LockOrder;
use ports::{
    Timestamp,
    spi::{
        Attempt, AttemptResult, ClaimedDelivery, DeliveryClaim, DeliveryState, Outbox, Recorded,
        Replay, WebhookRecord, WebhookSecret, WebhookState,
    },
};
use uuid::Uuid;

use crate::{
    Harness, NOW,
    fixtures::{ALL, happened, in_progress, raw, register},
    waiting::at_once,
};

const HOOK: Uuid = Uuid::from_u128(7);
const LEASE: Duration = Duration::from_mins(1);
const TOLD: &str = "guerdon.skills.assessed.v1";

/// RELAY-5
pub async fn webhook_is_changed_by_who_has_seen_its_last_version(harness: &impl Harness) {
    let outbox = harness.store().outbox();
    let first = webhook();
    let paused = WebhookRecord { state: WebhookState::Paused, ..first.clone() };
    let moved = WebhookRecord { url: "https://elsewhere.test".into(), ..first.clone() };

    let set_up = [outbox.insert_webhook(&first).await, outbox.insert_webhook(&moved).await];
    let changed = [outbox.update_webhook(&paused).await, outbox.update_webhook(&moved).await];

    assert_eq!(set_up.map(Result::unwrap), [Recorded::New, Recorded::Replayed]);
    assert_eq!(changed.map(Result::unwrap), [true, false]);
    let expected = WebhookRecord { version: 2, ..paused };
    assert_eq!(outbox.find_webhook(HOOK).await.unwrap(), Some(expected.clone()));
    assert_eq!(outbox.list_webhooks(None, ALL).await.unwrap(), [expected]);
    assert_eq!(outbox.list_webhooks(Some(HOOK), ALL).await.unwrap(), []);
}

/// RELAY-5
pub async fn removed_webhook_takes_its_deliveries_along(harness: &impl Harness) {
    let outbox = fanned_out(harness, 2).await;

    let removed = [outbox.delete_webhook(HOOK).await, outbox.delete_webhook(HOOK).await];

    assert_eq!(removed.map(Result::unwrap), [true, false]);
    assert_eq!(outbox.find_webhook(HOOK).await.unwrap(), None);
    assert_eq!(outbox.list_deliveries(HOOK, None, 0, ALL).await.unwrap(), []);
}

/// RELAY-1: what is not wanted is passed by, and nobody doubles what is.
pub async fn wanted_events_are_fanned_out_once(harness: &impl Harness) {
    let outbox = with_events(harness, 4).await;
    let _ = in_progress(harness, "cup", &register(harness, 1).await).await;
    outbox.dispatch(ALL).await.unwrap();
    outbox.insert_webhook(&webhook()).await.unwrap();
    let relay = |_| {
        let outbox = Arc::clone(&outbox);
        async move { while outbox.fan_out(HOOK, 2, NOW).await.unwrap() > 0 {} }
    };

    at_once([1, 2, 3].map(relay)).await;
    // Whoever was passed by had nothing to do, and nothing is left to do.
    while outbox.fan_out(HOOK, 2, NOW).await.unwrap() > 0 {}

    let deliveries = outbox.list_deliveries(HOOK, None, 0, ALL).await.unwrap();
    assert_eq!(deliveries.len(), 4);
    assert!(deliveries.iter().all(|it| it.event.event_type() == TOLD));
    assert_eq!(outbox.find_webhook(HOOK).await.unwrap().unwrap().position, 5);
    assert_eq!(outbox.busy_webhooks(NOW, ALL).await.unwrap(), [HOOK]);
    assert_eq!(outbox.busy_webhooks(NOW - LEASE, ALL).await.unwrap(), <[Uuid; 0]>::default());
}

/// RELAY-2: each is in one hand, until the claim is over.
pub async fn delivery_is_claimed_by_one_at_a_time(harness: &impl Harness) {
    let outbox = fanned_out(harness, 20).await;
    let relay = |number| {
        let outbox = Arc::clone(&outbox);
        async move { outbox.claim_deliveries(&claim(number, NOW, 8)).await.unwrap() }
    };

    let claimed = at_once([1, 2, 3].map(relay)).await;
    let rest = outbox.claim_deliveries(&claim(4, NOW, ALL)).await.unwrap();
    let again = outbox.claim_deliveries(&claim(5, NOW + LEASE, ALL)).await.unwrap();

    let mut places: Vec<_> = claimed.iter().flatten().chain(&rest).map(place).collect();
    places.sort_unstable();
    assert_eq!(places, (1..=20).collect::<Vec<_>>());
    assert_eq!(again.len(), 20, "what was claimed and not recorded");
}

/// RELAY-2: nothing of a webhook that does not want anything now.
pub async fn nothing_of_a_paused_webhook_is_claimed(harness: &impl Harness) {
    let outbox = fanned_out(harness, 2).await;
    let paused = WebhookRecord { state: WebhookState::Paused, ..webhook() };
    assert!(outbox.update_webhook(&paused).await.unwrap());

    let claimed = outbox.claim_deliveries(&claim(1, NOW, ALL)).await.unwrap();

    assert_eq!(claimed, []);
    assert_eq!(outbox.busy_webhooks(NOW, ALL).await.unwrap(), <[Uuid; 0]>::default());
    let active = WebhookRecord { version: 2, ..webhook() };
    assert!(outbox.update_webhook(&active).await.unwrap());
    assert_eq!(outbox.claim_deliveries(&claim(1, NOW, ALL)).await.unwrap().len(), 2);
}

/// RELAY-3
pub async fn who_was_too_slow_records_nothing(harness: &impl Harness) {
    let outbox = fanned_out(harness, 1).await;
    let slow = outbox.claim_deliveries(&claim(1, NOW, ALL)).await.unwrap();
    let later = NOW + LEASE;
    let quick = outbox.claim_deliveries(&claim(2, later, ALL)).await.unwrap();

    let recorded = [
        record(&outbox, 1, &slow, AttemptResult::Dead).await,
        record(&outbox, 2, &quick, AttemptResult::Delivered).await,
        record(&outbox, 2, &quick, AttemptResult::Dead).await,
    ];

    assert_eq!(recorded, [0, 1, 0]);
    let [delivery] = &outbox.list_deliveries(HOOK, None, 0, ALL).await.unwrap()[..] else {
        panic!("one delivery")
    };
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Delivered, 1));
    assert_eq!((delivery.tried_at, delivery.status), (Some(NOW), Some(500)));
    assert_eq!(delivery.error, "what came back");
}

/// RELAY-4
pub async fn what_has_ended_is_not_claimed_before_it_is_replayed(harness: &impl Harness) {
    let outbox = fanned_out(harness, 3).await;
    let ends = [AttemptResult::Delivered, AttemptResult::Dead, AttemptResult::RetryAt(NOW + LEASE)];
    for (number, end) in (1..).zip(ends) {
        let claimed = outbox.claim_deliveries(&claim(number, NOW, 1)).await.unwrap();
        assert_eq!(record(&outbox, number, &claimed, end).await, 1);
    }

    let later = NOW + LEASE;
    let due = outbox.claim_deliveries(&claim(9, later, ALL)).await.unwrap();
    let one = outbox.replay(HOOK, Replay::One(2), later).await.unwrap();
    let replayed = outbox.claim_deliveries(&claim(10, later, ALL)).await.unwrap();

    assert_eq!(due.iter().map(|it| (place(it), it.attempts)).collect::<Vec<_>>(), [(3, 1)]);
    assert_eq!(one, 1);
    assert_eq!(replayed.iter().map(|it| (place(it), it.attempts)).collect::<Vec<_>>(), [(2, 0)]);
    let delivered = Some(DeliveryState::Delivered);
    assert_eq!(outbox.list_deliveries(HOOK, delivered, 0, ALL).await.unwrap().len(), 1);
}

/// RELAY-4: also what was never a delivery, because the webhook came later or wanted it later.
pub async fn everything_behind_a_place_is_replayed(harness: &impl Harness) {
    let outbox = with_events(harness, 4).await;
    outbox.dispatch(ALL).await.unwrap();
    let late = WebhookRecord { position: 3, ..webhook() };
    outbox.insert_webhook(&late).await.unwrap();
    outbox.fan_out(HOOK, ALL, NOW).await.unwrap();

    let replayed = outbox.replay(HOOK, Replay::Behind(1), NOW).await.unwrap();
    outbox.fan_out(HOOK, ALL, NOW).await.unwrap();

    assert_eq!(replayed, 1);
    let claimed = outbox.claim_deliveries(&claim(1, NOW, ALL)).await.unwrap();
    assert_eq!(claimed.iter().map(place).collect::<Vec<_>>(), [2, 3, 4]);
}

/// RELAY-4: what has arrived is forgotten once it is old, a few at a time; nothing else is.
pub async fn only_what_has_arrived_and_is_old_is_removed(harness: &impl Harness) {
    let outbox = fanned_out(harness, 4).await;
    let claimed = outbox.claim_deliveries(&claim(1, NOW, 3)).await.unwrap();
    record(&outbox, 1, &claimed, AttemptResult::Delivered).await;

    let early = outbox.delete_delivered(NOW, ALL).await.unwrap();
    let late = outbox.delete_delivered(NOW + LEASE, 2).await.unwrap();

    assert_eq!((early, late), (0, 2));
    let left = outbox.list_deliveries(HOOK, None, 0, ALL).await.unwrap();
    let states: Vec<_> = left.iter().map(|it| it.state).collect();
    assert_eq!(states, [DeliveryState::Delivered, DeliveryState::Pending]);
}

fn webhook() -> WebhookRecord {
    let secret = |text: &str, signs_until| WebhookSecret { text: text.into(), signs_until };
    WebhookRecord {
        id: HOOK,
        version: 1,
        url: "https://receiver.test/hook".to_owned(),
        description: "a receiver".to_owned(),
        event_types: vec![TOLD.to_owned()],
        secrets: vec![secret("new", None), secret("old", Some(1))],
        state: WebhookState::Active,
        position: 0,
        created_at: NOW,
        changed_at: NOW,
    }
}

fn claim(number: u128, now: Timestamp, limit: u32) -> DeliveryClaim {
    let id = Uuid::from_u128(number);
    DeliveryClaim { webhook: HOOK, id, now, until: now + LEASE, limit }
}

fn place(claimed: &ClaimedDelivery) -> i64 {
    claimed.event.position
}

async fn record(
    outbox: &Arc<dyn Outbox>,
    number: u128,
    claimed: &[ClaimedDelivery],
    result: AttemptResult,
) -> u64 {
    let attempt = |it: &ClaimedDelivery| Attempt {
        position: place(it),
        at: NOW,
        status: Some(500),
        error: "what came back".to_owned(),
        result,
    };
    let attempts: Vec<_> = claimed.iter().map(attempt).collect();
    outbox.record_attempts(HOOK, Uuid::from_u128(number), &attempts).await.unwrap()
}

/// As many committed events, one of each player.
async fn with_events(harness: &impl Harness, count: usize) -> Arc<dyn Outbox> {
    let ids = register(harness, count).await;
    let tx = raw(harness).await;
    let _ = tx.select_players_for_update(&LockOrder::of(ids.clone())).await.unwrap();
    let events: Vec<_> = ids.into_iter().map(happened).collect();
    tx.insert_player_events(&events, NOW).await.unwrap();
    tx.commit().await.unwrap();
    harness.store().outbox()
}

/// As many deliveries, at places 1 and up.
async fn fanned_out(harness: &impl Harness, count: usize) -> Arc<dyn Outbox> {
    let outbox = with_events(harness, count).await;
    outbox.dispatch(ALL).await.unwrap();
    outbox.insert_webhook(&webhook()).await.unwrap();
    outbox.fan_out(HOOK, ALL, NOW).await.unwrap();
    outbox
}
