//! Levels beside the mark that they leave and the credits that they pay.

use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, LevelMismatch},
};

use super::{search::Search, sums::Sum, touched::Owners};
use crate::{connection::Connection, decode::Row, sql::Step};

/// Every level above 0 is reached on the way up, so that the last one is also how many there are.
pub(super) async fn mismatches(
    connection: &Connection<'_>,
    scope: &AuditScope,
    owners: &Owners,
) -> Result<Audited<LevelMismatch>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("player_id", &mut sql);
    let paid = Sum::of_columns(&["CASE WHEN currency = 'DEBT' THEN -amount ELSE amount END"]);
    let reached = format!(
        "SELECT player_id, CAST(count(*) AS bigint) AS levels, \
         CAST(max(level) AS bigint) AS highest \
         FROM level_ups WHERE true{whose} GROUP BY player_id"
    );
    let paid = format!(
        "SELECT player_id, level, {} AS paid FROM ledger_entries \
         WHERE cause = 'level_up'{whose} GROUP BY player_id, level",
        paid.nearest()
    );
    let marks = format!(
        "SELECT o.player_id, CAST(NULL AS bigint) AS level, \
         COALESCE(l.highest, 0) AS expected, \
         CASE WHEN COALESCE(p.level_max, 0) = COALESCE(l.highest, 0) THEN l.levels \
         ELSE COALESCE(CAST(p.level_max AS bigint), 0) END AS found \
         FROM (SELECT player_id FROM players WHERE true{whose} \
         UNION SELECT player_id FROM level_ups WHERE true{whose}) AS o \
         LEFT JOIN players AS p ON p.player_id = o.player_id \
         LEFT JOIN ({reached}) AS l ON l.player_id = o.player_id \
         WHERE COALESCE(p.level_max, 0) <> COALESCE(l.highest, 0) \
         OR COALESCE(l.levels, 0) <> COALESCE(l.highest, 0)"
    );
    let payments = format!(
        "SELECT u.player_id, CAST(u.level AS bigint) AS level, u.credits AS expected, \
         COALESCE(e.paid, 0) AS found FROM level_ups AS u \
         LEFT JOIN ({paid}) AS e ON e.player_id = u.player_id AND e.level = u.level \
         WHERE u.credits <> COALESCE(e.paid, 0){of_u} \
         UNION ALL SELECT e.player_id, CAST(e.level AS bigint), CAST(0 AS bigint), e.paid \
         FROM ({paid}) AS e WHERE NOT EXISTS (SELECT 1 FROM level_ups AS u \
         WHERE u.player_id = e.player_id AND u.level = e.level)",
        of_u = owners.own("u.player_id", &mut sql),
    );
    let search = Search {
        step: Step { during: "looking for levels that do not fit", table: "level_ups" },
        checked: format!("SELECT count(*) AS rows_checked FROM players WHERE true{whose}"),
        faults: format!("{marks} UNION ALL {payments}"),
        order: "player_id, level",
        sql,
        owners,
    };
    search.run(connection, scope, decode).await
}

fn decode(row: &Row<'_>) -> Result<LevelMismatch, StoreError> {
    Ok(LevelMismatch {
        player: row.player()?,
        level: row.get("level")?,
        expected: row.amount("expected")?,
        found: row.amount("found")?,
    })
}
