//! A PostgreSQL database of its own, for the floor and for Guerdon alike.

use app_service::{Invariant, Settings};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult,
    Statement, sqlx::types::uuid::Uuid,
};

use crate::{Failure, floor::Floor, payer::Payer};

/// Where everything is measured.
pub(crate) struct Ground {
    pub(crate) url: String,
    pub(crate) payer: Payer,
    pub(crate) floor: Floor,
    /// Whoever looks at the database, and prepares it.
    pub(crate) caretaker: DatabaseConnection,
}

impl Ground {
    /// A fresh database on `server`, with so many players.
    pub(crate) async fn prepare(
        server: &str,
        name: &str,
        players_max: u32,
        settings: Settings,
    ) -> Result<Self, Failure> {
        let url = create(server, name).await?;
        let payer = Payer::among(&url, players_max, settings).await?;
        let (floor, caretaker) = (Floor::at(&url).await?, one_connection(&url).await?);
        let ground = Self { url, payer, floor, caretaker };
        ground.vacuum().await?;
        Ok(ground)
    }

    /// No checkpoint comes by itself until 6 GB have been written: whoever comes first behind one writes
    /// whole pages to the log, and pays for all who come after. The floor's time for 100,000 participants
    /// went from 7 to 12 s by that, and every ratio with it.
    pub(crate) async fn put_off_checkpoints(&self) -> Result<(), Failure> {
        self.execute("ALTER SYSTEM SET max_wal_size = '12GB'").await?;
        self.execute("ALTER SYSTEM SET checkpoint_timeout = '1h'").await?;
        self.execute("SELECT pg_reload_conf()").await?;
        self.execute("CHECKPOINT").await
    }

    /// Statistics as an autovacuum leaves them. No checkpoint.
    pub(crate) async fn vacuum(&self) -> Result<(), Failure> {
        self.execute("VACUUM ANALYZE").await
    }

    /// Everything that both have written must hold, but for the hash of a plan that the floor never
    /// made.
    pub(crate) async fn verify(&self) -> Result<(), Failure> {
        self.payer.verify(&[Invariant::R08]).await
    }

    /// How far the write-ahead log has come, in bytes.
    pub(crate) async fn wal_bytes(&self) -> Result<u64, Failure> {
        let text = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS bytes";
        let bytes: i64 = self.row(text, []).await?.try_get("", "bytes")?;
        Ok(bytes.try_into()?)
    }

    /// Sends a statement as it is.
    pub(crate) async fn execute(&self, text: &str) -> Result<(), Failure> {
        self.caretaker.execute_unprepared(text).await?;
        Ok(())
    }

    /// The one row that a query answers.
    pub(crate) async fn row(
        &self,
        text: &str,
        ids: impl IntoIterator<Item = Uuid>,
    ) -> Result<QueryResult, Failure> {
        let ids = ids.into_iter().map(Into::into).collect::<Vec<_>>();
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, text, ids);
        let row = self.caretaker.query_one_raw(statement).await?;
        Ok(row.ok_or("no row, where there is always one")?)
    }
}

/// A pool of one.
async fn one_connection(url: &str) -> Result<DatabaseConnection, Failure> {
    let mut one = ConnectOptions::new(url);
    one.max_connections(1).sqlx_logging(false);
    Ok(Database::connect(one).await?)
}

/// Creates an empty database on `server`; answers its URL.
pub(crate) async fn create(server: &str, name: &str) -> Result<String, Failure> {
    let connection = Database::connect(server).await?;
    connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
    connection.close().await?;
    let (host, _) = server.rsplit_once('/').ok_or("the server's URL names a database")?;
    Ok(format!("{host}/{name}"))
}
