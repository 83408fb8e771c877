//! What players are told beside what happened to them.

use domain::TournamentId;
use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, EventMismatch},
};
use uuid::Uuid;

use super::{search::Search, touched::Owners};
use crate::{connection::Connection, decode::Row, sql::Step};

/// Numbers start at 1, so the last one is also how many there are. An award is told of once in each
/// revision that was paid; what the last one was, the award says.
pub(super) async fn mismatches(
    connection: &Connection<'_>,
    scope: &AuditScope,
    owners: &Owners,
) -> Result<Audited<EventMismatch>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("s.player_id", &mut sql);
    let of_p = owners.own("p.player_id", &mut sql);
    let nobody = connection.dialect().nil_id();
    let numbered = format!(
        "SELECT s.player_id, CAST(count(*) AS bigint) AS events, max(s.seq) AS last \
         FROM player_events AS s WHERE true{whose} GROUP BY s.player_id"
    );
    let numbers = format!(
        "SELECT p.player_id, {nobody} AS tournament_id, CAST(-1 AS bigint) AS revision, \
         p.event_seq AS expected, CASE WHEN COALESCE(n.last, 0) <> p.event_seq \
         THEN COALESCE(n.last, 0) ELSE COALESCE(n.events, 0) END AS found \
         FROM players AS p LEFT JOIN ({numbered}) AS n ON n.player_id = p.player_id \
         WHERE (COALESCE(n.last, 0) <> p.event_seq OR COALESCE(n.events, 0) <> p.event_seq){of_p}"
    );
    let both = format!(
        "SELECT s.player_id, s.tournament_id, CAST(s.paid_revision AS bigint) AS revision, \
         1 AS due, 0 AS told FROM awards AS s WHERE s.paid_revision IS NOT NULL{whose} \
         UNION ALL SELECT s.player_id, s.tournament_id, CAST(s.revision AS bigint), 0, 1 \
         FROM player_events AS s \
         WHERE s.event_type IN ('reward.paid', 'reward.corrected'){whose}"
    );
    let awards = format!(
        "SELECT player_id, tournament_id, revision, CAST(1 AS bigint) AS expected, \
         CAST(sum(told) AS bigint) AS found FROM ({both}) AS both_sides \
         GROUP BY player_id, tournament_id, revision HAVING sum(told) > 1 OR sum(told) < max(due)"
    );
    let search = Search {
        step: Step { during: "comparing awards with events", table: "player_events" },
        checked: format!(
            "SELECT count(*) AS rows_checked FROM player_events AS s WHERE true{whose}"
        ),
        faults: format!("{numbers} UNION ALL {awards}"),
        order: "player_id, tournament_id, revision",
        sql,
        owners,
    };
    search.run(connection, scope, decode).await
}

fn decode(row: &Row<'_>) -> Result<EventMismatch, StoreError> {
    let (tournament, revision) = (row.get::<Uuid>("tournament_id")?, row.amount("revision")?);
    let award = (!tournament.is_nil()).then(|| (TournamentId::from_uuid(tournament), revision));
    Ok(EventMismatch {
        player: row.player()?,
        award,
        expected: row.amount("expected")?,
        found: row.amount("found")?,
    })
}
