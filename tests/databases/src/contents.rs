//! All that a database holds: written down as one text, or deleted.

use std::fmt::Write;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// Belongs to the migrations, not to what is tested.
const MIGRATIONS: &str = "seaql_migrations";

/// Every row of `tables`, one a line, in the order of what it says; columns of the names
/// in `left_out` are not looked at.
///
/// Two databases of one kind with the same text hold the same.
pub async fn dump(connection: &DatabaseConnection, tables: &[&str], left_out: &[&str]) -> String {
    let mut text = String::new();
    for table in tables {
        let columns = columns(connection, table).await;
        let kept = columns.iter().filter(|it| !left_out.contains(&it.as_str()));
        let printed: Vec<_> = kept.map(|it| printed(connection, it)).collect();
        let row = printed.join(" || ' ' || ");
        let sql = format!("SELECT {row} AS text FROM {table} ORDER BY 1");
        for row in texts(connection, &sql).await {
            let _ = writeln!(text, "{table} {row}");
        }
    }
    text
}

/// The tables of the schema, by name.
pub async fn tables(connection: &DatabaseConnection) -> Vec<String> {
    let sql = match connection.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT tablename::text AS text FROM pg_tables \
             WHERE schemaname = current_schema() ORDER BY 1"
        }
        _ => "SELECT name AS text FROM sqlite_master WHERE type = 'table' ORDER BY 1",
    };
    let mut tables = texts(connection, sql).await;
    tables.retain(|it| it != MIGRATIONS && !it.starts_with("sqlite_"));
    tables
}

/// Deletes every row of every table. A small table is emptied faster by deleting than by truncating.
pub async fn empty(connection: &DatabaseConnection) {
    let tables = tables(connection).await;
    let sql = format!("BEGIN; DELETE FROM {}; COMMIT", tables.join("; DELETE FROM "));
    connection.execute_unprepared(&sql).await.unwrap();
}

/// The one number that `sql` asks for, under the name of `count`.
pub async fn count(connection: &DatabaseConnection, sql: &str) -> i64 {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection.query_one_raw(statement).await.unwrap();
    row.unwrap().try_get("", "count").unwrap()
}

async fn columns(connection: &DatabaseConnection, table: &str) -> Vec<String> {
    let sql = match connection.get_database_backend() {
        DbBackend::Postgres => format!(
            "SELECT attname::text AS text FROM pg_attribute \
             WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped \
             ORDER BY attnum"
        ),
        _ => format!("SELECT name AS text FROM pragma_table_info('{table}') ORDER BY cid"),
    };
    texts(connection, &sql).await
}

/// A column's value as text, absent ones and binary ones, too.
fn printed(connection: &DatabaseConnection, column: &str) -> String {
    match connection.get_database_backend() {
        DbBackend::Postgres => format!("coalesce({column}::text, 'NULL')"),
        _ => format!("quote({column})"),
    }
}

async fn texts(connection: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let rows = connection.query_all_raw(statement).await.unwrap();
    rows.iter().map(|it| it.try_get("", "text").unwrap()).collect()
}
