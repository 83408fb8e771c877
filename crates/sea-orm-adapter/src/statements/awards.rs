//! Awards: planning, claiming, marking.

use domain::{
    Award, AwardState, Evidence, Paid, PlannedAward, PlayerId, Reward, TenThousandths, TournamentId,
};
use ports::{
    StoreError, Timestamp,
    spi::{AwardOutcome, AwardRecord, AwardTotals, Claim, ClaimScope, ClaimStates, Verdict},
};

use super::{memberships, outcomes};
use crate::{
    connection::Connection,
    decode::Row,
    errors,
    rows::Rows,
    sql::{Sql, Step},
};

const TABLE: &str = "awards";
pub(crate) const COLUMNS: &str = "player_id, team, weight, revision, outcome, placement, measured, \
                       field_size, opponent_factor, match_modifier, wins, draws, losses, goals_for, \
                       goals_against, xp_base, xp_bonus, credits, state, failure, applied_at, \
                       paid_revision, xp_paid, credits_paid";

pub(crate) async fn insert(
    connection: &Connection<'_>,
    id: TournamentId,
    revision: u32,
    awards: &[PlannedAward],
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let text = insert_text(&mut sql, id, revision, awards);
    let step = Step { during: "storing awards", table: TABLE };
    connection.execute(step, sql, text).await.map(drop)
}

fn insert_text(sql: &mut Sql, id: TournamentId, revision: u32, awards: &[PlannedAward]) -> String {
    let (id, revision) = (sql.uuid(id.as_uuid()), sql.number(revision));
    let rows = sql.rows(batch(awards));
    format!(
        "INSERT INTO awards AS a (tournament_id, player_id, {}, revision, {}, field_size, \
         opponent_factor, match_modifier, xp_base, xp_bonus, credits, state) \
         SELECT {id}, r.player_id, {}, {revision}, {}, r.field_size, r.opponent_factor, \
         r.match_modifier, r.xp_base, r.xp_bonus, r.credits, 'pending' FROM {rows}",
        memberships::NAMES,
        outcomes::NAMES,
        memberships::OF_BATCH,
        outcomes::OF_BATCH,
    )
}

/// Everything that is planned of an award.
const PLANNED: [&str; 16] = [
    "team",
    "weight",
    "outcome",
    "placement",
    "measured",
    "wins",
    "draws",
    "losses",
    "goals_for",
    "goals_against",
    "field_size",
    "opponent_factor",
    "match_modifier",
    "xp_base",
    "xp_bonus",
    "credits",
];

/// An award that is applied, and of which nothing is planned otherwise, stays applied: there is
/// nothing to pay. All others are pending once more; what was paid for them stays as it is.
pub(crate) async fn upsert(
    connection: &Connection<'_>,
    id: TournamentId,
    revision: u32,
    awards: &[PlannedAward],
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let insert = insert_text(&mut sql, id, revision, awards);
    let same = |column: &str| match column {
        "team" => "COALESCE('=' || a.team, '') = COALESCE('=' || excluded.team, '')".to_owned(),
        "placement" => "COALESCE(a.placement, 0) = COALESCE(excluded.placement, 0)".to_owned(),
        "measured" => "COALESCE(a.measured, '') = COALESCE(excluded.measured, '')".to_owned(),
        _ => format!("a.{column} = excluded.{column}"),
    };
    let stays = PLANNED.map(same).join(" AND ");
    let stays = format!("a.state = 'applied' AND {stays}");
    let replaced = PLANNED.map(|it| format!("{it} = excluded.{it}")).join(", ");
    let text = format!(
        "{insert} WHERE true ON CONFLICT (tournament_id, player_id) DO UPDATE SET \
         revision = excluded.revision, {replaced}, \
         state = CASE WHEN {stays} THEN 'applied' ELSE 'pending' END, failure = NULL, \
         applied_at = CASE WHEN {stays} THEN a.applied_at END"
    );
    let step = Step { during: "storing a corrected plan", table: TABLE };
    connection.execute(step, sql, text).await.map(drop)
}

fn batch(awards: &[PlannedAward]) -> Rows<'_, PlannedAward> {
    let rows = Rows::of(awards)
        .uuid("player_id", |it| *it.player.as_uuid())
        .usually_same(|rows| rows.number("field_size", |it| it.evidence.field_size))
        .usually_same(|rows| {
            rows.number("opponent_factor", |it| it.evidence.opponent_factor.units())
                .number("match_modifier", |it| it.evidence.match_modifier.units())
        })
        .number("xp_base", |it| it.reward.xp_base)
        .number("xp_bonus", |it| it.reward.xp_bonus)
        .number("credits", |it| it.reward.credits);
    let rows = memberships::columns(rows, |it| it.team.as_ref());
    outcomes::columns(
        rows,
        |it| it.evidence.outcome,
        |it| it.evidence.measured,
        |it| &it.evidence.record,
    )
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
    let players = outcomes.iter().map(|it| it.player);
    let Some((first, last)) = players.clone().min().zip(players.max()) else { return Ok(()) };
    let mut sql = connection.sql();
    let (id, at) = (sql.uuid(id.as_uuid()), sql.time(at));
    // The claim as a range, so that whichever way the awards are joined, only its own are read.
    let (first, last) = (sql.uuid(first.as_uuid()), sql.uuid(last.as_uuid()));
    let rows = sql.rows(verdicts(outcomes));
    let text = format!(
        "UPDATE awards AS a SET state = r.state, \
         failure = CASE WHEN r.state = 'failed' THEN r.reason END, \
         applied_at = CASE WHEN r.state = 'applied' THEN {at} END, \
         paid_revision = CASE WHEN r.state = 'applied' THEN a.revision ELSE a.paid_revision END, \
         xp_paid = CASE WHEN r.state = 'applied' THEN r.xp_paid ELSE a.xp_paid END, \
         credits_paid = CASE WHEN r.state = 'applied' THEN r.credits_paid ELSE a.credits_paid END \
         FROM {rows} WHERE a.tournament_id = {id} AND a.player_id = r.player_id \
         AND a.player_id BETWEEN {first} AND {last} AND a.state <> 'applied'"
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
        .usually_same(|rows| {
            rows.text("state", |it| match it.verdict {
                Verdict::Applied(_) => "applied",
                Verdict::Failed { .. } => "failed",
            })
            .text("reason", |it| match &it.verdict {
                Verdict::Applied(_) => "",
                Verdict::Failed { reason } => reason,
            })
        })
        .number("xp_paid", |it| paid(it).map_or(0, |it| it.xp))
        .number("credits_paid", |it| paid(it).map_or(0, |it| it.credits))
}

fn paid(outcome: &AwardOutcome) -> Option<Paid> {
    match outcome.verdict {
        Verdict::Applied(paid) => Some(paid),
        Verdict::Failed { .. } => None,
    }
}

pub(crate) async fn totals(
    connection: &Connection<'_>,
    id: TournamentId,
) -> Result<AwardTotals, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(id.as_uuid());
    let text = format!(
        "SELECT state, count(*) AS awards, CAST(sum(xp_paid) AS bigint) AS xp, \
         CAST(sum(credits_paid) AS bigint) AS credits \
         FROM awards WHERE tournament_id = {id} GROUP BY state"
    );
    let step = Step { during: "adding up awards", table: TABLE };
    let decode = |row: &Row<'_>| {
        let awards = u64::try_from(row.amount("awards")?).unwrap_or_default();
        Ok((row.text("state")?, awards, row.amount("xp")?, row.amount("credits")?))
    };
    let mut totals = AwardTotals::default();
    for (state, awards, xp, credits) in connection.rows(step, sql, text, decode).await? {
        totals.xp_paid = totals.xp_paid.saturating_add(xp);
        totals.credits_paid = totals.credits_paid.saturating_add(credits);
        match state.as_str() {
            "pending" => totals.pending = awards,
            "failed" => totals.failed = awards,
            _ => totals.applied = awards,
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
        measured: outcomes::measured(row)?,
    };
    let reward = Reward {
        xp_base: row.amount("xp_base")?,
        xp_bonus: row.amount("xp_bonus")?,
        credits: row.amount("credits")?,
    };
    let planned =
        PlannedAward { player: row.player()?, team: memberships::decode(row)?, evidence, reward };
    let paid = match row.get::<Option<i32>>("paid_revision")? {
        None => None,
        Some(_) => Some(Paid {
            revision: row.count("paid_revision")?,
            xp: row.amount("xp_paid")?,
            credits: row.amount("credits_paid")?,
        }),
    };
    let award = Award { revision: row.count("revision")?, planned, state: state(row)?, paid };
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
