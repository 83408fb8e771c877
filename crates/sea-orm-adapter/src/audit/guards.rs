//! Whether every constraint and index is there as the schema made it.

use std::collections::HashMap;

use migrations::guards;
use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, FaultyGuard},
};
use sea_orm::ConnectionTrait;
use tokio::sync::OnceCell;

use super::snapshot::Snapshot;
use crate::{dialect::Dialect, errors, sql::Step};

const READING: Step = Step { during: "reading the schema", table: "seaql_migrations" };

/// It is the same for all databases of a process, and a database in memory is migrated for it.
static EXPECTED_OF_SQLITE: OnceCell<Vec<guards::Guard>> = OnceCell::const_new();

/// What is there besides is no fault: others may index what they like.
pub(super) async fn faulty(
    snapshot: Snapshot,
    scope: &AuditScope,
) -> Result<Audited<FaultyGuard>, StoreError> {
    let backend = snapshot.transaction().get_database_backend();
    let expected = match Dialect::of(backend) {
        Dialect::Postgres => guards::expected(backend).await,
        Dialect::Sqlite => {
            EXPECTED_OF_SQLITE.get_or_try_init(|| guards::expected(backend)).await.cloned()
        }
    };
    let expected = expected.map_err(errors::during(READING))?;
    let live = guards::live(snapshot.transaction()).await.map_err(errors::during(READING))?;
    snapshot.end().await?;
    let mut live: HashMap<_, _> =
        live.into_iter().map(|it| ((it.table, it.name), it.definition)).collect();

    let rows_checked = expected.len() as u64;
    let fault = |guard: guards::Guard| {
        let guards::Guard { table, name, definition: expected } = guard;
        let found = live.remove(&(table.clone(), name.clone()));
        (found.as_ref() != Some(&expected)).then_some(FaultyGuard { table, name, expected, found })
    };
    let mut faults: Vec<_> = expected.into_iter().filter_map(fault).collect();
    let faults_total = faults.len() as u64;
    faults.truncate(scope.faults_max as usize);
    Ok(Audited { rows_checked, faults_total, faults })
}
