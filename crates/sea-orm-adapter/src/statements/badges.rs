//! Badges: each once for a tournament, some of them once in a life.

use domain::{BadgeType, NewBadge, PlayerId};
use ports::{
    StoreError, Timestamp,
    spi::{BadgeRecord, Recorded},
};

use super::recorded;
use crate::{connection::Connection, decode::Row, rows::Rows, sql::Step};

const TABLE: &str = "badges";

/// Whatever keeps a badge out, its own key or the one that is once in a life, it is a replay.
pub(crate) async fn insert(
    connection: &Connection<'_>,
    badges: &[NewBadge],
    at: Timestamp,
) -> Result<Vec<Recorded>, StoreError> {
    let mut sql = connection.sql();
    let at = sql.time(at);
    let rows = Rows::of(badges)
        .uuid("player_id", |it| *it.player.as_uuid())
        .uuid("tournament_id", |it| *it.tournament.as_uuid())
        .text("badge_type", |it| it.badge.as_str())
        .truth("once_in_a_life", |it| it.badge.is_once_in_a_life());
    let rows = sql.rows(rows);
    let text = format!(
        "INSERT INTO badges AS b (player_id, tournament_id, badge_type, once_in_a_life, earned_at) \
         SELECT r.player_id, r.tournament_id, r.badge_type, r.once_in_a_life, {at} \
         FROM {rows} WHERE true \
         ON CONFLICT DO NOTHING RETURNING player_id, tournament_id, badge_type"
    );
    let step = Step { during: "awarding badges", table: TABLE };
    let written = connection.rows(step, sql, text, badge).await?;
    Ok(recorded(badges.iter().copied(), written))
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    players: &[PlayerId],
) -> Result<Vec<BadgeRecord>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT player_id, tournament_id, badge_type, earned_at FROM badges \
         WHERE player_id {among}"
    );
    let step = Step { during: "reading badges", table: TABLE };
    let decode = |row: &Row<'_>| {
        let NewBadge { player, tournament, badge } = badge(row)?;
        Ok(BadgeRecord { player, tournament, badge, earned_at: row.time("earned_at")? })
    };
    let mut badges = connection.rows(step, sql, text, decode).await?;
    // Types are ordered by the table of the rules, which no column knows.
    badges.sort_unstable_by_key(|it| (it.player, it.tournament, it.badge));
    Ok(badges)
}

fn badge(row: &Row<'_>) -> Result<NewBadge, StoreError> {
    Ok(NewBadge {
        player: row.player()?,
        tournament: row.tournament()?,
        badge: row.parsed("badge_type", BadgeType::parse)?,
    })
}
