//! A SQLite file in a directory of its own.

use sea_orm::Database;
use tempfile::TempDir;

/// A database file that goes away with this value.
#[derive(Debug)]
pub struct SqliteDatabase {
    url: String,
    directory: TempDir,
}

impl SqliteDatabase {
    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Another file with all that is in this one, which nobody may have open.
    #[must_use]
    pub fn copied(&self) -> Self {
        let copy = blank_sqlite();
        for entry in std::fs::read_dir(self.directory.path()).unwrap() {
            let from = entry.unwrap();
            // The log may hold what has not gone into the file yet; its index is made anew.
            if !from.file_name().to_string_lossy().ends_with("-shm") {
                let to = copy.directory.path().join(from.file_name());
                std::fs::copy(from.path(), to).unwrap();
            }
        }
        copy
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
    SqliteDatabase { url, directory }
}
