//! Whether every constraint and index is there as the schema made it.

use std::collections::HashMap;

use migrations::guards;
use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, FaultyGuard},
};
use sea_orm::DatabaseConnection;

use crate::{errors, sql::Step};

const READING: Step = Step { during: "reading the schema", table: "seaql_migrations" };

/// What is there besides is no fault: others may index what they like.
pub(super) async fn faulty(
    pool: &DatabaseConnection,
    scope: &AuditScope,
) -> Result<Audited<FaultyGuard>, StoreError> {
    let expected = guards::expected(pool.get_database_backend()).await;
    let expected = expected.map_err(errors::during(READING))?;
    let live = guards::live(pool).await.map_err(errors::during(READING))?;
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
