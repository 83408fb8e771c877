//! What coaches say, and the entries of the profiles that it changes.

use domain::{Assessment, AssessmentId, PlayerId};
use ports::{
    StoreError, Timestamp,
    spi::{HeardSkills, Recorded},
};
use uuid::Uuid;

use super::{recorded, to_json};
use crate::{connection::Connection, decode::Row, rows::Rows, sql::Step};

const RECORDING: Step = Step { during: "recording assessments", table: "assessments" };
const HEARING: Step = Step { during: "hearing coaches", table: "skill_profiles" };

pub(crate) async fn insert(
    connection: &Connection<'_>,
    assessments: &[Assessment],
    at: Timestamp,
) -> Result<Vec<Recorded>, StoreError> {
    let mut sql = connection.sql();
    let at = sql.time(at);
    let rows = Rows::of(assessments)
        .uuid("player_id", |it| *it.player.as_uuid())
        .uuid("assessment_id", |it| *it.id.as_uuid())
        .text("skill", |it| it.skill.as_str())
        .number("percentage", |it| it.percentage.units())
        .text("assessor", |it| it.assessor.as_str());
    let rows = sql.rows(rows);
    let text = format!(
        "INSERT INTO assessments AS a \
         (player_id, assessment_id, skill, percentage, assessor, assessed_at) \
         SELECT r.player_id, r.assessment_id, r.skill, r.percentage, r.assessor, {at} \
         FROM {rows} WHERE true \
         ON CONFLICT (player_id, assessment_id) DO NOTHING RETURNING player_id, assessment_id"
    );
    let new = connection.rows(RECORDING, sql, text, named).await?;
    Ok(recorded(assessments.iter().map(|it| (it.player, it.id)), new))
}

pub(crate) async fn hear(
    connection: &Connection<'_>,
    heard: &[HeardSkills],
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let rows = Rows::of(heard)
        .uuid("player_id", |it| *it.player.as_uuid())
        .text("entries", |it| to_json(&it.entries));
    let rows = sql.rows(rows);
    let skills = connection.dialect().patched("p.skills", "r.entries");
    let text = format!(
        "UPDATE skill_profiles AS p SET skills = {skills} FROM {rows} \
         WHERE p.player_id = r.player_id"
    );
    connection.execute(HEARING, sql, text).await.map(drop)
}

fn named(row: &Row<'_>) -> Result<(PlayerId, AssessmentId), StoreError> {
    Ok((row.player()?, AssessmentId::from_uuid(row.get::<Uuid>("assessment_id")?)))
}
