//! Badges: each once for a tournament, some of them once in a life.

use domain::{BadgeType, NewBadge, PlayerId, TournamentId};
use ports::{
    StoreError, Timestamp,
    spi::{BadgeRecord, CorrectionRef, Recorded},
};

use super::recorded;
use crate::{
    connection::Connection,
    decode::Row,
    errors,
    rows::Rows,
    sql::{Sql, Step},
};

const TABLE: &str = "badges";

/// Whatever keeps a badge out, its own key or the one that is once in a life, it is a replay.
pub(crate) async fn insert(
    connection: &Connection<'_>,
    badges: &[NewBadge],
    at: Timestamp,
) -> Result<Vec<Recorded>, StoreError> {
    let mut sql = connection.sql();
    let at = sql.time(at);
    let rows = keys(badges).truth("once_in_a_life", |it| it.once_in_a_life);
    let rows = sql.rows(rows);
    let text = format!(
        "INSERT INTO badges AS b (player_id, tournament_id, badge_type, once_in_a_life, earned_at) \
         SELECT r.player_id, r.tournament_id, r.badge_type, r.once_in_a_life, {at} \
         FROM {rows} WHERE true \
         ON CONFLICT DO NOTHING RETURNING player_id, tournament_id, badge_type"
    );
    let step = Step { during: "awarding badges", table: TABLE };
    let written = connection.rows(step, sql, text, key).await?;
    Ok(recorded(badges.iter().map(|it| (it.player, it.tournament, it.badge)), written))
}

pub(crate) async fn revoke(
    connection: &Connection<'_>,
    badges: &[NewBadge],
    by: CorrectionRef,
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let (at, by, revision) =
        (sql.time(at), sql.uuid(by.tournament.as_uuid()), sql.number(by.revision));
    let set = format!("revoked_at = {at}, revoked_by = {by}, revoked_revision = {revision}");
    change(connection, sql, badges, &set, "b.revoked_at IS NULL").await
}

pub(crate) async fn restore(
    connection: &Connection<'_>,
    badges: &[NewBadge],
) -> Result<(), StoreError> {
    let set = "revoked_at = NULL, revoked_by = NULL, revoked_revision = NULL";
    change(connection, connection.sql(), badges, set, "b.revoked_at IS NOT NULL").await
}

/// Every one of `badges` is there and `as_expected`, or nothing is changed that can be committed.
async fn change(
    connection: &Connection<'_>,
    mut sql: Sql,
    badges: &[NewBadge],
    set: &str,
    as_expected: &str,
) -> Result<(), StoreError> {
    let rows = sql.rows(keys(badges));
    let text = format!(
        "UPDATE badges AS b SET {set} FROM {rows} WHERE b.player_id = r.player_id \
         AND b.tournament_id = r.tournament_id AND b.badge_type = r.badge_type AND {as_expected}"
    );
    let step = Step { during: "revoking badges", table: TABLE };
    if connection.execute(step, sql, text).await? != badges.len() as u64 {
        let rule = "a badge is taken away while it is had, and comes back while it is not";
        return Err(errors::corrupt(TABLE, rule));
    }
    Ok(())
}

fn keys(badges: &[NewBadge]) -> Rows<'_, NewBadge> {
    Rows::of(badges)
        .uuid("player_id", |it| *it.player.as_uuid())
        .usually_same(|rows| rows.uuid("tournament_id", |it| *it.tournament.as_uuid()))
        .text("badge_type", |it| it.badge.as_str())
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    players: &[PlayerId],
) -> Result<Vec<BadgeRecord>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT player_id, tournament_id, badge_type, once_in_a_life, earned_at, revoked_at, \
         revoked_by, revoked_revision FROM badges WHERE player_id {among}"
    );
    let step = Step { during: "reading badges", table: TABLE };
    let mut badges = connection.rows(step, sql, text, decode).await?;
    // Types are ordered by the table of the rules, which no column knows.
    badges.sort_unstable_by_key(|it| (it.player, it.tournament, it.badge));
    Ok(badges)
}

fn decode(row: &Row<'_>) -> Result<BadgeRecord, StoreError> {
    let (player, tournament, badge) = key(row)?;
    let revoked = match (row.get::<Option<Timestamp>>("revoked_at")?, row.get("revoked_by")?) {
        (Some(at), Some(by)) => {
            let tournament = TournamentId::from_uuid(by);
            Some((CorrectionRef { tournament, revision: row.count("revoked_revision")? }, at))
        }
        _ => None,
    };
    let (once_in_a_life, earned_at) = (row.get("once_in_a_life")?, row.time("earned_at")?);
    Ok(BadgeRecord { player, tournament, badge, once_in_a_life, earned_at, revoked })
}

/// What makes a badge the only one of its kind.
fn key(row: &Row<'_>) -> Result<(PlayerId, TournamentId, BadgeType), StoreError> {
    Ok((row.player()?, row.tournament()?, row.parsed("badge_type", BadgeType::parse)?))
}
