//! The migration that keeps histories makes one of what was paid before.

use migrations::up;
use sea_orm::DatabaseConnection;
use serde_json::{Value, json};

use crate::{
    databases::{postgres, sqlite},
    rows::{down_before, said, send},
};

const HISTORIES: &str = "m20261125_000013_keep_histories";

#[tokio::test]
async fn what_was_paid_is_history_on_sqlite() {
    what_was_paid_is_history(&sqlite().await.connection).await;
}

#[tokio::test]
async fn what_was_paid_is_history_on_postgres() {
    what_was_paid_is_history(&postgres().await.connection).await;
}

/// A win, a race that was not finished, another win, and an award that is still to be paid.
async fn what_was_paid_is_history(db: &DatabaseConnection) {
    up(db).await.unwrap();
    down_before(db, HISTORIES).await.unwrap();
    plant(db).await;

    up(db).await.unwrap();
    let history = history(db).await;
    down_before(db, HISTORIES).await.unwrap();
    let steps = said(db, "SELECT seq || ' ' || changes AS said FROM skill_steps").await;
    up(db).await.unwrap();

    let after = |outcome: Value, tournaments: u32, wins: u32, streak: u32| {
        let progress = json!({
            "tournaments": tournaments, "wins": wins, "podiums": wins, "win_streak": streak,
            "podium_streak": streak
        });
        (outcome, progress)
    };
    let won = || json!({"placed": 1});
    let expected =
        [after(won(), 1, 1, 1), after(json!("unplaced"), 2, 1, 0), after(won(), 3, 2, 1)];
    assert_eq!(history, expected);
    assert_eq!(self::history(db).await, expected, "down and up again");
    assert_eq!(steps.len(), 2, "the older schema has no step that moves nothing: {steps:?}");
    let counters = "SELECT tournaments || ' ' || wins || ' ' || podiums || ' ' || podium_streak \
                    AS said FROM players";
    assert_eq!(said(db, counters).await, ["3 2 2 1"]);
    let last = "SELECT CAST(seq AS text) AS said FROM skill_profiles";
    assert_eq!(said(db, last).await, ["3"]);
}

async fn plant(db: &DatabaseConnection) {
    let player = "INSERT INTO players (player_id, key, name, baseline_level, tournaments, \
                  win_streak, created_at) VALUES ({1}, 'k', 'n', 600, 3, 1, \
                  '2026-11-24T12:00:00Z')";
    send(db, player).await.unwrap();
    send(db, "INSERT INTO skill_profiles VALUES ({1}, '{}', 2)").await.unwrap();
    let ends = [("placed", "1"), ("unplaced", "NULL"), ("placed", "1"), ("placed", "2")];
    for (cup, (outcome, placement)) in (1..).zip(ends) {
        plant_cup(db, cup, outcome, placement).await;
    }
    for (seq, cup) in [(1, 1), (2, 3)] {
        let step = format!(
            "INSERT INTO skill_steps VALUES ({{1}}, {seq}, {{{cup}}}, 0, \
             '{{\"focus\":{{\"before\":600,\"after\":610}}}}', '2026-11-24T12:0{cup}:00Z')"
        );
        send(db, &step).await.unwrap();
    }
}

async fn plant_cup(db: &DatabaseConnection, cup: u8, outcome: &str, placement: &str) {
    let policy =
        r#"{"absence":{"unplaced":"participation","disqualified":"nothing","absent":"nothing"}}"#;
    let tournament = format!(
        "INSERT INTO tournaments (tournament_id, key, name, status, policy, revision, change_seq, \
         field_size, created_at) VALUES ({{{cup}}}, '{cup}', '{cup}', 'completed', '{policy}', 0, \
         0, 2, '2026-11-24T12:00:00Z')"
    );
    send(db, &tournament).await.unwrap();
    let paid = format!("'applied', '2026-11-24T12:0{cup}:00Z', 0, 51, 1");
    let state = if cup == 4 { "'pending', NULL, NULL, 0, 0" } else { &paid };
    let award = format!(
        "INSERT INTO awards (tournament_id, player_id, revision, outcome, placement, field_size, \
         opponent_factor, match_modifier, wins, draws, losses, goals_for, goals_against, xp_base, \
         xp_bonus, credits, state, applied_at, paid_revision, xp_paid, credits_paid) \
         VALUES ({{{cup}}}, {{1}}, 0, '{outcome}', {placement}, 2, 10000, 0, 0, 0, 0, 0, 0, 50, 1, \
         1, {state})"
    );
    send(db, &award).await.unwrap();
}

/// How each step ended, and the counters after it.
async fn history(db: &DatabaseConnection) -> Vec<(Value, Value)> {
    let evidence = "SELECT CAST(evidence AS text) AS said FROM skill_steps ORDER BY seq";
    let progress = "SELECT CAST(progress AS text) AS said FROM skill_steps ORDER BY seq";
    let (evidence, progress) = (said(db, evidence).await, said(db, progress).await);
    let read = |text: &String| serde_json::from_str::<Value>(text).unwrap();
    let outcomes = evidence.iter().map(|it| read(it)["outcome"].clone());
    outcomes.zip(progress.iter().map(read)).collect()
}
