//! Results: how each participant ended.

use std::collections::BTreeMap;

use domain::{Baseline, Competitor, PlayerId, Standing, Tenths, TournamentId};
use ports::StoreError;

use super::{memberships, outcomes};
use crate::{connection::Connection, decode::Row, rows::Rows, sql::Step};

const TABLE: &str = "results";
const REPLACING: Step = Step { during: "replacing results", table: TABLE };

pub(crate) async fn replace(
    connection: &Connection<'_>,
    id: TournamentId,
    standings: &[Standing],
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let place = sql.uuid(id.as_uuid());
    let delete = format!("DELETE FROM results WHERE tournament_id = {place}");
    connection.execute(REPLACING, sql, delete).await?;
    insert(connection, id, standings).await
}

pub(crate) async fn insert(
    connection: &Connection<'_>,
    id: TournamentId,
    standings: &[Standing],
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(id.as_uuid());
    let rows = sql.rows(batch(standings));
    let text = format!(
        "INSERT INTO results (tournament_id, player_id, {}, {}) \
         SELECT {id}, r.player_id, {}, {} FROM {rows}",
        memberships::NAMES,
        outcomes::NAMES,
        memberships::OF_BATCH,
        outcomes::OF_BATCH,
    );
    connection.execute(REPLACING, sql, text).await.map(drop)
}

fn batch(standings: &[Standing]) -> Rows<'_, Standing> {
    let rows = Rows::of(standings).uuid("player_id", |it| *it.player.as_uuid());
    let rows = memberships::columns(rows, |it| it.team.as_ref());
    outcomes::columns(rows, |it| it.outcome, |it| it.measured, |it| &it.record)
}

pub(crate) async fn page(
    connection: &Connection<'_>,
    id: TournamentId,
    after: Option<PlayerId>,
    limit: u32,
) -> Result<Vec<Competitor>, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(id.as_uuid());
    let page = sql.page("s.player_id", after.as_ref().map(PlayerId::as_uuid), limit);
    let text = format!(
        "SELECT s.player_id, s.team, s.weight, {}, p.baseline_level, \
         CAST(p.baseline_by_skill AS text) AS baseline_by_skill \
         FROM results AS s {} WHERE s.tournament_id = {id} {page}",
        outcomes::names_of("s"),
        connection.dialect().looked_up("players", "p", "player_id = s.player_id"),
    );
    let step = Step { during: "reading results", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

fn decode(row: &Row<'_>) -> Result<Competitor, StoreError> {
    let standing = Standing {
        player: row.player()?,
        team: memberships::decode(row)?,
        outcome: outcomes::outcome(row)?,
        record: outcomes::record(row)?,
        measured: outcomes::measured(row)?,
    };
    let registered = row.get::<Option<i32>>("baseline_level")?;
    let baseline = registered.map(|level| baseline(row, level)).transpose()?.unwrap_or_default();
    Ok(Competitor { standing, baseline })
}

/// Where a registered player's skills started.
pub(crate) fn baseline(row: &Row<'_>, level: i32) -> Result<Baseline, StoreError> {
    let by_skill = row.parsed_if_any("baseline_by_skill", |it| serde_json::from_str(it).ok())?;
    Ok(Baseline { level: Tenths::new(level), by_skill: by_skill.unwrap_or_else(BTreeMap::new) })
}
