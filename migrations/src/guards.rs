//! What guards the data: every constraint, index and column of the schema, by its definition.
//!
//! SQLite keeps the text of its schema, so what should be there is asked of a database in memory to
//! which every migration is applied. PostgreSQL keeps no text, and nobody gets a second PostgreSQL to
//! ask: its list is committed beside this file, and a test compares it with a fresh database.

mod postgres;
mod sqlite;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend, DbErr};

/// A constraint, an index or a column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Guard {
    /// Of which table.
    pub table: String,
    /// Its name; a column is called `column name`.
    pub name: String,
    /// What it says, as its database spells it.
    pub definition: String,
}

/// What the migrations of this version leave behind, by table and name.
pub async fn expected(backend: DbBackend) -> Result<Vec<Guard>, DbErr> {
    match backend {
        DbBackend::Postgres => Ok(postgres::expected()),
        _ => in_memory().await,
    }
}

/// What is there, by table and name, Guerdon's or not; the table of the migrations belongs to their
/// library and is left out. Writes nothing.
pub async fn live(db: &impl ConnectionTrait) -> Result<Vec<Guard>, DbErr> {
    let mut guards = match db.get_database_backend() {
        DbBackend::Postgres => postgres::live(db).await?,
        _ => sqlite::live(db).await?,
    };
    guards.retain(|it| it.table != "seaql_migrations");
    guards.sort_unstable();
    Ok(guards)
}

async fn in_memory() -> Result<Vec<Guard>, DbErr> {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    crate::up(&db).await?;
    let guards = live(&db).await?;
    db.close().await?;
    Ok(guards)
}
