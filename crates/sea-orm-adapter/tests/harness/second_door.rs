//! The second door into a database, past the ports: breaks stored rows, and reads what no port reads.

#![expect(clippy::unwrap_used, reason = "a harness without its database panics")]

use conformance::{Fault, Trail};
use domain::{Currency, PlayerId, TournamentId};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use sea_orm_adapter::SeaOrmStore;
use time::OffsetDateTime;
use uuid::Uuid;

/// Breaks what `fault` names, in either database.
pub(crate) async fn plant(store: &SeaOrmStore, fault: Fault) {
    let (text, values) = match fault {
        Fault::UnreadableProfile(player) => unreadable_profile(player),
        Fault::TakenEntryNumber(player, currency) => taken_entry_number(player, currency),
        Fault::TakenStepNumber(player) => taken_step_number(player),
    };
    let connection = store.connection();
    let backend: DbBackend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, text, values);
    let written = connection.execute_raw(statement).await.unwrap().rows_affected();
    assert_eq!(written, 1, "{fault:?} needs a registered player");
}

/// The names of a tournament's changes, as the history and the outbox have them.
pub(crate) async fn trail(store: &SeaOrmStore, tournament: TournamentId) -> Trail {
    Trail {
        history: events(store, "event", "tournament_changes", tournament).await,
        outbox: events(store, "event_type", "outbox_events", tournament).await,
    }
}

async fn events(
    store: &SeaOrmStore,
    column: &str,
    table: &str,
    tournament: TournamentId,
) -> Vec<String> {
    let text =
        format!("SELECT {column} AS event FROM {table} WHERE tournament_id = $1 ORDER BY seq");
    let connection = store.connection();
    let backend: DbBackend = connection.get_database_backend();
    let id = (*tournament.as_uuid()).into();
    let statement = Statement::from_sql_and_values(backend, text, vec![id]);
    let rows = connection.query_all_raw(statement).await.unwrap();
    rows.iter().map(|it| it.try_get("", "event").unwrap()).collect()
}

fn unreadable_profile(player: PlayerId) -> (&'static str, Vec<Value>) {
    let text = "UPDATE skill_profiles SET skills = '[1]' WHERE player_id = $1";
    (text, vec![(*player.as_uuid()).into()])
}

fn taken_entry_number(player: PlayerId, currency: Currency) -> (&'static str, Vec<Value>) {
    let text = "INSERT INTO ledger_entries (player_id, currency, seq, amount, balance_after, \
                cause, revision, tournament_id, idempotency_key, recorded_at) \
                SELECT player_id, currency, seq + 1, 1, balance + 1, 'award', 0, $3, \
                'planted:' || currency, $4 \
                FROM accounts WHERE player_id = $1 AND currency = $2";
    let currency = currency.as_str().into();
    (text, vec![(*player.as_uuid()).into(), currency, Uuid::nil().into(), epoch()])
}

fn taken_step_number(player: PlayerId) -> (&'static str, Vec<Value>) {
    let text = r#"INSERT INTO skill_steps
                (player_id, seq, tournament_id, revision, evidence, changes, progress, taken_at)
                SELECT player_id, seq + 1, $2, 0, '{"outcome": {"placed": 1}, "field_size": 2,
                "opponent_factor": 10000, "match_modifier": 0, "record": {"wins": 0, "draws": 0,
                "losses": 0, "goals_for": 0, "goals_against": 0}}', '{}', '{"tournaments": 1,
                "wins": 0, "podiums": 0, "win_streak": 0, "podium_streak": 0}', $3
                FROM skill_profiles WHERE player_id = $1"#;
    (text, vec![(*player.as_uuid()).into(), Uuid::nil().into(), epoch()])
}

fn epoch() -> Value {
    OffsetDateTime::UNIX_EPOCH.into()
}
