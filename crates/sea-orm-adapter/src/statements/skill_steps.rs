//! Skill steps, and the entries of the profiles that they change.

use domain::{PlayerId, TournamentId};
use ports::{
    StoreError, Timestamp,
    spi::{NewStep, Recorded, StepRecord},
};

use super::{recorded, to_json};
use crate::{
    connection::Connection,
    decode::{self, Row},
    dialect::Dialect,
    rows::Rows,
    sql::{Sql, Step},
};

const TABLE: &str = "skill_steps";
const TAKING: Step = Step { during: "recording skill steps", table: TABLE };
const READING: Step = Step { during: "reading skill steps", table: TABLE };
pub(crate) const COLUMNS: &str = "player_id, seq, tournament_id, revision, \
                       CAST(changes AS text) AS changes, taken_at";

pub(crate) async fn insert(
    connection: &Connection<'_>,
    steps: &[NewStep],
    at: Timestamp,
) -> Result<Vec<Recorded>, StoreError> {
    let taken = match connection.dialect() {
        Dialect::Postgres => take_at_once(connection, steps, at).await?,
        Dialect::Sqlite => take_one_by_one(connection, steps, at).await?,
    };
    Ok(recorded(steps.iter().map(|it| it.step.player), taken))
}

async fn take_at_once(
    connection: &Connection<'_>,
    steps: &[NewStep],
    at: Timestamp,
) -> Result<Vec<PlayerId>, StoreError> {
    let mut sql = connection.sql();
    let (take, rows) = take_text(&mut sql, steps, at);
    let set = set_entries(&sql);
    let text = format!(
        "WITH taken AS ({take}), moved AS ({set} FROM {rows} \
         JOIN taken AS t ON t.player_id = r.player_id WHERE p.player_id = r.player_id) \
         SELECT player_id FROM taken"
    );
    connection.rows(TAKING, sql, text, decode::player_id).await
}

async fn take_one_by_one(
    connection: &Connection<'_>,
    steps: &[NewStep],
    at: Timestamp,
) -> Result<Vec<PlayerId>, StoreError> {
    let mut sql = connection.sql();
    let (take, _) = take_text(&mut sql, steps, at);
    let taken = connection.rows(TAKING, sql, take, decode::player_id).await?;

    let moved: Vec<_> = steps.iter().filter(|it| taken.contains(&it.step.player)).collect();
    let mut sql = connection.sql();
    let rows = Rows::of(&moved)
        .uuid("player_id", |it| *it.step.player.as_uuid())
        .number("seq", |it| it.seq)
        .text("entries", |it| to_json(&it.entries));
    let rows = sql.rows(rows);
    let text = format!("{} FROM {rows} WHERE p.player_id = r.player_id", set_entries(&sql));
    connection.execute(Step { table: "skill_profiles", ..TAKING }, sql, text).await?;
    Ok(taken)
}

/// The statement that records steps, and the batch in it, to be used once more.
fn take_text(sql: &mut Sql, steps: &[NewStep], at: Timestamp) -> (String, String) {
    let at = sql.time(at);
    let rows = Rows::of(steps)
        .uuid("player_id", |it| *it.step.player.as_uuid())
        .number("seq", |it| it.seq)
        .uuid("tournament_id", |it| *it.step.tournament.as_uuid())
        .number("revision", |it| it.step.revision)
        .text("changes", |it| to_json(&it.step.changes))
        .text("entries", |it| to_json(&it.entries));
    let rows = sql.rows(rows);
    let json = sql.dialect().json();
    let text = format!(
        "INSERT INTO skill_steps AS s \
         (player_id, seq, tournament_id, revision, changes, taken_at) \
         SELECT r.player_id, r.seq, r.tournament_id, r.revision, CAST(r.changes AS {json}), {at} \
         FROM {rows} WHERE true \
         ON CONFLICT (player_id, tournament_id, revision) DO NOTHING RETURNING player_id"
    );
    (text, rows)
}

fn set_entries(sql: &Sql) -> String {
    let skills = sql.dialect().patched("p.skills", "r.entries");
    format!("UPDATE skill_profiles AS p SET skills = {skills}, seq = r.seq")
}

pub(crate) async fn list(
    connection: &Connection<'_>,
    player: PlayerId,
    after: i64,
    limit: u32,
) -> Result<Vec<StepRecord>, StoreError> {
    let mut sql = connection.sql();
    let player = sql.uuid(player.as_uuid());
    let (after, limit) = (sql.number(after), sql.number(limit));
    let text = format!(
        "SELECT {COLUMNS} FROM skill_steps WHERE player_id = {player} AND seq > {after} \
         ORDER BY seq LIMIT {limit}"
    );
    connection.rows(READING, sql, text, decode).await
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    id: TournamentId,
    players: &[PlayerId],
) -> Result<Vec<StepRecord>, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(id.as_uuid());
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT {COLUMNS} FROM skill_steps WHERE player_id {among} AND tournament_id = {id} \
         ORDER BY player_id, seq"
    );
    connection.rows(READING, sql, text, decode).await
}

pub(crate) fn decode(row: &Row<'_>) -> Result<StepRecord, StoreError> {
    Ok(StepRecord {
        player: row.player()?,
        seq: row.amount("seq")?,
        tournament: row.tournament()?,
        revision: row.count("revision")?,
        changes: row.parsed("changes", |it| serde_json::from_str(it).ok())?,
        taken_at: row.time("taken_at")?,
    })
}
