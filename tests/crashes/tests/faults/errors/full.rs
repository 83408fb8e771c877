//! The disk is full.

use std::sync::Arc;

use app_service::{FinalizeOptions, Guerdon, GuerdonError};
use conformance::StandingClock;
use crashes::{DatabaseGround, Ground, difference, everything};
use domain::TournamentId;
use ports::StoreError;
use races::{Arena, actor};
use sea_orm::ConnectionTrait;
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};

/// So many that they do not fit in the pages that are there.
const FIELD: usize = 200;

/// `SQLITE_FULL`, by the library itself: the file may not grow.
#[tokio::test]
async fn a_file_that_cannot_grow_is_left_as_it_was_until_it_can() {
    let ground = DatabaseGround::sqlite().await;
    let expected = paid(&ground).await;
    let cup = announced(&ground).await;
    // Free pages would do in the place of new ones.
    say(ground.store(), "VACUUM").await;
    let before = everything(&ground, ground.store()).await;
    let options = ConnectOptions { connections_max: 1, ..ConnectOptions::new(ground.url()) };
    let store = SeaOrmStore::connect_with(&options).await.expect("the file opens");
    let guerdon = guerdon(&store);
    say(&store, "PRAGMA max_page_count = 1").await;

    let refused = finalize(&guerdon, cup).await;

    let unusable = matches!(refused, Err(GuerdonError::Store(StoreError::Unusable { .. })));
    assert!(unusable, "{refused:?}");
    assert_same(&before, &everything(&ground, ground.store()).await);
    say(&store, "PRAGMA max_page_count = 1000000").await;
    let paid = finalize(&guerdon, cup).await.expect("there is room");
    assert!(paid.is_complete());
    assert_same(&expected, &everything(&ground, ground.store()).await);
}

/// What it comes to where there is room.
async fn paid(ground: &DatabaseGround) -> String {
    let cup = announced(ground).await;
    let paid = finalize(&guerdon(ground.store()), cup).await.expect("there is room");
    assert!(paid.is_complete());
    everything(ground, ground.store()).await
}

async fn announced(ground: &DatabaseGround) -> TournamentId {
    ground.emptied().await;
    let arena = Arena::of(guerdon(ground.store()), FIELD).await;
    arena.tournament("cup", &arena.players).await
}

async fn finalize(
    guerdon: &Guerdon,
    cup: TournamentId,
) -> Result<app_service::Distribution, GuerdonError> {
    guerdon.finalize(cup, FinalizeOptions::default(), &actor()).await
}

fn guerdon(store: &SeaOrmStore) -> Guerdon {
    Guerdon::new(Arc::new(store.clone())).with_clock(StandingClock::shared())
}

async fn say(store: &SeaOrmStore, sql: &str) {
    store.connection().execute_unprepared(sql).await.expect("SQLite does it");
}

fn assert_same(expected: &str, actual: &str) {
    assert!(expected == actual, "{}", difference(expected, actual));
}
