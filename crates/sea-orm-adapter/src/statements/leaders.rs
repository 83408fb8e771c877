//! Who leads over a set of tournaments: added up from their awards.

use domain::TournamentId;
use ports::{
    StoreError,
    spi::{LeaderMeasure, LeaderPlace, LeaderRecord},
};

use crate::{connection::Connection, decode::Row, sql::Step};

const READING: Step = Step { during: "adding up leaders", table: "awards" };

/// One row for each player. `CAST`, because PostgreSQL adds bigints up to numerics.
const SUMS: &str = "player_id, CAST(sum(xp_paid) AS bigint) AS xp, \
                    CAST(sum(credits_paid) AS bigint) AS credits, \
                    count(*) FILTER (WHERE outcome IN ('placed', 'unplaced')) AS tournaments, \
                    count(*) FILTER (WHERE placement = 1) AS wins, \
                    count(*) FILTER (WHERE placement <= 3) AS podiums";

/// READ-3
pub(crate) async fn list(
    connection: &Connection<'_>,
    tournaments: &[TournamentId],
    by: LeaderMeasure,
    after: Option<LeaderPlace>,
    limit: u32,
) -> Result<Vec<LeaderRecord>, StoreError> {
    let by = column(by);
    let mut sql = connection.sql();
    let among = sql.one_of(tournaments.iter().map(|it| *it.as_uuid()));
    let behind = match after {
        None => String::new(),
        Some(LeaderPlace { value, xp, player }) => {
            let (value, xp) = (sql.number(value), sql.number(xp));
            let player = sql.uuid(player.as_uuid());
            format!(
                "WHERE {by} < {value} OR ({by} = {value} \
                 AND (xp < {xp} OR (xp = {xp} AND player_id > {player})))"
            )
        }
    };
    let limit = sql.number(limit);
    let text = format!(
        "WITH sums AS (SELECT {SUMS} FROM awards \
         WHERE tournament_id {among} AND paid_revision IS NOT NULL GROUP BY player_id), \
         leaders AS (SELECT s.*, rank() OVER (ORDER BY {by} DESC) AS place FROM sums AS s) \
         SELECT player_id, xp, credits, tournaments, wins, podiums, place FROM leaders \
         {behind} ORDER BY {by} DESC, xp DESC, player_id LIMIT {limit}"
    );
    connection.rows(READING, sql, text, decode).await
}

fn column(by: LeaderMeasure) -> &'static str {
    match by {
        LeaderMeasure::Xp => "xp",
        LeaderMeasure::Credits => "credits",
        LeaderMeasure::Wins => "wins",
        LeaderMeasure::Podiums => "podiums",
    }
}

fn decode(row: &Row<'_>) -> Result<LeaderRecord, StoreError> {
    Ok(LeaderRecord {
        player: row.player()?,
        rank: row.unsigned("place")?,
        xp: row.amount("xp")?,
        credits: row.amount("credits")?,
        tournaments: row.unsigned("tournaments")?,
        wins: row.unsigned("wins")?,
        podiums: row.unsigned("podiums")?,
    })
}
