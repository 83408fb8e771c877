//! The migration that keys events by their tournament keeps every event, there and back.

use migrations::up;
use sea_orm::DatabaseConnection;

use crate::{
    databases::{postgres, sqlite},
    rows::{down_before, said, send},
};

const REKEYED: &str = "m20261125_000060_key_outbox_events_by_tournament";

#[tokio::test]
async fn events_stay_on_sqlite() {
    events_stay(&sqlite().await.connection).await;
}

#[tokio::test]
async fn events_stay_on_postgres() {
    let blank = postgres().await;
    events_stay(&blank.connection).await;
}

async fn events_stay(db: &DatabaseConnection) {
    up(db).await.unwrap();
    down_before(db, REKEYED).await.unwrap();
    for (event, seq) in [("{1}", 1), ("{2}", 2)] {
        let event = format!(
            "INSERT INTO outbox_events \
             (event_id, tournament_id, seq, event_type, payload, occurred_at) \
             VALUES ({event}, {{3}}, {seq}, 'completed', '{{}}', '2026-11-24T12:00:00Z')"
        );
        send(db, &event).await.unwrap();
    }

    up(db).await.unwrap();

    let events = "SELECT event_type || ' ' || seq AS said FROM outbox_events ORDER BY seq";
    assert_eq!(said(db, events).await, ["completed 1", "completed 2"]);
    down_before(db, REKEYED).await.unwrap();
    assert_eq!(said(db, events).await, ["completed 1", "completed 2"]);
    up(db).await.unwrap();
}
