//! Players with all that their skills are made of, page by page.

use std::collections::BTreeMap;

use domain::{PlayerId, SkillName, SkillProfile, Tenths};
use ports::{
    StoreError,
    spi::{
        StepRecord,
        audit::{AuditScope, HeardAssessment, SkillRow, Visit},
    },
};

use super::search::of_touched_players;
use crate::{
    connection::Connection,
    decode::Row,
    sql::{Sql, Step},
    statements::{results, skill_steps},
};

/// Players in memory at a time, each with every step.
const PAGE: u32 = 500;
const READING: Step = Step { during: "reading skills", table: "skill_profiles" };

/// Shows the players behind `after`, and answers the last of them, if there may be more. Three
/// statements; whoever calls keeps them on one snapshot.
pub(super) async fn visit_page(
    connection: &Connection<'_>,
    scope: &AuditScope,
    after: Option<PlayerId>,
    visit: Visit<'_, SkillRow>,
) -> Result<Option<PlayerId>, StoreError> {
    let players = page_of_players(connection, scope, after).await?;
    let Some(last) = players.last().map(|it| it.player) else { return Ok(None) };
    let full = players.len() == PAGE as usize;
    let mut steps = by_player(steps(connection, scope, after, last).await?, |it| it.player);
    let heard = assessments(connection, scope, after, last).await?;
    let mut heard = by_player(heard, |it| it.0);
    for mut row in players {
        row.steps = steps.remove(&row.player).unwrap_or_default();
        let heard = heard.remove(&row.player).unwrap_or_default();
        row.assessments = heard.into_iter().map(|it| it.1).collect();
        visit(row);
    }
    Ok(full.then_some(last))
}

async fn page_of_players(
    connection: &Connection<'_>,
    scope: &AuditScope,
    after: Option<PlayerId>,
) -> Result<Vec<SkillRow>, StoreError> {
    let mut sql = connection.sql();
    let whose = of_touched_players(&mut sql, scope, "p.player_id");
    let page = sql.page("p.player_id", after.as_ref().map(PlayerId::as_uuid), PAGE);
    let text = format!(
        "SELECT p.player_id, p.baseline_level, \
         CAST(p.baseline_by_skill AS text) AS baseline_by_skill, \
         CAST(s.skills AS text) AS skills, s.seq AS step_seq \
         FROM players AS p LEFT JOIN skill_profiles AS s ON s.player_id = p.player_id \
         WHERE true{whose}{page}"
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
        baseline: results::baseline(row, row.number("baseline_level")?)?,
        profile,
        step_seq: row.get::<Option<i64>>("step_seq")?.unwrap_or_default(),
        steps: vec![],
        assessments: vec![],
    })
}

async fn steps(
    connection: &Connection<'_>,
    scope: &AuditScope,
    after: Option<PlayerId>,
    last: PlayerId,
) -> Result<Vec<StepRecord>, StoreError> {
    let mut sql = connection.sql();
    let among = among(&mut sql, scope, after, last);
    let text = format!(
        "SELECT {} FROM skill_steps WHERE {among} ORDER BY player_id, seq",
        skill_steps::COLUMNS
    );
    connection.rows(Step { table: "skill_steps", ..READING }, sql, text, skill_steps::decode).await
}

async fn assessments(
    connection: &Connection<'_>,
    scope: &AuditScope,
    after: Option<PlayerId>,
    last: PlayerId,
) -> Result<Vec<(PlayerId, HeardAssessment)>, StoreError> {
    let mut sql = connection.sql();
    let among = among(&mut sql, scope, after, last);
    let text = format!(
        "SELECT player_id, skill, percentage FROM assessments WHERE {among} \
         ORDER BY player_id, assessment_id"
    );
    let decode = |row: &Row<'_>| {
        let skill = row.parsed("skill", |it| SkillName::new(it).ok())?;
        let percentage = Tenths::new(row.number("percentage")?);
        Ok((row.player()?, HeardAssessment { skill, percentage }))
    };
    connection.rows(Step { table: "assessments", ..READING }, sql, text, decode).await
}

/// A condition: that the row belongs to a player of the page.
fn among(sql: &mut Sql, scope: &AuditScope, after: Option<PlayerId>, last: PlayerId) -> String {
    let whose = of_touched_players(sql, scope, "player_id");
    let last = sql.uuid(last.as_uuid());
    let behind = after.map_or_else(String::new, |after| {
        format!(" AND player_id > {}", sql.uuid(after.as_uuid()))
    });
    format!("player_id <= {last}{behind}{whose}")
}

fn by_player<T>(rows: Vec<T>, player: impl Fn(&T) -> PlayerId) -> BTreeMap<PlayerId, Vec<T>> {
    let mut by_player: BTreeMap<_, Vec<T>> = BTreeMap::new();
    for row in rows {
        by_player.entry(player(&row)).or_default().push(row);
    }
    by_player
}
