//! Badges that a player has twice.

use domain::{BadgeType, TournamentId};
use ports::{
    StoreError,
    spi::audit::{AuditScope, Audited, RepeatedBadge},
};
use uuid::Uuid;

use super::{search::Search, touched::Owners};
use crate::{connection::Connection, decode::Row, sql::Step};

/// Which badges are had once in a life is asked of the domain besides the column: that one decides
/// what the unique index sees, and may be what is wrong.
pub(super) async fn repeated(
    connection: &Connection<'_>,
    scope: &AuditScope,
    owners: &Owners,
) -> Result<Audited<RepeatedBadge>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("player_id", &mut sql);
    let of_a_life = BadgeType::ALL.iter().filter(|it| it.is_once_in_a_life());
    let of_a_life: Vec<_> = of_a_life.map(|it| sql.text(it.as_str())).collect();
    let search = Search {
        step: Step { during: "looking for repeated badges", table: "badges" },
        checked: format!("SELECT count(*) AS rows_checked FROM badges WHERE true{whose}"),
        faults: format!(
            "SELECT player_id, tournament_id, badge_type, count(*) AS copies FROM badges \
             WHERE true{whose} GROUP BY player_id, tournament_id, badge_type HAVING count(*) > 1 \
             UNION ALL SELECT player_id, NULL, badge_type, count(*) FROM badges \
             WHERE revoked_at IS NULL AND (once_in_a_life OR badge_type IN ({})){whose} \
             GROUP BY player_id, badge_type HAVING count(DISTINCT tournament_id) > 1",
            of_a_life.join(", ")
        ),
        order: "player_id, badge_type, tournament_id",
        sql,
        owners,
    };
    search.run(connection, scope, decode).await
}

fn decode(row: &Row<'_>) -> Result<RepeatedBadge, StoreError> {
    let tournament = row.get::<Option<Uuid>>("tournament_id")?;
    Ok(RepeatedBadge {
        player: row.player()?,
        tournament: tournament.map(TournamentId::from_uuid),
        badge: row.text("badge_type")?,
        copies: row.unsigned("copies")?,
    })
}
