//! What `docs/scaling.md` tells to run, run.

use std::sync::Arc;

use app_service::{FinalizeOptions, Guerdon, VerifyOptions};
use migrations::families::TABLES;
use races::{Arena, actor};
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement, TransactionTrait};
use sea_orm_adapter::SeaOrmStore;
use test_databases::fresh_postgres;

const PAGE: &str = include_str!("../../../../docs/scaling.md");

/// What Citus does with a table, noted down instead.
const NOTED: &str = "
    CREATE TEMPORARY TABLE noted (name text, distributed_by text, colocated_with text);
    CREATE FUNCTION create_distributed_table(
        table_name regclass, distribution_column text, colocate_with text DEFAULT 'default'
    ) RETURNS void LANGUAGE sql AS $$
        INSERT INTO noted SELECT relname, attname, colocate_with
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE pg_class.oid = table_name AND attname = distribution_column AND attnum > 0
    $$;";

#[tokio::test]
async fn the_page_distributes_every_table_by_the_column_of_its_family() {
    let database = fresh_postgres().await;
    let connection = Database::connect(database.url()).await.unwrap();
    let transaction = connection.begin().await.unwrap();
    transaction.execute_unprepared(NOTED).await.unwrap();

    transaction.execute_unprepared(block("create_distributed_table")).await.unwrap();

    let mut noted = rows::<2>(&transaction, "SELECT name, distributed_by FROM noted").await;
    noted.sort_unstable();
    let families = TABLES.iter().filter_map(|(name, it)| Some((name, it.distributed_by()?)));
    let expected: Vec<_> = families.map(|it| [it.0.to_string(), it.1.to_owned()]).collect();
    assert_eq!(noted, expected);
    let groups = "SELECT DISTINCT distributed_by, CASE WHEN colocated_with = 'none' THEN name \
                  ELSE colocated_with END FROM noted ORDER BY 1";
    let groups = rows::<2>(&transaction, groups).await;
    let expected = [
        ["player_id", "players"],
        ["request_id", "requests"],
        ["rule_id", "standing_rules"],
        ["tournament_id", "tournaments"],
    ];
    assert_eq!(groups, expected.map(|it| it.map(str::to_owned)), "a family is together");
    transaction.rollback().await.unwrap();
}

#[tokio::test]
async fn workers_are_set_as_the_sessions_of_guerdon_are() {
    let database = fresh_postgres().await;
    let store = SeaOrmStore::connect(database.url()).await.unwrap();
    let settings = block("create_distributed_table").lines().filter_map(setting);
    let of_guerdon: Vec<_> = settings.filter(|it| !it.0.starts_with("citus.")).collect();

    for (name, value) in &of_guerdon {
        let shown = format!("SHOW {name}");
        let own = rows::<1>(store.connection(), &shown).await;
        let transaction = store.connection().begin().await.unwrap();
        transaction.execute_unprepared(&format!("SET LOCAL {name} = '{value}'")).await.unwrap();
        assert_eq!(rows(&transaction, &shown).await, own, "{name}");
        transaction.rollback().await.unwrap();
    }
    assert_eq!(of_guerdon.len(), 3);
}

#[tokio::test]
async fn the_query_for_one_player_answers_what_does_not_add_up() {
    let database = fresh_postgres().await;
    let (store, arena) = paid(database.url()).await;
    let player = arena.players[0];
    let query = block("LEFT JOIN ledger_entries")
        .replace("00000000-0000-0000-0000-000000000001", &player.to_string());
    let db = store.connection();

    let before = db.query_all_raw(statement(&query)).await.unwrap();
    db.execute_unprepared("UPDATE accounts SET seq = seq + 1 WHERE currency = 'XP'").await.unwrap();
    let after = db.query_all_raw(statement(&query)).await.unwrap();

    assert_eq!((before.len(), after.len()), (0, 1));
}

#[tokio::test]
async fn a_partitioned_ledger_is_paid_into_and_verified_like_a_whole_one() {
    let database = fresh_postgres().await;
    let (store, arena) = paid(database.url()).await;

    store.connection().execute_unprepared(block("PARTITION BY HASH")).await.unwrap();

    pay(&arena, "second").await;
    let entries = "SELECT tableoid::regclass::text FROM ledger_entries GROUP BY 1";
    assert!(rows::<1>(store.connection(), entries).await.len() > 1, "entries are in partitions");
    let report = arena.guerdon.verify(VerifyOptions::default()).await.unwrap();
    let broken: Vec<_> = report.checks.iter().filter(|it| it.violations_total > 0).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

async fn paid(url: &str) -> (SeaOrmStore, Arena) {
    let store = SeaOrmStore::connect(url).await.unwrap();
    let arena = Arena::of(Guerdon::new(Arc::new(store.clone())), 20).await;
    pay(&arena, "first").await;
    (store, arena)
}

async fn pay(arena: &Arena, key: &str) {
    let id = arena.tournament(key, &arena.players).await;
    let paid = arena.guerdon.finalize(id, FinalizeOptions::default(), &actor()).await.unwrap();
    assert!(paid.is_complete());
}

/// The statements of the page in which this stands.
fn block(word: &str) -> &'static str {
    let blocks = PAGE.split("```sql\n").skip(1).filter_map(|it| it.split("```").next());
    let found: Vec<_> = blocks.filter(|it| it.contains(word)).collect();
    assert_eq!(found.len(), 1, "{word}");
    found[0]
}

/// Of `ALTER ROLE guerdon SET name = value;`, name and value.
fn setting(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix("ALTER ROLE guerdon SET ")?.split_once(" = ")?;
    Some((name, value.trim_end_matches(';').trim_matches('\'')))
}

async fn rows<const N: usize>(db: &impl ConnectionTrait, text: &str) -> Vec<[String; N]> {
    let rows = db.query_all_raw(statement(text)).await.unwrap();
    rows.iter().map(|row| std::array::from_fn(|it| row.try_get_by_index(it).unwrap())).collect()
}

fn statement(text: &str) -> Statement {
    Statement::from_string(DbBackend::Postgres, text)
}
