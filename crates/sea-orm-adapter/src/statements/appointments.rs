//! Tournaments that are to be finalized at a time.

use domain::TournamentId;
use ports::{Actor, StoreError, Timestamp, spi::Appointment};

use crate::{
    connection::Connection,
    decode::{self, Row},
    rows::Rows,
    sql::{Sql, Step},
};

const TABLE: &str = "appointments";
const COLUMNS: &str = "tournament_id, finalize_at, actor";

pub(crate) async fn put(
    connection: &Connection<'_>,
    appointments: &[Appointment],
) -> Result<(), StoreError> {
    let mut sql = connection.sql();
    let rows = sql.rows(keys(appointments).text("actor", |it| it.actor.as_str()));
    let text = format!(
        "INSERT INTO appointments ({COLUMNS}) \
         SELECT r.tournament_id, r.finalize_at, r.actor FROM {rows} WHERE true \
         ON CONFLICT (tournament_id) DO UPDATE SET finalize_at = excluded.finalize_at, \
         actor = excluded.actor RETURNING tournament_id"
    );
    let step = Step { during: "making appointments", table: TABLE };
    connection.rows(step, sql, text, decode::tournament_id).await.map(drop)
}

pub(crate) async fn remove(
    connection: &Connection<'_>,
    appointments: &[Appointment],
) -> Result<u64, StoreError> {
    let mut sql = connection.sql();
    let rows = sql.rows(keys(appointments));
    let moment = |column: &str| connection.dialect().moment(column);
    let (kept, read) = (moment("a.finalize_at"), moment("r.finalize_at"));
    let text = format!(
        "DELETE FROM appointments AS a WHERE EXISTS (SELECT 1 FROM {rows} \
         WHERE r.tournament_id = a.tournament_id AND {kept} = {read})"
    );
    let step = Step { during: "keeping appointments", table: TABLE };
    connection.execute(step, sql, text).await
}

pub(crate) async fn find(
    connection: &Connection<'_>,
    ids: &[TournamentId],
) -> Result<Vec<Appointment>, StoreError> {
    let mut sql = connection.sql();
    let among = sql.one_of(ids.iter().map(|it| *it.as_uuid()));
    let text = format!(
        "SELECT {COLUMNS} FROM appointments WHERE tournament_id {among} ORDER BY tournament_id"
    );
    read(connection, sql, text).await
}

/// What is due, the first ones behind `after`.
pub(crate) async fn list_due(
    connection: &Connection<'_>,
    at: Timestamp,
    after: Option<(Timestamp, TournamentId)>,
    limit: u32,
) -> Result<Vec<Appointment>, StoreError> {
    let mut sql = connection.sql();
    let due = connection.dialect().moment("finalize_at");
    let at = sql.moment(at);
    let behind = match after {
        Some((finalize_at, tournament)) => {
            let (at, id) = (sql.moment(finalize_at), sql.uuid(tournament.as_uuid()));
            format!("({due}, tournament_id) > ({at}, {id})")
        }
        None => "true".to_owned(),
    };
    let limit = sql.number(limit);
    let text = format!(
        "SELECT {COLUMNS} FROM appointments WHERE {due} <= {at} AND {behind} \
         ORDER BY {due}, tournament_id LIMIT {limit}"
    );
    read(connection, sql, text).await
}

async fn read(
    connection: &Connection<'_>,
    sql: Sql,
    text: String,
) -> Result<Vec<Appointment>, StoreError> {
    let step = Step { during: "reading appointments", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

fn keys(appointments: &[Appointment]) -> Rows<'_, Appointment> {
    Rows::of(appointments)
        .uuid("tournament_id", |it| *it.tournament.as_uuid())
        .moment("finalize_at", |it| it.finalize_at)
}

fn decode(row: &Row<'_>) -> Result<Appointment, StoreError> {
    Ok(Appointment {
        tournament: row.tournament()?,
        finalize_at: row.time("finalize_at")?,
        actor: Actor::new(row.text("actor")?),
    })
}
