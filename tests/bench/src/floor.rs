//! The floor: hand-written SQL, statement by statement, on one connection that no pool looks after.

use app_service::domain::TournamentId;
use sea_orm::sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tokio::sync::Mutex;

use crate::Failure;

const FINALIZE: &str = include_str!("../floor/finalize.sql");

/// Whoever pays by hand.
pub(crate) struct Floor(Mutex<PgConnection>);

impl Floor {
    /// Connects to the database at `url`.
    pub(crate) async fn at(url: &str) -> Result<Self, Failure> {
        Ok(Self(Mutex::new(PgConnection::connect(url).await?)))
    }

    /// Pays a tournament whose results are in; answers how many statements it took.
    pub(crate) async fn pay(&self, id: TournamentId) -> Result<u64, Failure> {
        let (uuid, words) = (format!("'{id}'::uuid"), format!("'{id}'"));
        let script = FINALIZE.replace(":u", &words).replace(":t", &uuid);
        let mut statements = 0;
        for statement in script.split(";\n").filter(|it| !it.trim().is_empty()) {
            self.send(statement).await?;
            statements += 1;
        }
        Ok(statements)
    }

    /// Sends a statement as it is.
    pub(crate) async fn send(&self, statement: &str) -> Result<(), Failure> {
        let mut connection = self.0.lock().await;
        connection.execute(AssertSqlSafe(statement)).await?;
        Ok(())
    }
}
