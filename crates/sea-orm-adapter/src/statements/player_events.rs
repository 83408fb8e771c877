//! What happens to players: told by the row whose counter of events moves.

use domain::{PlayerEvent, TournamentId};
use ports::{
    StoreError, Timestamp,
    spi::{EventOwner, EventRecord, EventScope, ToldProgress},
};
use uuid::Uuid;

use super::feed::Places;
use crate::{
    connection::Connection,
    decode::Row,
    dialect::Dialect,
    errors,
    rows::Rows,
    sql::{Sql, Step},
};

const TABLE: &str = "player_events";

/// Counters and the numbers of the events, in the same rows: see [`tell`].
const COUNTERS: &str = "tournaments = r.tournaments, wins = r.wins, podiums = r.podiums, \
    win_streak = r.win_streak, podium_streak = r.podium_streak, level_max = r.level_max, ";

const WRITTEN: &str = "INSERT INTO player_events AS e \
    (player_id, seq, event_type, tournament_id, revision, data, occurred_at)";

pub(crate) async fn update_progress(
    connection: &Connection<'_>,
    progress: &[ToldProgress],
    at: Timestamp,
) -> Result<(), StoreError> {
    let rows = |sql: &mut Sql| {
        let rows = Rows::of(progress)
            .number("tournaments", |it| it.progress.tournaments)
            .number("wins", |it| it.progress.wins)
            .number("podiums", |it| it.progress.podiums)
            .number("win_streak", |it| it.progress.win_streak)
            .number("podium_streak", |it| it.progress.podium_streak)
            .number("level_max", |it| it.progress.level_max);
        sql.rows(with_events(rows, |it| &it.event))
    };
    let step = Step { during: "counting tournaments", table: "players" };
    tell(connection, step, progress.len(), COUNTERS, rows, at).await
}

pub(crate) async fn insert(
    connection: &Connection<'_>,
    events: &[PlayerEvent],
    at: Timestamp,
) -> Result<(), StoreError> {
    let rows = |sql: &mut Sql| sql.rows(with_events(Rows::of(events), |it| it));
    let step = Step { during: "telling of players", table: "players" };
    tell(connection, step, events.len(), "", rows, at).await
}

/// OUTBOX-1, OUTBOX-2: the row of the player moves first, and says which number the event has.
async fn tell(
    connection: &Connection<'_>,
    step: Step,
    events: usize,
    counters: &str,
    rows: impl Fn(&mut Sql) -> String + Send,
    at: Timestamp,
) -> Result<(), StoreError> {
    let told = match connection.dialect() {
        Dialect::Postgres => at_once(connection, step, counters, rows, at).await?,
        Dialect::Sqlite => one_by_one(connection, step, counters, rows, at).await?,
    };
    if told != events as u64 {
        return Err(errors::corrupt(step.table, "whoever something happens to is registered"));
    }
    Ok(())
}

async fn at_once(
    connection: &Connection<'_>,
    step: Step,
    counters: &str,
    rows: impl Fn(&mut Sql) -> String + Send,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let mut sql = connection.sql();
    let (at, rows) = (sql.time(at), rows(&mut sql));
    let columns = columns("m", connection.dialect());
    let text = format!(
        "WITH moved AS (UPDATE players AS p SET {counters}event_seq = p.event_seq + 1 FROM {rows} \
         WHERE p.player_id = r.player_id RETURNING p.player_id, p.event_seq, r.event_type, \
         r.award_tournament, r.award_revision, r.data), \
         told AS ({WRITTEN} SELECT m.player_id, m.event_seq, {columns}, {at} \
         FROM moved AS m RETURNING e.seq) \
         SELECT count(*) AS told FROM told"
    );
    let told = connection.row(step, sql, text, |row| row.unsigned("told")).await?;
    Ok(told.unwrap_or_default())
}

async fn one_by_one(
    connection: &Connection<'_>,
    step: Step,
    counters: &str,
    rows: impl Fn(&mut Sql) -> String + Send,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let mut sql = connection.sql();
    let moved = rows(&mut sql);
    let text = format!(
        "UPDATE players AS p SET {counters}event_seq = p.event_seq + 1 FROM {moved} \
         WHERE p.player_id = r.player_id"
    );
    connection.execute(step, sql, text).await?;
    let mut sql = connection.sql();
    let (at, rows) = (sql.time(at), rows(&mut sql));
    let columns = columns("r", connection.dialect());
    let text = format!(
        "{WRITTEN} SELECT p.player_id, p.event_seq, {columns}, {at} \
         FROM {rows} CROSS JOIN players AS p WHERE p.player_id = r.player_id"
    );
    connection.execute(Step { table: TABLE, ..step }, sql, text).await
}

/// A batch has no NULLs: an event without a tournament has that of nobody.
fn with_events<'a, T>(rows: Rows<'a, T>, event: fn(&'a T) -> &'a PlayerEvent) -> Rows<'a, T> {
    let award = move |it| event(it).award;
    rows.uuid("player_id", move |it| *event(it).player.as_uuid())
        .text("data", move |it| event(it).data.as_str())
        .usually_same(|rows| {
            rows.text("event_type", move |it| event(it).kind.as_str())
                .uuid("award_tournament", move |it| {
                    award(it).map_or(Uuid::nil(), |it| *it.0.as_uuid())
                })
                .number("award_revision", move |it| {
                    award(it).map_or(-1, |it: (_, u32)| i64::from(it.1))
                })
        })
}

fn columns(of: &str, dialect: Dialect) -> String {
    let nobody = dialect.nil_id();
    format!(
        "{of}.event_type, NULLIF({of}.award_tournament, {nobody}), \
         NULLIF({of}.award_revision, -1), {of}.data"
    )
}

/// The part of the feed that is about players.
pub(crate) async fn list(
    connection: &Connection<'_>,
    scope: EventScope,
    places: Places<'_>,
) -> Result<Vec<EventRecord>, StoreError> {
    let mut sql = connection.sql();
    let whose = match scope {
        EventScope::All => String::new(),
        EventScope::Player(id) => format!(" AND e.player_id = {}", sql.uuid(id.as_uuid())),
        EventScope::Tournament(id) => format!(" AND e.tournament_id = {}", sql.uuid(id.as_uuid())),
    };
    let (places, limit) = places.bind(&mut sql);
    let text = format!(
        "SELECT e.player_id, e.seq, e.event_type, e.tournament_id, e.revision, e.data, \
         e.occurred_at, e.feed_position FROM player_events AS e \
         WHERE e.feed_position {places}{whose} ORDER BY e.feed_position{limit}"
    );
    let step = Step { during: "reading events of players", table: TABLE };
    connection.rows(step, sql, text, decode).await
}

fn decode(row: &Row<'_>) -> Result<EventRecord, StoreError> {
    let revision = row.get::<Option<i32>>("revision")?.map(u32::try_from).transpose();
    Ok(EventRecord {
        position: row.amount("feed_position")?,
        owner: EventOwner::Player(row.player()?),
        seq: row.amount("seq")?,
        name: row.text("event_type")?,
        tournament: row.get::<Option<Uuid>>("tournament_id")?.map(TournamentId::from_uuid),
        revision: revision.map_err(|_| row.broken("revision", "is not negative"))?,
        data: row.text("data")?,
        occurred_at: row.time("occurred_at")?,
    })
}
