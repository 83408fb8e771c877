//! Relays die, and there are many of them.

use std::{collections::BTreeSet, io::Write, sync::Arc, time::Duration};

use app_service::DeliveryState;
use relay::{RelaySettings, RetryPlan};
use sea_orm_adapter::SeaOrmStore;
use test_databases::{PostgresDatabase, SqliteDatabase, TestDatabase};

use crate::{
    receiver::{Heard, Receiver, Reply},
    scene::{Running, deliveries, ended, happen, in_memory, on, settings, webhook},
};

/// The receiver has it, and the relay is gone before it could write that down.
#[tokio::test]
async fn relay_that_dies_before_it_records_has_its_event_delivered_again_with_the_same_id() {
    let (guerdon, mut receiver) = (in_memory(), Receiver::answering([Reply::Hang]).await);
    let hook = webhook(&guerdon, &receiver.url, &[]).await.webhook;
    happen(&guerdon, 1).await;
    let brief = Duration::from_millis(100);
    let hasty = RelaySettings { timeout: brief, grace: brief, ..settings() };
    let doomed = Running::start(&guerdon, hasty);
    let first = receiver.next().await;
    doomed.kill().await;

    let successor = Running::start(&guerdon, settings());
    let second = receiver.next().await;
    successor.stop().await;

    assert_eq!((first.id(), &first.body), (second.id(), &second.body));
    let [delivery] = &deliveries(&guerdon, hook.id).await[..] else { panic!("one event") };
    assert_eq!(delivery.state, DeliveryState::Delivered);
}

/// Whatever a relay was about when it died, a batch later everything has arrived.
#[tokio::test]
async fn relays_that_die_at_any_moment_lose_nothing() {
    const KILLS: usize = 12;
    let (guerdon, mut receiver) = (in_memory(), Receiver::answering([]).await);
    let hook = webhook(&guerdon, &receiver.url, &[]).await.webhook;
    happen(&guerdon, 100).await;
    let brief = Duration::from_millis(20);
    let retries = RetryPlan { attempts_max: 1_000, ..settings().retries };
    let hasty = RelaySettings { timeout: brief, grace: brief, retries, ..settings() };

    let mut heard = vec![];
    for _ in 0..KILLS {
        let doomed = Running::start(&guerdon, hasty);
        heard.push(receiver.next().await);
        doomed.kill().await;
    }
    let last = Running::start(&guerdon, RelaySettings { retries, ..settings() });
    let states: Vec<_> = ended(&guerdon, hook.id).await.iter().map(|it| it.state).collect();
    last.stop().await;

    heard.extend(receiver.rest());
    assert_eq!(heard.iter().map(Heard::id).collect::<BTreeSet<_>>().len(), 100);
    assert_eq!(states, [DeliveryState::Delivered; 100]);
    let _ = writeln!(std::io::stderr(), "relays killed: {KILLS}, events lost: 0 of 100");
}

#[tokio::test]
async fn several_relays_deliver_each_event_once_on_sqlite() {
    several_relays_deliver_each_event_once::<SqliteDatabase>().await;
}

#[tokio::test]
async fn several_relays_deliver_each_event_once_on_postgres() {
    several_relays_deliver_each_event_once::<PostgresDatabase>().await;
}

/// Each with connections of its own, as processes have them; nothing fails, so nothing is repeated.
async fn several_relays_deliver_each_event_once<Database: TestDatabase>() {
    const EVENTS: u32 = 200;
    let database = Database::fresh().await;
    let mut processes = vec![];
    for _ in 0..3 {
        let store = SeaOrmStore::connect(database.address()).await.unwrap();
        processes.push(on(Arc::new(store)));
    }
    let mut receiver = Receiver::answering([]).await;
    let hook = webhook(&processes[0], &receiver.url, &[]).await.webhook;

    let relays: Vec<_> = processes.iter().map(|it| Running::start(it, settings())).collect();
    happen(&processes[0], EVENTS).await;
    let heard = receiver.take(EVENTS as usize).await;
    for relay in relays {
        relay.stop().await;
    }

    assert_eq!(receiver.rest().len(), 0);
    let ids: BTreeSet<_> = heard.iter().map(Heard::id).collect();
    assert_eq!(ids.len(), EVENTS as usize);
    let positions: Vec<_> =
        deliveries(&processes[0], hook.id).await.iter().map(|it| it.position).collect();
    assert_eq!(positions, (1..=i64::from(EVENTS)).collect::<Vec<_>>());
}
