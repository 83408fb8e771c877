//! A database of its own, with all players in it, for the floor and for Guerdon alike.

use std::{ops::Range, sync::Arc};

use app_service::{Actor, Guerdon, Settings, SubmitOptions, domain::TournamentId};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult, Statement,
    sqlx::types::uuid::Uuid,
};
use sea_orm_adapter::SeaOrmStore;

use crate::{Failure, field};

/// Where everything is measured.
pub(crate) struct Ground {
    pub(crate) guerdon: Guerdon,
    pub(crate) store: SeaOrmStore,
    /// One connection, which the floor has for itself.
    pub(crate) floor: DatabaseConnection,
}

impl Ground {
    /// A fresh database on `server`, with so many players.
    pub(crate) async fn prepare(
        server: &str,
        players_max: u32,
        settings: Settings,
    ) -> Result<Self, Failure> {
        let url = create(server).await?;
        let store = SeaOrmStore::connect(&url).await?;
        store.migrate().await?;
        let guerdon = Guerdon::new(Arc::new(store.clone())).with_settings(settings);
        let players: Vec<_> = (0..players_max).map(field::player).collect();
        guerdon.register_players(&players).await?;
        let mut one = sea_orm::ConnectOptions::new(url);
        one.max_connections(1).sqlx_logging(false);
        let floor = Database::connect(one).await?;
        let ground = Self { guerdon, store, floor };
        ground.vacuum().await?;
        Ok(ground)
    }

    /// A tournament whose results are in: so many of `players`, in an order that the seed draws.
    pub(crate) async fn announce(
        &self,
        key: &str,
        size: u32,
        players: Range<u32>,
        seed: u64,
    ) -> Result<TournamentId, Failure> {
        let tournament = field::tournament(key)?;
        let id = tournament.id;
        let _ = self.guerdon.create_tournament(tournament).await?;
        let results = field::results(size, players, seed);
        self.guerdon.submit_results(id, &results, SubmitOptions::default(), &actor()).await?;
        Ok(id)
    }

    /// Statistics as an autovacuum leaves them. No checkpoint: whoever comes first behind one writes
    /// whole pages to the log, and pays for both.
    pub(crate) async fn vacuum(&self) -> Result<(), Failure> {
        self.floor.execute_unprepared("VACUUM ANALYZE").await?;
        Ok(())
    }

    /// How far the write-ahead log has come, in bytes.
    pub(crate) async fn wal_bytes(&self) -> Result<u64, Failure> {
        let text = "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS bytes";
        let bytes: i64 = self.row(text, []).await?.try_get("", "bytes")?;
        Ok(bytes.try_into()?)
    }

    /// The one row that a query answers.
    pub(crate) async fn row(
        &self,
        text: &str,
        ids: impl IntoIterator<Item = Uuid>,
    ) -> Result<QueryResult, Failure> {
        let ids = ids.into_iter().map(Into::into).collect::<Vec<_>>();
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, text, ids);
        let row = self.floor.query_one_raw(statement).await?;
        Ok(row.ok_or("no row, where there is always one")?)
    }
}

pub(crate) fn actor() -> Actor {
    Actor::new("bench")
}

async fn create(server: &str) -> Result<String, Failure> {
    let connection = Database::connect(server).await?;
    connection.execute_unprepared("CREATE DATABASE bench").await?;
    connection.close().await?;
    let (host, _) = server.rsplit_once('/').ok_or("the server's URL names a database")?;
    Ok(format!("{host}/bench"))
}
