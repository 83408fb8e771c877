//! A SQLite file in a directory of its own.

use sea_orm::Database;
use tempfile::TempDir;

/// A database file that goes away with this value.
#[derive(Debug)]
pub struct SqliteDatabase {
    url: String,
    _directory: TempDir,
}

impl SqliteDatabase {
    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// A database with its schema in place.
pub async fn fresh_sqlite() -> SqliteDatabase {
    let database = blank_sqlite();
    let connection = Database::connect(database.url()).await.unwrap();
    migrations::up(&connection).await.unwrap();
    connection.close().await.unwrap();
    database
}

/// A database without a schema.
#[must_use]
pub fn blank_sqlite() -> SqliteDatabase {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}?mode=rwc", directory.path().join("test.db").display());
    SqliteDatabase { url, _directory: directory }
}
