//! Real seasons are paid, and every invariant holds.

#![expect(clippy::unwrap_used, reason = "a season that is not paid is a test that fails")]

use app_service::{
    FinalizeOptions, Guerdon, Invariant, Outcome, SubmitOptions, VerifyOptions, VerifyReport,
};
use cli::import::{Import, ImportOptions, ImportedTournament};
use domain::{NewTournament, OnDuplicate, OnGap};
use memory_adapter::MemoryStore;
use ports::{Actor, spi::Store};
use sea_orm_adapter::SeaOrmStore;
use test_databases::{fresh_postgres, fresh_sqlite};

/// Races of the first seasons, for databases: enough for every badge and for shared drives.
const FIRST_RACES: usize = 60;

#[tokio::test]
async fn all_invariants_hold_after_sixty_five_seasons_in_memory() {
    let report = paid(MemoryStore::new().shared(), usize::MAX).await;

    assert_held(&report, 916);
}

#[tokio::test]
async fn all_invariants_hold_after_the_first_seasons_on_sqlite() {
    let database = fresh_sqlite().await;
    let store = SeaOrmStore::connect(database.url()).await.unwrap();

    let report = paid(std::sync::Arc::new(store), FIRST_RACES).await;

    assert_held(&report, FIRST_RACES as u64);
}

#[tokio::test]
async fn all_invariants_hold_after_the_first_seasons_on_postgres() {
    let database = fresh_postgres().await;
    let store = SeaOrmStore::connect(database.url()).await.unwrap();

    let report = paid(std::sync::Arc::new(store), FIRST_RACES).await;

    assert_held(&report, FIRST_RACES as u64);
}

/// Pays the first `races` of the file, and verifies.
async fn paid(store: std::sync::Arc<dyn Store>, races: usize) -> VerifyReport {
    let guerdon = Guerdon::new(store);
    let path = real_data::path("f1/race-results-1950-2014.csv");
    let import = Import::open(&path, &ImportOptions::default()).unwrap();
    for race in import.tournaments().take(races) {
        pay(&guerdon, race.unwrap()).await;
    }
    guerdon.verify(VerifyOptions { strict: true, ..VerifyOptions::default() }).await.unwrap()
}

async fn pay(guerdon: &Guerdon, race: ImportedTournament) {
    let me = Actor::new("season");
    let tournament = NewTournament::new(race.key, race.name);
    let id = tournament.id;
    guerdon.register_players(&race.players).await.unwrap();
    guerdon.create_tournament(tournament).await.unwrap();
    let options = SubmitOptions { on_duplicate: OnDuplicate::Best, on_gap: OnGap::Close };
    let _ = guerdon.submit_results(id, &race.results, options, &me).await.unwrap();
    let _ = guerdon.finalize(id, FinalizeOptions::default(), &me).await.unwrap();
}

fn assert_held(report: &VerifyReport, races: u64) {
    assert_eq!(report.outcome, Outcome::Held, "{report:#?}");
    let books = report.checks.iter().find(|it| it.invariant == Invariant::R07).unwrap();
    assert_eq!(books.rows_checked, races);
}
