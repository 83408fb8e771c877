//! Tournaments are finalized at their time.

use client::wire::{AppointmentRequest, TournamentStatus};
use time::macros::datetime;

use crate::{on_both_stores, served::Served};

on_both_stores! {
    an_appointment_is_made_moved_and_taken_back
    an_appointment_is_kept_by_whoever_looks
}

async fn an_appointment_is_made_moved_and_taken_back(served: Served) {
    let served = served.with_results().await;
    let client = &served.client;
    let [soon, later] = [datetime!(2026-11-30 18:00 UTC), datetime!(2026-12-01 18:00 UTC)];

    for finalize_at in [soon, later] {
        let asked = AppointmentRequest { finalize_at };
        client.make_appointment("cup", &asked).await.expect("it will be");
    }
    let shown = client.show_appointment("cup").await.expect("it is shown").body;
    let taken_back = client.take_appointment_back("cup").await.expect("it is taken back").body;
    let nothing = client.show_appointment("cup").await.expect("it is shown").body;

    assert_eq!(shown.finalize_at, Some(later));
    assert_eq!((taken_back.finalize_at, nothing.finalize_at), (None, None));
    assert!(client.show_appointment("nowhere").await.is_err(), "there is no such tournament");
}

async fn an_appointment_is_kept_by_whoever_looks(served: Served) {
    let served = served.with_results().await;
    let asked = AppointmentRequest { finalize_at: datetime!(2026-01-01 18:00 UTC) };
    served.client.make_appointment("cup", &asked).await.expect("it will be");

    let due = served.guerdon.finalize_due().await.expect("it looks");

    let tournament = served.client.show_tournament("cup").await.expect("it is shown").body;
    assert_eq!((due.finalized.len(), due.unkept), (1, vec![]));
    assert_eq!(tournament.status, TournamentStatus::RewardsDistributed);
    let late = served.client.make_appointment("cup", &asked).await;
    assert!(late.is_err(), "it has been finalized");
}
