//! The floor: hand-written SQL, statement by statement, on one connection.

use app_service::domain::TournamentId;
use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::Failure;

const FINALIZE: &str = include_str!("../floor/finalize.sql");

/// Pays a tournament whose results are in; answers how many statements it took.
pub(crate) async fn finalize(floor: &DatabaseConnection, id: TournamentId) -> Result<u64, Failure> {
    let (uuid, words) = (format!("'{id}'::uuid"), format!("'{id}'"));
    let script = FINALIZE.replace(":u", &words).replace(":t", &uuid);
    let mut statements = 0;
    for statement in script.split(";\n").filter(|it| !it.trim().is_empty()) {
        floor.execute_unprepared(statement).await?;
        statements += 1;
    }
    Ok(statements)
}
