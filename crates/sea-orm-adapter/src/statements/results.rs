//! Results: how each participant ended.

use std::collections::BTreeMap;

use domain::{Baseline, Competitor, PlayerId, Standing, Tenths, TournamentId};
use ports::StoreError;

use super::{memberships, outcomes};
use crate::{connection::Connection, decode::Row, layout::Layout, rows::Rows, sql::Step};

const TABLE: &str = "results";
const READING: Step = Step { during: "reading results", table: TABLE };
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

/// Where tables are distributed, results are where their tournament is, and players everywhere: there
/// the two are not joined.
pub(crate) async fn page(
    connection: &Connection<'_>,
    id: TournamentId,
    after: Option<PlayerId>,
    limit: u32,
) -> Result<Vec<Competitor>, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(id.as_uuid());
    let page = sql.page("s.player_id", after.as_ref().map(PlayerId::as_uuid), limit);
    let columns = format!("s.player_id, s.team, s.weight, {}", outcomes::names_of("s"));
    let of_page = format!("WHERE s.tournament_id = {id} {page}");
    match connection.layout() {
        Layout::OneNode => {
            let player = connection.dialect().looked_up("players", "p", "player_id = s.player_id");
            let text = format!(
                "SELECT {columns}, p.baseline_level, \
                 CAST(p.baseline_by_skill AS text) AS baseline_by_skill \
                 FROM results AS s {player} {of_page}"
            );
            connection.rows(READING, sql, text, decode).await
        }
        Layout::Sharded => {
            let text = format!("SELECT {columns} FROM results AS s {of_page}");
            let standings = connection.rows(READING, sql, text, decode_standing).await?;
            with_baselines(connection, standings).await
        }
    }
}

/// Where a player started never changes, so that it may be read a moment later.
async fn with_baselines(
    connection: &Connection<'_>,
    standings: Vec<Standing>,
) -> Result<Vec<Competitor>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(standings.iter().map(|it| *it.player.as_uuid()));
    let text = format!(
        "SELECT player_id, baseline_level, CAST(baseline_by_skill AS text) AS baseline_by_skill \
         FROM players WHERE player_id {among}"
    );
    let decode = |row: &Row<'_>| Ok((row.player()?, baseline(row, row.number("baseline_level")?)?));
    let step = Step { table: "players", ..READING };
    let baselines = connection.rows(step, sql, text, decode).await?;
    let mut baselines: BTreeMap<_, _> = baselines.into_iter().collect();
    let competitor = |standing: Standing| {
        let baseline = baselines.remove(&standing.player).unwrap_or_default();
        Competitor { standing, baseline }
    };
    Ok(standings.into_iter().map(competitor).collect())
}

fn decode(row: &Row<'_>) -> Result<Competitor, StoreError> {
    let registered = row.get::<Option<i32>>("baseline_level")?;
    let baseline = registered.map(|level| baseline(row, level)).transpose()?.unwrap_or_default();
    Ok(Competitor { standing: decode_standing(row)?, baseline })
}

fn decode_standing(row: &Row<'_>) -> Result<Standing, StoreError> {
    Ok(Standing {
        player: row.player()?,
        team: memberships::decode(row)?,
        outcome: outcomes::outcome(row)?,
        record: outcomes::record(row)?,
        measured: outcomes::measured(row)?,
    })
}

/// Where a registered player's skills started.
pub(crate) fn baseline(row: &Row<'_>, level: i32) -> Result<Baseline, StoreError> {
    let by_skill = row.parsed_if_any("baseline_by_skill", |it| serde_json::from_str(it).ok())?;
    Ok(Baseline { level: Tenths::new(level), by_skill: by_skill.unwrap_or_else(BTreeMap::new) })
}
