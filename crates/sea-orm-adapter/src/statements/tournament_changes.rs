//! Moving a tournament on: the row, its history and the outbox, together.

use domain::{Hash256, TournamentId};
use ports::{
    StoreError,
    spi::{CorrectionRecord, TournamentChange, TournamentEvent},
};
use uuid::Uuid;

use crate::{
    connection::Connection,
    decode::{self, Row},
    dialect::Dialect,
    errors,
    sql::{Sql, Step},
};

const STEP: Step = Step { during: "moving a tournament on", table: "tournaments" };

/// The three statements of one change. On PostgreSQL they are parts of one; all of them take the
/// same parameters, so that either way each parameter is bound in one place.
struct Parts {
    sql: Sql,
    row: String,
    history: String,
    outbox: String,
}

/// `false`, with nothing written, when the change waits for awards that are still to be paid.
pub(crate) async fn record(
    connection: &Connection<'_>,
    change: &TournamentChange,
) -> Result<bool, StoreError> {
    let moved = match connection.dialect() {
        Dialect::Postgres => at_once(connection, change).await?,
        Dialect::Sqlite => one_by_one(connection, change).await?,
    };
    if !moved && change.event != TournamentEvent::RewardsDistributed {
        return Err(errors::corrupt(STEP.table, "a locked tournament exists"));
    }
    Ok(moved)
}

async fn at_once(
    connection: &Connection<'_>,
    change: &TournamentChange,
) -> Result<bool, StoreError> {
    let Parts { sql, row, history, outbox } = parts(connection.sql(), change, "moved AS t")?;
    let text = format!(
        "WITH moved AS ({row}), history AS ({history}), outbox AS ({outbox}) \
         SELECT tournament_id FROM moved"
    );
    Ok(connection.row(STEP, sql, text, decode::tournament_id).await?.is_some())
}

async fn one_by_one(
    connection: &Connection<'_>,
    change: &TournamentChange,
) -> Result<bool, StoreError> {
    let parts = || parts(connection.sql(), change, "tournaments AS t");
    let Parts { sql, row, .. } = parts()?;
    if connection.row(STEP, sql, row, decode::tournament_id).await?.is_none() {
        return Ok(false);
    }
    let Parts { sql, history, .. } = parts()?;
    connection.execute(Step { table: "tournament_changes", ..STEP }, sql, history).await?;
    let Parts { sql, outbox, .. } = parts()?;
    connection.execute(Step { table: "outbox_events", ..STEP }, sql, outbox).await?;
    Ok(true)
}

/// `moved` is where the parts behind the first find the tournament.
fn parts(mut sql: Sql, change: &TournamentChange, moved: &str) -> Result<Parts, StoreError> {
    let Named { results_hash, plan_hash, field_size, revision } = named(change.event);
    let id = sql.uuid(change.tournament.as_uuid());
    let seq = sql.number(change.seq);
    let (from, to) = (sql.text(change.from.as_str()), sql.text(change.to.as_str()));
    let (event, actor) = (sql.text(change.event.as_str()), sql.text(change.actor.as_str()));
    let at = sql.time(change.at);
    let results_hash = sql.optional_text(results_hash.map(|it| it.to_string()));
    let plan_hash = sql.optional_text(plan_hash.map(|it| it.to_string()));
    let field_size = sql.optional_number(field_size.map(i64::from));
    let revision = sql.optional_number(revision.map(i64::from));
    let reason = sql.optional_text(change.reason.clone());
    let event_id = sql.uuid(&event_id(change.tournament, change.seq));
    let payload = sql.text(change.payload()?);
    let json = sql.dialect().json();
    let unless_owing = match change.event {
        TournamentEvent::RewardsDistributed => {
            "AND NOT EXISTS (SELECT 1 FROM awards AS a \
             WHERE a.tournament_id = t.tournament_id AND a.state <> 'applied')"
        }
        _ => "",
    };

    let row = format!(
        "UPDATE tournaments AS t SET status = {to}, change_seq = {seq}, \
         results_hash = COALESCE({results_hash}, t.results_hash), \
         plan_hash = COALESCE({plan_hash}, t.plan_hash), \
         field_size = COALESCE({field_size}, t.field_size), \
         revision = COALESCE({revision}, t.revision) \
         WHERE t.tournament_id = {id} {unless_owing} RETURNING tournament_id"
    );
    let history = format!(
        "INSERT INTO tournament_changes \
         (tournament_id, seq, event, from_status, to_status, actor, reason, occurred_at) \
         SELECT t.tournament_id, {seq}, {event}, {from}, {to}, {actor}, {reason}, {at} \
         FROM {moved} WHERE t.tournament_id = {id}"
    );
    let outbox = format!(
        "INSERT INTO outbox_events \
         (event_id, tournament_id, seq, event_type, payload, occurred_at) \
         SELECT {event_id}, t.tournament_id, {seq}, {event}, CAST({payload} AS {json}), {at} \
         FROM {moved} WHERE t.tournament_id = {id}"
    );
    Ok(Parts { sql, row, history, outbox })
}

/// The first correction of a tournament makes revision 1, and each one the next.
pub(crate) async fn find_corrections(
    connection: &Connection<'_>,
    ids: &[TournamentId],
) -> Result<Vec<CorrectionRecord>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(ids.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT tournament_id, reason, occurred_at, \
         row_number() OVER (PARTITION BY tournament_id ORDER BY seq) AS revision \
         FROM tournament_changes WHERE tournament_id {among} AND event = 'corrected' \
         ORDER BY tournament_id, revision"
    );
    let step = Step { during: "reading corrections", table: "tournament_changes" };
    let decode = |row: &Row<'_>| {
        let revision = u32::try_from(row.amount("revision")?);
        Ok(CorrectionRecord {
            tournament: row.tournament()?,
            revision: revision.map_err(|_| row.broken("revision", "is a number of corrections"))?,
            reason: row.text("reason")?,
            corrected_at: row.time("occurred_at")?,
        })
    };
    connection.rows(step, sql, text, decode).await
}

/// What an event says about the tournament.
#[derive(Default)]
struct Named {
    results_hash: Option<Hash256>,
    plan_hash: Option<Hash256>,
    field_size: Option<u32>,
    revision: Option<u32>,
}

fn named(event: TournamentEvent) -> Named {
    match event {
        TournamentEvent::ResultsSubmitted { results_hash, field_size } => Named {
            results_hash: Some(results_hash),
            field_size: Some(field_size),
            ..Named::default()
        },
        TournamentEvent::Completed { plan_hash } => {
            Named { plan_hash: Some(plan_hash), ..Named::default() }
        }
        TournamentEvent::Corrected { results_hash, field_size, revision, plan_hash } => Named {
            results_hash: Some(results_hash),
            plan_hash: Some(plan_hash),
            field_size: Some(field_size),
            revision: Some(revision),
        },
        _ => Named::default(),
    }
}

/// The same change always makes the same id, so that a retry publishes nothing twice.
fn event_id(tournament: TournamentId, seq: u32) -> Uuid {
    Uuid::new_v5(tournament.as_uuid(), format!("{tournament}/{seq}").as_bytes())
}
