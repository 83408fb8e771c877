//! Skill steps, and the entries of the profiles that they change.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Career, PlayerId, TournamentId};
use ports::{
    StoreError, Timestamp,
    spi::{self, BadgeRecord, NewStep, Recorded, RetakenSteps, StepRecord},
};

use super::{badges, recorded, to_json};
use crate::{
    connection::Connection,
    decode::{self, Row},
    dialect::Dialect,
    errors,
    rows::Rows,
    sql::{Sql, Step},
};

const TABLE: &str = "skill_steps";
const TAKING: Step = Step { during: "recording skill steps", table: TABLE };
const RETAKING: Step = Step { during: "taking skill steps again", table: TABLE };
const READING: Step = Step { during: "reading skill steps", table: TABLE };
pub(crate) const COLUMNS: &str = "player_id, seq, tournament_id, revision, \
                       CAST(evidence AS text) AS evidence, CAST(changes AS text) AS changes, \
                       CAST(progress AS text) AS progress, taken_at";

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

/// Profiles first: what moves them is then recorded, and no step is looked up twice.
///
/// The locks of the players keep steps from being taken between the look at them and the insertion;
/// without, the number that is taken refuses the whole statement.
async fn take_at_once(
    connection: &Connection<'_>,
    steps: &[NewStep],
    at: Timestamp,
) -> Result<Vec<PlayerId>, StoreError> {
    let mut sql = connection.sql();
    let at = sql.time(at);
    let rows = sql.rows(batch(steps).text("entries", |it| to_json(&it.entries)));
    let (set, take) = (set_entries(&sql), take_from("moved AS r", &sql, &at));
    let text = format!(
        "WITH moved AS ({set} FROM {rows} WHERE p.player_id = r.player_id AND 0 = \
         (SELECT count(*) FROM skill_steps AS k \
         WHERE k.player_id = r.player_id AND k.tournament_id = r.tournament_id) \
         RETURNING r.*) {take} RETURNING player_id"
    );
    connection.rows(TAKING, sql, text, decode::player_id).await
}

async fn take_one_by_one(
    connection: &Connection<'_>,
    steps: &[NewStep],
    at: Timestamp,
) -> Result<Vec<PlayerId>, StoreError> {
    let mut sql = connection.sql();
    let at = sql.time(at);
    let rows = sql.rows(batch(steps));
    let take = take_from(&rows, &sql, &at);
    let text = format!(
        "{take} WHERE true ON CONFLICT (player_id, tournament_id) DO NOTHING RETURNING player_id"
    );
    let taken = connection.rows(TAKING, sql, text, decode::player_id).await?;

    let is_taken: BTreeSet<_> = taken.iter().collect();
    let moved: Vec<_> = steps.iter().filter(|it| is_taken.contains(&it.step.player)).collect();
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

fn batch(steps: &[NewStep]) -> Rows<'_, NewStep> {
    Rows::of(steps)
        .uuid("player_id", |it| *it.step.player.as_uuid())
        .number("seq", |it| it.seq)
        .usually_same(|rows| {
            rows.uuid("tournament_id", |it| *it.step.tournament.as_uuid())
                .number("revision", |it| it.step.revision)
        })
        .text("evidence", |it| to_json(&it.step.evidence))
        .text("changes", |it| to_json(&it.step.changes))
        .text("progress", |it| to_json(&it.step.progress))
}

/// Records the steps of a batch, which is called `r` in `source`.
fn take_from(source: &str, sql: &Sql, at: &str) -> String {
    let json = sql.dialect().json();
    format!(
        "INSERT INTO skill_steps AS s \
         (player_id, seq, tournament_id, revision, evidence, changes, progress, taken_at) \
         SELECT r.player_id, r.seq, r.tournament_id, r.revision, CAST(r.evidence AS {json}), \
         CAST(r.changes AS {json}), CAST(r.progress AS {json}), {at} FROM {source}"
    )
}

fn set_entries(sql: &Sql) -> String {
    let skills = sql.dialect().patched("p.skills", "r.entries");
    format!("UPDATE skill_profiles AS p SET skills = {skills}, seq = r.seq")
}

/// The steps that are taken again, and the profiles that they lead to: two statements.
pub(crate) async fn replace(
    connection: &Connection<'_>,
    retaken: &[RetakenSteps],
) -> Result<(), StoreError> {
    let steps: Vec<_> =
        retaken.iter().flat_map(|it| it.steps.iter().map(|step| (it.player, step))).collect();
    let mut sql = connection.sql();
    let rows = Rows::of(&steps)
        .uuid("player_id", |it| *it.0.as_uuid())
        .number("seq", |it| it.1.seq)
        .uuid("tournament_id", |it| *it.1.step.tournament.as_uuid())
        .number("revision", |it| it.1.step.revision)
        .text("evidence", |it| to_json(&it.1.step.evidence))
        .text("changes", |it| to_json(&it.1.step.changes))
        .text("progress", |it| to_json(&it.1.step.progress));
    let (rows, json) = (sql.rows(rows), sql.dialect().json());
    let text = format!(
        "UPDATE skill_steps AS s SET revision = r.revision, \
         evidence = CAST(r.evidence AS {json}), changes = CAST(r.changes AS {json}), \
         progress = CAST(r.progress AS {json}) FROM {rows} WHERE s.player_id = r.player_id \
         AND s.seq = r.seq AND s.tournament_id = r.tournament_id"
    );
    if connection.execute(RETAKING, sql, text).await? != steps.len() as u64 {
        return Err(errors::corrupt(TABLE, "a step that is taken again was taken before"));
    }
    replace_profiles(connection, retaken).await
}

/// The whole profile: it was read, and is written, under the player's lock.
async fn replace_profiles(
    connection: &Connection<'_>,
    retaken: &[RetakenSteps],
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let rows = Rows::of(retaken)
        .uuid("player_id", |it| *it.player.as_uuid())
        .text("skills", |it| to_json(&it.profile));
    let (rows, json) = (sql.rows(rows), sql.dialect().json());
    let text = format!(
        "UPDATE skill_profiles AS p SET skills = CAST(r.skills AS {json}) \
         FROM {rows} WHERE p.player_id = r.player_id"
    );
    connection.execute(Step { table: "skill_profiles", ..RETAKING }, sql, text).await.map(drop)
}

/// The step of the tournament, the one before it for its counters, and all that came after.
pub(crate) async fn careers(
    connection: &Connection<'_>,
    id: TournamentId,
    players: &[PlayerId],
) -> Result<BTreeMap<PlayerId, Career>, StoreError> {
    let mut sql = connection.sql();
    let tournament = sql.uuid(id.as_uuid());
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT {COLUMNS} FROM (SELECT player_id AS whose, seq AS place FROM skill_steps \
         WHERE player_id {among} AND tournament_id = {tournament}) AS c \
         JOIN skill_steps ON player_id = c.whose AND seq >= c.place - 1 \
         ORDER BY player_id, seq"
    );
    let steps = connection.rows(READING, sql, text, decode).await?;
    let badges = badges::find(connection, players).await?;
    Ok(by_player(&steps, badges, |own, had| spi::career(id, own, had)))
}

/// Every step, from the first on.
pub(crate) async fn histories(
    connection: &Connection<'_>,
    players: &[PlayerId],
) -> Result<BTreeMap<PlayerId, Career>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT {COLUMNS} FROM skill_steps WHERE player_id {among} ORDER BY player_id, seq"
    );
    let steps = connection.rows(READING, sql, text, decode).await?;
    let badges = badges::find(connection, players).await?;
    Ok(by_player(&steps, badges, |own, had| Some(spi::history(own, had))))
}

/// Puts each player's steps and badges together; both come by player.
fn by_player(
    steps: &[StepRecord],
    badges: Vec<BadgeRecord>,
    career: impl Fn(Vec<StepRecord>, Vec<BadgeRecord>) -> Option<Career>,
) -> BTreeMap<PlayerId, Career> {
    let mut badges = badges.into_iter().peekable();
    let mut careers = BTreeMap::new();
    for own in steps.chunk_by(|a, b| a.player == b.player) {
        let Some(player) = own.first().map(|it| it.player) else { continue };
        let mut had = vec![];
        while let Some(badge) = badges.next_if(|it| it.player <= player) {
            had.push(badge);
        }
        had.retain(|it| it.player == player);
        careers.extend(career(own.to_vec(), had).map(|it| (player, it)));
    }
    careers
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
        evidence: row.parsed("evidence", |it| serde_json::from_str(it).ok())?,
        changes: row.parsed("changes", |it| serde_json::from_str(it).ok())?,
        progress: row.parsed("progress", |it| serde_json::from_str(it).ok())?,
        taken_at: row.time("taken_at")?,
    })
}
