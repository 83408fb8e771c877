//! Awards: planning, claiming, marking.

use domain::{
    Award, AwardState, Evidence, PlannedAward, PlayerId, Reward, TenThousandths, TournamentId,
};
use ports::{
    StoreError, Timestamp,
    spi::{AwardOutcome, AwardRecord, AwardTotals, Claim, ClaimScope, ClaimStates, Verdict},
};

use super::{memberships, outcomes};
use crate::{connection::Connection, decode::Row, errors, rows::Rows, sql::Step};

const TABLE: &str = "awards";
pub(crate) const COLUMNS: &str = "player_id, team, weight, revision, outcome, placement, field_size, opponent_factor, \
                       match_modifier, wins, draws, losses, goals_for, goals_against, xp_base, \
                       xp_bonus, credits, state, failure, applied_at";

pub(crate) async fn insert(
    connection: &Connection<'_>,
    id: TournamentId,
    revision: u32,
    awards: &[PlannedAward],
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let (id, revision) = (sql.uuid(id.as_uuid()), sql.number(revision));
    let rows = sql.rows(batch(awards));
    let text = format!(
        "INSERT INTO awards (tournament_id, player_id, {}, revision, {}, field_size, \
         opponent_factor, match_modifier, xp_base, xp_bonus, credits, state) \
         SELECT {id}, r.player_id, {}, {revision}, {}, r.field_size, r.opponent_factor, \
         r.match_modifier, r.xp_base, r.xp_bonus, r.credits, 'pending' FROM {rows}",
        memberships::NAMES,
        outcomes::NAMES,
        memberships::OF_BATCH,
        outcomes::OF_BATCH,
    );
    let step = Step { during: "storing awards", table: TABLE };
    connection.execute(step, sql, text).await.map(drop)
}

fn batch(awards: &[PlannedAward]) -> Rows<'_, PlannedAward> {
    let rows = Rows::of(awards)
        .uuid("player_id", |it| *it.player.as_uuid())
        .number("field_size", |it| it.evidence.field_size)
        .number("opponent_factor", |it| it.evidence.opponent_factor.units())
        .number("match_modifier", |it| it.evidence.match_modifier.units())
        .number("xp_base", |it| it.reward.xp_base)
        .number("xp_bonus", |it| it.reward.xp_bonus)
        .number("credits", |it| it.reward.credits);
    let rows = memberships::columns(rows, |it| it.team.as_ref());
    outcomes::columns(rows, |it| it.evidence.outcome, |it| &it.evidence.record)
}

/// PostgreSQL looks again at the condition when it had to wait for a row, so that an award which
/// somebody else has applied meanwhile is not claimed.
pub(crate) async fn claim(
    connection: &Connection<'_>,
    id: TournamentId,
    claim: &Claim,
) -> Result<Vec<Award>, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(id.as_uuid());
    // `state <> 'applied'` says what the index of owed awards holds, so that it is used.
    let states = match claim.states {
        ClaimStates::Pending => "state = 'pending'",
        ClaimStates::PendingOrFailed => "state IN ('pending', 'failed')",
    };
    let (whose, clause) = match claim.scope {
        ClaimScope::Next { after, limit } => {
            let page = sql.page("player_id", after.as_ref().map(PlayerId::as_uuid), limit);
            (page, "FOR UPDATE SKIP LOCKED")
        }
        ClaimScope::Player(player) => {
            (format!(" AND player_id = {}", sql.uuid(player.as_uuid())), "FOR UPDATE")
        }
    };
    let clause = connection.dialect().locking(clause);
    let text = format!(
        "SELECT {COLUMNS} FROM awards WHERE tournament_id = {id} \
         AND state <> 'applied' AND {states}{whose} {clause}"
    );
    let step = Step { during: "claiming awards", table: TABLE };
    connection.rows(step, sql, text, |row| Ok(decode(row)?.award)).await
}

pub(crate) async fn mark(
    connection: &Connection<'_>,
    id: TournamentId,
    outcomes: &[AwardOutcome],
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let (id, at) = (sql.uuid(id.as_uuid()), sql.time(at));
    let rows = sql.rows(verdicts(outcomes));
    let text = format!(
        "UPDATE awards AS a SET state = r.state, \
         failure = CASE WHEN r.state = 'failed' THEN r.reason END, \
         applied_at = CASE WHEN r.state = 'applied' THEN {at} END \
         FROM {rows} WHERE a.tournament_id = {id} AND a.player_id = r.player_id \
         AND a.state <> 'applied'"
    );
    let step = Step { during: "marking awards", table: TABLE };
    let marked = connection.execute(step, sql, text).await?;
    if marked != outcomes.len() as u64 {
        return Err(errors::corrupt(TABLE, "an award exists, and is applied once"));
    }
    Ok(())
}

fn verdicts(outcomes: &[AwardOutcome]) -> Rows<'_, AwardOutcome> {
    Rows::of(outcomes)
        .uuid("player_id", |it| *it.player.as_uuid())
        .text("state", |it| match it.verdict {
            Verdict::Applied => "applied",
            Verdict::Failed { .. } => "failed",
        })
        .text("reason", |it| match &it.verdict {
            Verdict::Applied => "",
            Verdict::Failed { reason } => reason,
        })
}

pub(crate) async fn totals(
    connection: &Connection<'_>,
    id: TournamentId,
) -> Result<AwardTotals, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(id.as_uuid());
    let text = format!(
        "SELECT state, count(*) AS awards, CAST(sum(xp_base + xp_bonus) AS bigint) AS xp, \
         CAST(sum(credits) AS bigint) AS credits \
         FROM awards WHERE tournament_id = {id} GROUP BY state"
    );
    let step = Step { during: "adding up awards", table: TABLE };
    let decode = |row: &Row<'_>| {
        let awards = u64::try_from(row.amount("awards")?).unwrap_or_default();
        Ok((row.text("state")?, awards, row.amount("xp")?, row.amount("credits")?))
    };
    let mut totals = AwardTotals::default();
    for (state, awards, xp, credits) in connection.rows(step, sql, text, decode).await? {
        match state.as_str() {
            "pending" => totals.pending = awards,
            "failed" => totals.failed = awards,
            _ => {
                totals.applied = awards;
                (totals.xp_applied, totals.credits_applied) = (xp, credits);
            }
        }
    }
    Ok(totals)
}

pub(crate) async fn list(
    connection: &Connection<'_>,
    id: TournamentId,
    after: Option<PlayerId>,
    limit: u32,
) -> Result<Vec<AwardRecord>, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(id.as_uuid());
    let page = sql.page("player_id", after.as_ref().map(PlayerId::as_uuid), limit);
    let text = format!("SELECT {COLUMNS} FROM awards WHERE tournament_id = {id}{page}");
    let step = Step { during: "listing awards", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    id: TournamentId,
    player: PlayerId,
) -> Result<Option<AwardRecord>, StoreError> {
    let mut sql = connection.sql();
    let (id, player) = (sql.uuid(id.as_uuid()), sql.uuid(player.as_uuid()));
    let text =
        format!("SELECT {COLUMNS} FROM awards WHERE tournament_id = {id} AND player_id = {player}");
    let step = Step { during: "reading an award", table: TABLE };
    connection.row(step, sql, text, decode).await
}

pub(crate) fn decode(row: &Row<'_>) -> Result<AwardRecord, StoreError> {
    let evidence = Evidence {
        outcome: outcomes::outcome(row)?,
        field_size: row.count("field_size")?,
        opponent_factor: TenThousandths::new(row.number("opponent_factor")?),
        match_modifier: TenThousandths::new(row.number("match_modifier")?),
        record: outcomes::record(row)?,
    };
    let reward = Reward {
        xp_base: row.amount("xp_base")?,
        xp_bonus: row.amount("xp_bonus")?,
        credits: row.amount("credits")?,
    };
    let planned =
        PlannedAward { player: row.player()?, team: memberships::decode(row)?, evidence, reward };
    let award = Award { revision: row.count("revision")?, planned, state: state(row)? };
    Ok(AwardRecord { award, applied_at: row.get("applied_at")? })
}

fn state(row: &Row<'_>) -> Result<AwardState, StoreError> {
    let failure = row.get::<Option<String>>("failure")?;
    row.parsed("state", |name| match (name, failure) {
        ("pending", _) => Some(AwardState::Pending),
        ("applied", _) => Some(AwardState::Applied),
        ("failed", Some(reason)) => Some(AwardState::Failed { reason }),
        _ => None,
    })
}
