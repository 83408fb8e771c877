//! What every command works with: the database, opened when it is needed, and the terminal.

use std::{path::PathBuf, time::Duration};

use app_service::{Actor, Guerdon};
use tokio::sync::OnceCell;

use crate::{
    args::{Global, Layout},
    database::{Access, Database},
    failure::Failure,
    output::{Output, SettingLine},
};

/// How long a command that has ended may take to write down its locks.
const PATIENCE: Duration = Duration::from_secs(5);

/// What every command works with.
#[derive(Debug)]
pub(crate) struct Session {
    global: Global,
    output: Output,
    settings: Vec<SettingLine>,
    opened: OnceCell<Database>,
    guerdon: OnceCell<Guerdon>,
}

impl Session {
    pub(crate) fn new(global: Global, output: Output, settings: Vec<SettingLine>) -> Self {
        let (opened, guerdon) = (OnceCell::new(), OnceCell::new());
        Self { global, output, settings, opened, guerdon }
    }

    /// Every setting of the command, and who has set it.
    pub(crate) fn settings(&self) -> &[SettingLine] {
        &self.settings
    }

    /// The file of settings, if there is one.
    pub(crate) fn config(&self) -> Option<&PathBuf> {
        self.global.config.as_ref()
    }

    /// Where to print.
    pub(crate) fn output(&self) -> Output {
        self.output
    }

    /// Who the record says it was.
    pub(crate) fn actor(&self) -> Actor {
        Actor::new(&self.global.actor)
    }

    /// The use cases on a database that exists and has its schema.
    pub(crate) async fn guerdon(&self) -> Result<Guerdon, Failure> {
        self.ready(Access::Existing).await
    }

    /// The use cases; an SQLite database that is new is created and migrated first.
    pub(crate) async fn guerdon_on_new(&self) -> Result<Guerdon, Failure> {
        self.ready(Access::Creating).await
    }

    /// The database as it is, for looking after its schema.
    pub(crate) async fn database(&self, access: Access) -> Result<&Database, Failure> {
        let Global { connection, workers, layout, .. } = &self.global;
        let open = || async {
            let database = Database::open(connection, access, *workers).await?;
            Ok(match layout {
                Layout::OneNode => database,
                Layout::Sharded => database.sharded(),
            })
        };
        self.opened.get_or_try_init(open).await
    }

    /// How messages call the database, also one that cannot be reached; without a password.
    pub(crate) fn database_name(&self) -> String {
        Database::name_of(&self.global.connection.database_url)
    }

    /// Writes down the times of the locks that the command took. A database that cannot be written
    /// to, or not now, is logged: the command has done what it was asked.
    pub(crate) async fn flush(&self) {
        let Some(guerdon) = self.guerdon.get() else { return };
        if tokio::time::timeout(PATIENCE, guerdon.flush_locks_or_log()).await.is_err() {
            tracing::warn!("the times of locks were not written down in time");
        }
    }

    /// Waits for the units of work that are under way; no other begins.
    pub(crate) async fn close(&self) {
        if let Some(database) = self.opened.get() {
            database.close().await;
        }
    }

    async fn ready(&self, access: Access) -> Result<Guerdon, Failure> {
        let database = self.database(access).await?;
        database.prepare(access).await?;
        let guerdon =
            self.guerdon.get_or_init(|| async { database.guerdon(self.global.settings()) });
        Ok(guerdon.await.clone())
    }
}
