//! Tournaments: announcing them, reading them, and the lock.

use domain::{NewTournament, Policies, RewardPolicy, Tournament, TournamentId, TournamentStatus};
use ports::{StoreError, Timestamp, spi::Recorded};
use serde_json::Value as Json;

use crate::{
    connection::Connection,
    decode::{self, Row},
    sql::Step,
};

pub(crate) const COLUMNS: &str = "tournament_id, key, name, status, CAST(policy AS text) AS policy, revision, \
                       change_seq, results_hash, field_size, plan_hash";
const TABLE: &str = "tournaments";

/// How strongly to lock.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Strength {
    Exclusive,
    Shared,
}

pub(crate) async fn insert(
    connection: &Connection<'_>,
    tournament: &NewTournament,
    at: Timestamp,
) -> Result<Recorded, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(tournament.id.as_uuid());
    let (key, name) = (sql.text(&tournament.key), sql.text(&tournament.name));
    let status = sql.text(TournamentStatus::Scheduled.as_str());
    let policy = sql.text(tournament.policy.to_document().to_string());
    let at = sql.time(at);
    let json = connection.dialect().json();
    let text = format!(
        "INSERT INTO tournaments AS t (tournament_id, key, name, status, policy, revision, \
         change_seq, field_size, created_at) \
         VALUES ({id}, {key}, {name}, {status}, CAST({policy} AS {json}), 0, 0, 0, {at}) \
         ON CONFLICT (tournament_id) DO NOTHING RETURNING tournament_id"
    );
    let step = Step { during: "announcing a tournament", table: TABLE };
    let written = connection.row(step, sql, text, decode::tournament_id).await?;
    Ok(if written.is_some() { Recorded::New } else { Recorded::Replayed })
}

pub(crate) async fn lock(
    connection: &Connection<'_>,
    id: TournamentId,
    strength: Strength,
) -> Result<Option<Tournament>, StoreError> {
    let mut sql = connection.sql();
    let id = sql.uuid(id.as_uuid());
    let clause = connection.dialect().locking(match strength {
        Strength::Exclusive => "FOR UPDATE",
        Strength::Shared => "FOR SHARE",
    });
    let text = format!("SELECT {COLUMNS} FROM tournaments WHERE tournament_id = {id} {clause}");
    let step = Step { during: "locking a tournament", table: TABLE };
    connection.row(step, sql, text, decode).await
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    ids: &[TournamentId],
) -> Result<Vec<Tournament>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(ids.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT {COLUMNS} FROM tournaments WHERE tournament_id {among} ORDER BY tournament_id"
    );
    let step = Step { during: "reading tournaments", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

pub(crate) async fn policies(
    connection: &Connection<'_>,
    ids: &[TournamentId],
) -> Result<Policies, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(ids.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT tournament_id, CAST(policy AS text) AS policy FROM tournaments \
         WHERE tournament_id {among}"
    );
    let step = Step { during: "reading policies", table: TABLE };
    let decode = |row: &Row<'_>| Ok((row.tournament()?, policy(row)?));
    Ok(connection.rows(step, sql, text, decode).await?.into_iter().collect())
}

pub(crate) async fn list(
    connection: &Connection<'_>,
    after: Option<TournamentId>,
    limit: u32,
) -> Result<Vec<Tournament>, StoreError> {
    let mut sql = connection.sql();
    let page = sql.page("tournament_id", after.as_ref().map(TournamentId::as_uuid), limit);
    let text = format!("SELECT {COLUMNS} FROM tournaments WHERE true {page}");
    let step = Step { during: "listing tournaments", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

pub(crate) fn decode(row: &Row<'_>) -> Result<Tournament, StoreError> {
    Ok(Tournament {
        id: row.tournament()?,
        key: row.text("key")?,
        name: row.text("name")?,
        status: row.parsed("status", TournamentStatus::parse)?,
        change_seq: row.count("change_seq")?,
        policy: policy(row)?,
        revision: row.count("revision")?,
        results_hash: row.parsed_if_any("results_hash", |it| it.parse().ok())?,
        field_size: row.count("field_size")?,
        plan_hash: row.parsed_if_any("plan_hash", |it| it.parse().ok())?,
    })
}

/// A stored policy is read by the rules that let it in, so one that breaks them is corrupt.
fn policy(row: &Row<'_>) -> Result<RewardPolicy, StoreError> {
    let document: Json = row.parsed("policy", |it| serde_json::from_str(it).ok())?;
    RewardPolicy::from_document(&document).map_err(|problems| {
        let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
        row.broken("policy", &format!("is a valid policy: {}", problems.join("; ")))
    })
}
