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

/// Runs statements that are written in PostgreSQL's words.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
    for statement in statements {
        let statement = if sqlite { in_sqlite(statement) } else { (*statement).to_owned() };
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Drops tables, the last one first.
pub(crate) async fn drop_tables(manager: &SchemaManager<'_>, names: &[&str]) -> Result<(), DbErr> {
    for name in names.iter().rev() {
        let statement = format!("DROP TABLE {name}");
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Puts a new table in the place of `name`, with the rows that `columns` and the `source` behind
/// `SELECT` make of the old one, which is called `name_before` meanwhile. For SQLite, which changes
/// no constraint of a table.
pub(crate) async fn rebuild_table(
    manager: &SchemaManager<'_>,
    name: &str,
    table: &str,
    (columns, source): (&str, &str),
) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let aside = format!("ALTER TABLE {name} RENAME TO {name}_before");
    connection.execute_unprepared(&aside).await?;
    create_table(manager, table).await?;
    let fill = format!("INSERT INTO {name} ({columns}) SELECT {source}");
    connection.execute_unprepared(&fill).await?;
    connection.execute_unprepared(&format!("DROP TABLE {name}_before")).await.map(drop)
}

/// The constraint called `name` in the text of a table.
pub(crate) fn constraint<'a>(table: &'a str, name: &str) -> &'a str {
    let start = table.find(&format!("CONSTRAINT {name} ")).unwrap_or_default();
    let text = &table[start..];
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        depth += match letter {
            '(' => 1,
            ')' if depth == 1 => return &text[..=at],
            ')' => -1,
            _ => 0,
        };
    }
    text
}

fn in_sqlite(table: &str) -> String {
    TYPES.iter().fold(table.to_owned(), |text, (theirs, ours)| text.replace(theirs, ours))
}
