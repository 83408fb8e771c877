//! What verification takes for the schema is the schema.

use migrations::{
    guards::{Guard, expected, live},
    up,
};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::databases::{connect, postgres, sqlite};

/// Where PostgreSQL's list is kept, and how it is written anew after a migration.
const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/guards/postgres.txt");
const BLESS: &str = "GUERDON_BLESS";

#[tokio::test]
async fn the_list_for_postgres_is_what_the_migrations_make() {
    let blank = postgres().await;
    up(&blank.connection).await.unwrap();
    let live = live(&blank.connection).await.unwrap();
    if std::env::var_os(BLESS).is_some() {
        std::fs::write(LIST, live.iter().map(line).collect::<String>()).unwrap();
    }

    let listed = std::fs::read_to_string(LIST).unwrap();

    let live: String = live.iter().map(line).collect();
    assert_eq!(listed, live, "run this test with {BLESS}=1 to write {LIST} anew");
}

#[tokio::test]
async fn what_is_expected_of_sqlite_is_what_the_migrations_make() {
    let blank = sqlite().await;
    up(&blank.connection).await.unwrap();

    let live = live(&blank.connection).await.unwrap();

    assert_eq!(live, expected(DbBackend::Sqlite).await.unwrap());
    let named = |name: &str| live.iter().find(|it| it.name == name).map(|it| &*it.definition);
    assert_eq!(
        named("pk_awards"),
        Some("CONSTRAINT pk_awards PRIMARY KEY (tournament_id, player_id)")
    );
    assert_eq!(named("column idempotency_key"), Some("idempotency_key TEXT NOT NULL"));
    assert_eq!(
        named("ix_awards_owed"),
        Some(
            "CREATE INDEX ix_awards_owed ON awards (tournament_id, player_id) WHERE state <> 'applied'"
        )
    );
}

#[tokio::test]
async fn guards_are_found_in_a_schema_whose_name_needs_quotes() {
    let blank = postgres().await;
    let choose = "CREATE SCHEMA \"Tenant-1\"; DO $$ BEGIN EXECUTE format( \
                  'ALTER DATABASE %I SET search_path = %I', current_database(), 'Tenant-1'); END $$";
    blank.connection.execute_unprepared(choose).await.unwrap();
    let tenant = connect(blank.database.url()).await;
    up(&tenant).await.unwrap();

    let live = live(&tenant).await.unwrap();

    assert_eq!(live, expected(DbBackend::Postgres).await.unwrap());
}

#[tokio::test]
async fn a_guard_that_is_weakened_under_its_name_differs() {
    let blank = sqlite().await;
    up(&blank.connection).await.unwrap();
    let before = live(&blank.connection).await.unwrap();
    let weaken = "DROP INDEX uq_badges_once_in_a_life; \
                  CREATE INDEX uq_badges_once_in_a_life ON badges (player_id, badge_type)";
    blank.connection.execute_unprepared(weaken).await.unwrap();

    let after = live(&blank.connection).await.unwrap();

    let differing: Vec<_> = before.iter().filter(|it| !after.contains(it)).collect();
    assert_eq!(differing.len(), 1);
    assert_eq!(differing[0].name, "uq_badges_once_in_a_life");
}

fn line(Guard { table, name, definition }: &Guard) -> String {
    format!("{table}\t{name}\t{definition}\n")
}
