//! Connections to databases without a schema.

use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use test_databases::{PostgresDatabase, SqliteDatabase, blank_postgres, blank_sqlite};

/// A connection, and whatever keeps its database there.
pub(crate) struct Blank<Database> {
    pub(crate) database: Database,
    pub(crate) connection: DatabaseConnection,
}

pub(crate) async fn sqlite() -> Blank<SqliteDatabase> {
    let database = blank_sqlite();
    let connection = connect(database.url()).await;
    Blank { database, connection }
}

pub(crate) async fn postgres() -> Blank<PostgresDatabase> {
    let database = blank_postgres().await;
    let connection = connect(database.url()).await;
    Blank { database, connection }
}

pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(2).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}
