//! One search for faults: all counted, the first described, in one statement.

use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited},
};

use super::touched::Owners;
use crate::{
    connection::Connection,
    decode::Row,
    sql::{Sql, Step},
};

/// A statement that looks for rows which break a rule.
pub(super) struct Search<'a> {
    pub(super) step: Step,
    /// Its parameters so far.
    pub(super) sql: Sql,
    /// Whose rows are looked at.
    pub(super) owners: &'a Owners,
    /// A query of one number: the rows that are looked at.
    pub(super) checked: String,
    /// A query of the faults.
    pub(super) faults: String,
    /// The columns that order the faults.
    pub(super) order: &'static str,
}

impl Search<'_> {
    /// AUDIT-3. The faults are counted where they are found, so that the answer has no more rows
    /// than are wanted; it has one row, without a fault, when there are none.
    pub(super) async fn run<Fault>(
        self,
        connection: &Connection<'_>,
        scope: &AuditScope,
        decode: impl Fn(&Row<'_>) -> Result<Fault, StoreError> + Sync,
    ) -> Result<Audited<Fault>, StoreError>
    where
        Fault: Send,
    {
        let Self { step, mut sql, owners, checked, faults, order } = self;
        // Of no rows at all there would be none to read the count off.
        let limit = sql.number(scope.faults_max.max(1));
        let with = owners.with(&mut sql);
        let text = format!(
            "{with}SELECT c.rows_checked, f.* FROM ({checked}) AS c LEFT JOIN (\
             SELECT b.*, count(*) OVER () AS faults_total FROM ({faults}) AS b \
             ORDER BY {order} LIMIT {limit}) AS f ON true ORDER BY {order}"
        );
        let decode = |row: &Row<'_>| {
            let total = row.get::<Option<i64>>("faults_total")?;
            let fault = total.map(|_| decode(row)).transpose()?;
            Ok((row.unsigned("rows_checked")?, total.unwrap_or_default(), fault))
        };
        let rows = connection.rows(step, sql, text, decode).await?;
        let (rows_checked, total) = rows.first().map_or((0, 0), |it| (it.0, it.1));
        let faults = rows.into_iter().filter_map(|it| it.2).take(scope.faults_max as usize);
        let faults_total = u64::try_from(total).unwrap_or_default();
        Ok(Audited { rows_checked, faults_total, faults: faults.collect() })
    }
}
