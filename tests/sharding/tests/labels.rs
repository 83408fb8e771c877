//! No statement of the adapter is left out of the seasons whose statements are looked at.
//!
//! Alone in its process: what a log hears is settled when a place that logs is first passed, by
//! whichever thread, so that tests beside it could have it hear less.

use std::path::Path;

use conformance::Harness;
use sharding::{
    labels::{Labels, written_in},
    season::{Tapped, play},
};
use tracing_subscriber::layer::SubscriberExt;

/// What is not sent through the one place that says what statements are for.
const UNTOLD: [&str; 8] = [
    "begin",
    "checking the schema",
    "commit",
    "migrating",
    "reading a snapshot",
    "reading the schema",
    "rollback",
    "savepoint",
];

#[tokio::test]
async fn every_statement_of_the_adapter_is_sent_by_a_season() {
    let labels = Labels::default();
    let listening = tracing_subscriber::registry().with(labels.clone());
    let _listening = tracing::subscriber::set_default(listening);

    play(&Tapped::fresh().await).await;

    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/sea-orm-adapter/src");
    let untold: Vec<_> = written_in(&source).difference(&labels.heard()).cloned().collect();
    assert_eq!(untold, UNTOLD, "a statement of the adapter that no season sends");
}
