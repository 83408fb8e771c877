//! Players with all that their skills are made of, page by page.

use std::collections::BTreeMap;

use domain::{Baseline, PlayerId, Progress, SkillName, SkillProfile, Tenths};
use ports::{
    StoreError,
    spi::{
        StepRecord,
        audit::{HeardAssessment, SkillRow, UnreadableRow, Visit},
    },
};

use uuid::Uuid;

use super::{readable::readable, touched::Owners};
use crate::{
    connection::Connection,
    decode::Row,
    sql::Step,
    statements::{players, results, skill_steps},
};

/// Tables that tell of a player, so that one whose own row is gone is shown, too.
const TOLD_BY: [&str; 3] = ["players", "skill_profiles", "accounts"];
/// Players in memory at a time, each with every step.
const PAGE: u32 = 500;
const READING: Step = Step { during: "reading skills", table: "skill_profiles" };

type Read<T> = Result<T, UnreadableRow>;
/// A row, and whose it is.
type Owned<T> = (PlayerId, Read<T>);

/// Shows the players behind `after`, and answers the last of them, if there may be more. Three
/// statements; whoever calls keeps them on one snapshot.
pub(super) async fn visit_page(
    connection: &Connection<'_>,
    owners: &Owners,
    after: Option<PlayerId>,
    visit: Visit<'_, SkillRow>,
) -> Result<Option<PlayerId>, StoreError> {
    let players = page_of_players(connection, owners, after).await?;
    let Some(last) = players.last().map(|it| it.player) else { return Ok(None) };
    let full = players.len() == PAGE as usize;
    let ids: Vec<_> = players.iter().map(|it| it.player).collect();
    let mut steps = by_player(steps(connection, &ids).await?);
    let mut heard = by_player(assessments(connection, &ids).await?);
    for mut row in players {
        let (steps, heard) = (steps.remove(&row.player), heard.remove(&row.player));
        row.steps = told_apart(steps, &mut row.unreadable);
        row.assessments = told_apart(heard, &mut row.unreadable);
        visit(row);
    }
    Ok(full.then_some(last))
}

async fn page_of_players(
    connection: &Connection<'_>,
    owners: &Owners,
    after: Option<PlayerId>,
) -> Result<Vec<SkillRow>, StoreError> {
    let mut sql = connection.sql();
    let whose = owners.own("player_id", &mut sql);
    let page = sql.page("player_id", after.as_ref().map(PlayerId::as_uuid), PAGE);
    let told_by = |table: &&str| {
        format!(
            "SELECT player_id FROM \
             (SELECT DISTINCT player_id FROM {table} WHERE true{whose}{page}) AS {table}_page"
        )
    };
    let everybody = TOLD_BY.iter().map(told_by).collect::<Vec<_>>().join(" UNION ");
    // Cut to a page before it is joined: PostgreSQL would take three times as many for so many that
    // it reads all players for every page.
    let text = format!(
        "SELECT e.player_id, p.baseline_level, \
         CAST(p.baseline_by_skill AS text) AS baseline_by_skill, \
         p.tournaments, p.wins, p.podiums, p.win_streak, p.podium_streak, p.level_max, \
         CAST(s.skills AS text) AS skills, s.seq AS step_seq \
         FROM (SELECT player_id FROM ({everybody}) AS everybody ORDER BY player_id LIMIT {PAGE}) AS e \
         LEFT JOIN players AS p ON p.player_id = e.player_id \
         LEFT JOIN skill_profiles AS s ON s.player_id = e.player_id ORDER BY e.player_id"
    );
    connection.rows(READING, sql, text, decode).await
}

fn decode(row: &Row<'_>) -> Result<SkillRow, StoreError> {
    let skills = row.get::<Option<String>>("skills")?;
    let profile = skills.ok_or_else(|| "no profile".to_owned()).and_then(|text| {
        serde_json::from_str::<SkillProfile>(&text).map_err(|error| format!("{text}: {error}"))
    });
    Ok(SkillRow {
        player: row.player()?,
        baseline: readable(baseline(row))?.and_then(there),
        progress: readable(progress(row))?.and_then(there),
        profile,
        step_seq: row.get::<Option<i64>>("step_seq")?.unwrap_or_default(),
        steps: vec![],
        assessments: vec![],
        unreadable: vec![],
    })
}

fn there<T>(read: Option<T>) -> Result<T, String> {
    read.ok_or_else(|| "no player".to_owned())
}

/// `None` of a player whose row is gone.
fn baseline(row: &Row<'_>) -> Result<Option<Baseline>, StoreError> {
    let level = row.get::<Option<i32>>("baseline_level")?;
    level.map(|it| results::baseline(row, it)).transpose()
}

/// `None` of a player whose row is gone.
fn progress(row: &Row<'_>) -> Result<Option<Progress>, StoreError> {
    let there = row.get::<Option<i32>>("baseline_level")?;
    there.map(|_| players::progress(row)).transpose()
}

async fn steps(
    connection: &Connection<'_>,
    players: &[PlayerId],
) -> Result<Vec<Owned<StepRecord>>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT {} FROM skill_steps WHERE player_id {among} ORDER BY player_id, seq",
        skill_steps::COLUMNS
    );
    let step = Step { table: "skill_steps", ..READING };
    let decode = |row: &Row<'_>| {
        let key = ("seq", row.amount("seq")?.to_string());
        owned(row, skill_steps::decode(row), step.table, key)
    };
    connection.rows(step, sql, text, decode).await
}

async fn assessments(
    connection: &Connection<'_>,
    players: &[PlayerId],
) -> Result<Vec<Owned<HeardAssessment>>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(players.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT player_id, assessment_id, skill, percentage FROM assessments WHERE player_id {among} \
         ORDER BY player_id, assessment_id"
    );
    let step = Step { table: "assessments", ..READING };
    let decode = |row: &Row<'_>| {
        let key = ("assessment_id", row.get::<Uuid>("assessment_id")?.to_string());
        owned(row, assessment(row), step.table, key)
    };
    connection.rows(step, sql, text, decode).await
}

fn assessment(row: &Row<'_>) -> Result<HeardAssessment, StoreError> {
    let skill = row.parsed("skill", |it| SkillName::new(it).ok())?;
    Ok(HeardAssessment { skill, percentage: Tenths::new(row.number("percentage")?) })
}

fn owned<T>(
    row: &Row<'_>,
    read: Result<T, StoreError>,
    table: &'static str,
    key: (&'static str, String),
) -> Result<Owned<T>, StoreError> {
    let read = readable(read)?.map_err(|rule| UnreadableRow { table, key, rule });
    Ok((row.player()?, read))
}

fn by_player<T>(rows: Vec<Owned<T>>) -> BTreeMap<PlayerId, Vec<Read<T>>> {
    let mut by_player: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (player, row) in rows {
        by_player.entry(player).or_default().push(row);
    }
    by_player
}

/// The rows that can be read; the others join `unreadable`.
fn told_apart<T>(rows: Option<Vec<Read<T>>>, unreadable: &mut Vec<UnreadableRow>) -> Vec<T> {
    let keep = |row: Read<T>| row.map_err(|it| unreadable.push(it)).ok();
    rows.into_iter().flatten().filter_map(keep).collect()
}
