//! Every key of the live schema leads with the column that its table is distributed by: what one owner
//! has is together on disk. What else a database that shards asks for is in `tests/sharding`.

use migrations::{families::TABLES, up};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

use crate::databases::{postgres, sqlite};

/// Every primary key and unique index, with its first column.
const POSTGRES_KEYS: &str = "\
    SELECT t.relname::text AS owner, i.relname::text AS key, a.attname::text AS leader \
    FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid \
    JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0] \
    WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace \
    AND t.relname <> 'seaql_migrations' ORDER BY 1, 2";
const SQLITE_KEYS: &str = "\
    SELECT m.name AS owner, i.name AS key, c.name AS leader \
    FROM sqlite_schema m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) c \
    WHERE m.type = 'table' AND i.\"unique\" AND c.seqno = 0 AND m.name <> 'seaql_migrations' \
    ORDER BY 1, 2";

/// What a distributed table cannot have.
const POSTGRES_BANNED: &str = "\
    SELECT conname::text AS name FROM pg_constraint WHERE contype = 'f' \
    UNION ALL SELECT relname::text FROM pg_class WHERE relkind = 'S' \
    UNION ALL SELECT tgname::text FROM pg_trigger";
const SQLITE_BANNED: &str = "\
    SELECT m.name FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) \
    UNION ALL SELECT name FROM sqlite_schema WHERE type = 'trigger' OR name = 'sqlite_sequence'";

#[tokio::test]
async fn every_key_on_sqlite_leads_with_its_owner() {
    let blank = sqlite().await;
    every_key_leads_with_its_owner(&blank.connection, SQLITE_KEYS, SQLITE_BANNED).await;
}

#[tokio::test]
async fn every_key_on_postgres_leads_with_its_owner() {
    let blank = postgres().await;
    every_key_leads_with_its_owner(&blank.connection, POSTGRES_KEYS, POSTGRES_BANNED).await;
}

async fn every_key_leads_with_its_owner(db: &DatabaseConnection, keys: &str, banned: &str) {
    up(db).await.unwrap();

    let keys = query(db, keys, ["owner", "key", "leader"]).await;

    for (table, family) in TABLES {
        let of_table: Vec<_> = keys.iter().filter(|[name, ..]| name == table).collect();
        assert!(!of_table.is_empty(), "{table} has no key");
        let owner = family.distributed_by();
        let leads = |[.., leader]: &&[String; 3]| owner.is_none_or(|it| it == leader);
        assert!(of_table.iter().all(leads), "{of_table:?}");
    }
    let known = |[table, ..]: &[String; 3]| TABLES.iter().any(|it| it.0 == table);
    assert!(keys.iter().all(known), "a table whose owner nobody has decided: {keys:?}");
    assert_eq!(query(db, banned, ["name"]).await, <[[String; 1]; 0]>::default());
}

async fn query<const N: usize>(
    db: &DatabaseConnection,
    text: &str,
    columns: [&str; N],
) -> Vec<[String; N]> {
    let statement = Statement::from_string(db.get_database_backend(), text);
    let rows = db.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| columns.map(|it| row.try_get::<String>("", it).unwrap())).collect()
}
