//! Levels, each reached once in a life.

use domain::{LevelUp, PlayerId};
use ports::{
    StoreError, Timestamp,
    spi::{LevelUpRecord, Recorded},
};

use super::recorded;
use crate::{connection::Connection, decode::Row, rows::Rows, sql::Step};

const TABLE: &str = "level_ups";

pub(crate) async fn insert(
    connection: &Connection<'_>,
    ups: &[LevelUp],
    at: Timestamp,
) -> Result<Vec<Recorded>, StoreError> {
    let mut sql = connection.sql();
    let at = sql.time(at);
    let rows = Rows::of(ups)
        .uuid("player_id", |it| *it.player.as_uuid())
        .number("level", |it| it.level)
        .uuid("tournament_id", |it| *it.tournament.as_uuid())
        .number("revision", |it| it.revision)
        .number("credits", |it| it.credits);
    let rows = sql.rows(rows);
    let text = format!(
        "INSERT INTO level_ups AS l \
         (player_id, level, tournament_id, revision, credits, reached_at) \
         SELECT r.player_id, r.level, r.tournament_id, r.revision, r.credits, {at} \
         FROM {rows} WHERE true \
         ON CONFLICT (player_id, level) DO NOTHING RETURNING player_id, level"
    );
    let step = Step { during: "recording levels", table: TABLE };
    let key = |row: &Row<'_>| Ok((row.player()?, row.count("level")?));
    let written = connection.rows(step, sql, text, key).await?;
    Ok(recorded(ups.iter().map(|it| (it.player, it.level)), written))
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    players: &[PlayerId],
) -> Result<Vec<LevelUpRecord>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT player_id, level, tournament_id, revision, credits, reached_at FROM level_ups \
         WHERE player_id {among} ORDER BY player_id, level"
    );
    let step = Step { during: "reading levels", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

fn decode(row: &Row<'_>) -> Result<LevelUpRecord, StoreError> {
    let level_up = LevelUp {
        player: row.player()?,
        level: row.count("level")?,
        tournament: row.tournament()?,
        revision: row.count("revision")?,
        credits: row.amount("credits")?,
    };
    Ok(LevelUpRecord { level_up, reached_at: row.time("reached_at")? })
}
