//! One search for faults: all counted, the first described, in one statement.

use ports::{
    StoreError, Timestamp,
    spi::audit::{AuditScope, Audited},
};

use crate::{
    connection::Connection,
    decode::Row,
    sql::{Sql, Step},
};

/// A statement that looks for rows which break a rule.
pub(super) struct Search {
    pub(super) step: Step,
    /// Its parameters so far.
    pub(super) sql: Sql,
    /// A query of one number: the rows that are looked at.
    pub(super) checked: String,
    /// A query of the faults.
    pub(super) faults: String,
    /// The columns that order the faults.
    pub(super) order: &'static str,
}

impl Search {
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
        let Self { step, mut sql, checked, faults, order } = self;
        // Of no rows at all there would be none to read the count off.
        let limit = sql.number(scope.faults_max.max(1));
        let text = format!(
            "SELECT c.rows_checked, f.* FROM ({checked}) AS c LEFT JOIN (\
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

/// AUDIT-4: a condition on `column`, that it names a tournament of which anything was recorded
/// since; nothing when there is no such limit.
pub(super) fn of_touched_tournaments(sql: &mut Sql, scope: &AuditScope, column: &str) -> String {
    const RECORDS: [(&str, &str); 4] = [
        ("tournament_changes", "occurred_at"),
        ("awards", "applied_at"),
        ("ledger_entries", "recorded_at"),
        ("skill_steps", "taken_at"),
    ];
    touched(sql, scope.since, column, "tournament_id", &RECORDS)
}

/// AUDIT-4: the same for players.
pub(super) fn of_touched_players(sql: &mut Sql, scope: &AuditScope, column: &str) -> String {
    const RECORDS: [(&str, &str); 5] = [
        ("ledger_entries", "recorded_at"),
        ("badges", "earned_at"),
        ("skill_steps", "taken_at"),
        ("assessments", "assessed_at"),
        ("level_ups", "reached_at"),
    ];
    touched(sql, scope.since, column, "player_id", &RECORDS)
}

fn touched(
    sql: &mut Sql,
    since: Option<Timestamp>,
    column: &str,
    owner: &str,
    records: &[(&str, &str)],
) -> String {
    let Some(since) = since else { return String::new() };
    let since = sql.moment(since);
    let dialect = sql.dialect();
    let recorded = |(table, at): &(&str, &str)| {
        format!("SELECT {owner} FROM {table} WHERE {} >= {since}", dialect.moment(at))
    };
    let records: Vec<_> = records.iter().map(recorded).collect();
    format!(" AND {column} IN ({})", records.join(" UNION "))
}
