//! One text of a table for both databases.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::SchemaManager;

/// PostgreSQL's types, and how a strict table of SQLite stores the same.
const TYPES: [(&str, &str); 6] = [
    (" bigint", " INTEGER"),
    (" boolean", " INTEGER"),
    (" jsonb", " TEXT"),
    (" text", " TEXT"),
    (" timestamptz", " TEXT"),
    (" uuid", " BLOB"),
];

/// Creates a table that is written in PostgreSQL's words.
///
/// On SQLite it becomes strict, so that a number too big for its column is refused instead of
/// turned into a float, and clustered by its key, so that it is one tree and not two.
pub(crate) async fn create_table(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let statement = match manager.get_database_backend() {
        DbBackend::Sqlite => format!("{} STRICT, WITHOUT ROWID", in_sqlite(table)),
        _ => table.to_owned(),
    };
    connection.execute_unprepared(&statement).await.map(drop)
}

/// Adds a column to a table, with the rule that comes with it.
pub(crate) async fn add_column(
    manager: &SchemaManager<'_>,
    table: &str,
    column: &str,
    definition: &str,
) -> Result<(), DbErr> {
    let statement = format!("ALTER TABLE {table} ADD COLUMN {column} {definition}");
    let statement = match manager.get_database_backend() {
        DbBackend::Sqlite => in_sqlite(&statement),
        _ => statement,
    };
    manager.get_connection().execute_unprepared(&statement).await.map(drop)
}

/// Drops tables, the last one first.
pub(crate) async fn drop_tables(manager: &SchemaManager<'_>, names: &[&str]) -> Result<(), DbErr> {
    for name in names.iter().rev() {
        let statement = format!("DROP TABLE {name}");
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

fn in_sqlite(table: &str) -> String {
    TYPES.iter().fold(table.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours))
}
