//! Every UNIQUE and every CHECK refuses once.

use migrations::up;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

use crate::databases::{postgres, sqlite};

const ID: &str = "00000000000000000000000000000001";
const OTHER: &str = "00000000000000000000000000000002";

/// One good row of each table; `{id}` and `{at}` are spelled by the database.
const ROWS: [(&str, &str); 14] = [
    (
        "players",
        "player_id={id} key='k' name='n' baseline_level=600 tournaments=0 win_streak=0 created_at={at}",
    ),
    ("accounts", "player_id={id} currency='XP' balance=0 seq=0"),
    (
        "ledger_entries",
        "player_id={id} currency='XP' seq=1 amount=5 balance_after=5 tournament_id={id} idempotency_key='k' recorded_at={at}",
    ),
    (
        "badges",
        "player_id={id} tournament_id={id} badge_type='TRIPLE_CROWN' once_in_a_life=true earned_at={at}",
    ),
    ("skill_profiles", "player_id={id} skills='{}' seq=0"),
    (
        "skill_steps",
        "player_id={id} seq=1 tournament_id={id} revision=0 changes='{}' taken_at={at}",
    ),
    (
        "assessments",
        "player_id={id} assessment_id={id} skill='focus' percentage=1000 assessor='a' assessed_at={at}",
    ),
    (
        "tournaments",
        "tournament_id={id} key='k' name='n' status='scheduled' policy='{}' revision=0 change_seq=0 field_size=0 created_at={at}",
    ),
    (
        "tournament_changes",
        "tournament_id={id} seq=1 event='e' from_status='scheduled' to_status='in_progress' actor='a' occurred_at={at}",
    ),
    (
        "results",
        "tournament_id={id} player_id={id} outcome='placed' placement=1 wins=0 draws=0 losses=0 goals_for=0 goals_against=0",
    ),
    (
        "awards",
        "tournament_id={id} player_id={id} revision=0 outcome='unplaced' placement=NULL field_size=1 opponent_factor=10000 match_modifier=0 wins=0 draws=0 losses=0 goals_for=0 goals_against=0 xp_base=1 xp_bonus=1 credits=1 state='pending' failure=NULL applied_at=NULL",
    ),
    (
        "outbox_events",
        "event_id={id} tournament_id={id} seq=1 event_type='e' payload='{}' occurred_at={at}",
    ),
    ("verification_runs", "run_id={id} started_at={at} outcome='held' report='{}'"),
    ("lock_observations", "observation_id={id} observed_at={at} document='{}'"),
];

/// The same row with other values, and the rule that refuses it.
/// Without other values it is the same row once more.
const REFUSED: [(&str, &str, &str); 47] = [
    ("players", "", "pk_players"),
    ("players", "player_id={other} baseline_level=1001", "ck_players_baseline_level"),
    ("players", "player_id={other} baseline_level=-1", "ck_players_baseline_level"),
    ("players", "player_id={other} tournaments=-1", "ck_players_tournaments"),
    ("players", "player_id={other} win_streak=-1", "ck_players_win_streak"),
    ("accounts", "", "pk_accounts"),
    ("accounts", "player_id={other} currency='GOLD'", "ck_accounts_currency"),
    ("accounts", "player_id={other} balance=-1", "ck_accounts_balance"),
    ("accounts", "player_id={other} seq=-1", "ck_accounts_seq"),
    ("ledger_entries", "idempotency_key='other'", "pk_ledger_entries"),
    ("ledger_entries", "seq=2", "uq_ledger_entries_idempotency_key"),
    ("ledger_entries", "seq=2 idempotency_key='other' amount=0", "ck_ledger_entries_amount"),
    (
        "ledger_entries",
        "seq=2 idempotency_key='other' balance_after=-1",
        "ck_ledger_entries_balance_after",
    ),
    ("badges", "once_in_a_life=false", "pk_badges"),
    ("badges", "tournament_id={other}", "uq_badges_once_in_a_life"),
    ("skill_profiles", "", "pk_skill_profiles"),
    ("skill_profiles", "player_id={other} seq=-1", "ck_skill_profiles_seq"),
    ("skill_steps", "revision=1", "pk_skill_steps"),
    ("skill_steps", "seq=2", "uq_skill_steps_revision"),
    ("assessments", "", "pk_assessments"),
    ("assessments", "assessment_id={other} percentage=1001", "ck_assessments_percentage"),
    ("tournaments", "", "pk_tournaments"),
    ("tournaments", "tournament_id={other} status='lost'", "ck_tournaments_status"),
    ("tournaments", "tournament_id={other} revision=-1", "ck_tournaments_revision"),
    ("tournaments", "tournament_id={other} change_seq=-1", "ck_tournaments_change_seq"),
    ("tournaments", "tournament_id={other} field_size=-1", "ck_tournaments_field_size"),
    ("tournament_changes", "", "pk_tournament_changes"),
    ("tournament_changes", "seq=0", "ck_tournament_changes_seq"),
    ("results", "", "pk_results"),
    ("results", "player_id={other} outcome='won' placement=NULL", "ck_results_outcome"),
    ("results", "player_id={other} placement=NULL", "ck_results_placement"),
    ("results", "player_id={other} placement=0", "ck_results_placement"),
    ("results", "player_id={other} wins=-1", "ck_results_record"),
    ("awards", "", "pk_awards"),
    ("awards", "player_id={other} outcome='won'", "ck_awards_outcome"),
    ("awards", "player_id={other} state='lost'", "ck_awards_state"),
    ("awards", "player_id={other} placement=1", "ck_awards_placement"),
    ("awards", "player_id={other} credits=-1", "ck_awards_amounts"),
    ("awards", "player_id={other} losses=-1", "ck_awards_record"),
    ("awards", "player_id={other} field_size=-1", "ck_awards_field_size"),
    ("awards", "player_id={other} revision=-1", "ck_awards_revision"),
    ("awards", "player_id={other} state='failed'", "ck_awards_failure"),
    ("awards", "player_id={other} state='applied'", "ck_awards_applied_at"),
    ("outbox_events", "", "pk_outbox_events"),
    ("verification_runs", "", "pk_verification_runs"),
    ("verification_runs", "run_id={other} outcome='lost'", "ck_verification_runs_outcome"),
    ("lock_observations", "", "pk_lock_observations"),
];

#[tokio::test]
async fn every_rule_of_sqlite_refuses() {
    every_rule_refuses(&sqlite().await.connection).await;
}

#[tokio::test]
async fn every_rule_of_postgres_refuses() {
    let blank = postgres().await;
    every_rule_refuses(&blank.connection).await;
}

async fn every_rule_refuses(db: &DatabaseConnection) {
    up(db).await.unwrap();
    for (table, row) in ROWS {
        insert(db, table, &fields(row)).await.unwrap();
    }

    for (table, changes, rule) in REFUSED {
        let good = ROWS.iter().find(|it| it.0 == table).unwrap().1;
        let refused = insert(db, table, &changed(&fields(good), &fields(changes))).await;
        let said = refused.expect_err(rule);
        assert!(names(db, &said, rule), "{table} {changes}: {said}");
    }
}

async fn insert(
    db: &DatabaseConnection,
    table: &str,
    fields: &[(&str, &str)],
) -> Result<(), String> {
    let names: Vec<_> = fields.iter().map(|it| it.0).collect();
    let values: Vec<_> = fields.iter().map(|it| spelled(db, it.1)).collect();
    let text = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", "));
    db.execute_unprepared(&text).await.map(drop).map_err(|it| it.to_string())
}

fn fields(row: &str) -> Vec<(&str, &str)> {
    row.split_whitespace().map(|it| it.split_once('=').unwrap()).collect()
}

fn changed<'a>(
    good: &[(&'a str, &'a str)],
    changes: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let new = |name| changes.iter().find(|it| it.0 == name).map(|it| it.1);
    good.iter().map(|(name, old)| (*name, new(*name).unwrap_or(old))).collect()
}

fn spelled(db: &DatabaseConnection, value: &str) -> String {
    let id = |hex| match db.get_database_backend() {
        DbBackend::Sqlite => format!("x'{hex}'"),
        _ => format!("'{hex}'"),
    };
    let (one, other) = (id(ID), id(OTHER));
    value.replace("{id}", &one).replace("{other}", &other).replace("{at}", "'2026-11-24T12:00:00Z'")
}

/// SQLite names a check, and of a key the columns.
fn names(db: &DatabaseConnection, said: &str, rule: &str) -> bool {
    match db.get_database_backend() {
        DbBackend::Sqlite if !rule.starts_with("ck_") => said.contains("UNIQUE constraint failed"),
        _ => said.contains(rule),
    }
}
