//! What coaches say, and the entry of the profile that it changes.

use std::collections::BTreeMap;

use domain::{Assessment, SkillEntry};
use ports::{StoreError, Timestamp, spi::Recorded};

use super::to_json;
use crate::{connection::Connection, decode, sql::Step};

const HEARING: Step = Step { during: "recording an assessment", table: "assessments" };

pub(crate) async fn insert(
    connection: &Connection<'_>,
    assessment: &Assessment,
    entry: &SkillEntry,
    at: Timestamp,
) -> Result<Recorded, StoreError> {
    if !hear(connection, assessment, at).await? {
        return Ok(Recorded::Replayed);
    }
    let mut sql = connection.sql();
    let player = sql.uuid(assessment.player.as_uuid());
    let entries = sql.text(to_json(&BTreeMap::from([(&assessment.skill, entry)])));
    let skills = connection.dialect().patched("p.skills", &entries);
    let text =
        format!("UPDATE skill_profiles AS p SET skills = {skills} WHERE player_id = {player}");
    connection.execute(Step { table: "skill_profiles", ..HEARING }, sql, text).await?;
    Ok(Recorded::New)
}

/// `false` when it was heard before.
async fn hear(
    connection: &Connection<'_>,
    assessment: &Assessment,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let mut sql = connection.sql();
    let player = sql.uuid(assessment.player.as_uuid());
    let id = sql.uuid(assessment.id.as_uuid());
    let skill = sql.text(assessment.skill.as_str());
    let percentage = sql.number(assessment.percentage.units());
    let assessor = sql.text(&assessment.assessor);
    let at = sql.time(at);
    let text = format!(
        "INSERT INTO assessments AS a \
         (player_id, assessment_id, skill, percentage, assessor, assessed_at) \
         VALUES ({player}, {id}, {skill}, {percentage}, {assessor}, {at}) \
         ON CONFLICT (player_id, assessment_id) DO NOTHING RETURNING player_id"
    );
    Ok(connection.row(HEARING, sql, text, decode::player_id).await?.is_some())
}
