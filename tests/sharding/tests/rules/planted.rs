//! Each rule about statements, broken on purpose.

use std::collections::BTreeSet;

use migrations::families::Family::{Player, Tournament};
use sea_orm::Database;
use sharding::statements::{
    Breach::{
        self, AdvisoryLock, Codeless, Crossing, Isolation, LockOfWhole, NamedConstraint,
        NamelessInsert, QueryInValues, Setting, SimpleCase, Uncounted, WideLock,
    },
    Unsteady, breaches,
};
use test_databases::blank_postgres;

#[tokio::test]
async fn every_broken_rule_is_named() {
    let database = blank_postgres().await;
    let unsteady = Unsteady::of(&Database::connect(database.url()).await.unwrap()).await;

    for (text, expected) in planted() {
        let expected: BTreeSet<_> = expected.into_iter().collect();
        assert_eq!(breaches(text, &unsteady), expected, "{text}");
    }
}

#[tokio::test]
async fn what_breaks_no_rule_is_left_alone() {
    let database = blank_postgres().await;
    let unsteady = Unsteady::of(&Database::connect(database.url()).await.unwrap()).await;

    for text in GOOD {
        assert_eq!(breaches(text, &unsteady), BTreeSet::new(), "{text}");
    }
}

fn planted() -> Vec<(&'static str, Vec<Breach>)> {
    let unsteady = |name: &str| Breach::Unsteady(name.into());
    let on_badges = |breach: fn(String) -> Breach| breach("badges".into());
    vec![
        ("SELECT CASE currency WHEN 'XP' THEN 1 END FROM accounts", vec![SimpleCase]),
        ("INSERT INTO badges VALUES ($1, 2), ($3, (SELECT 1))", vec![QueryInValues]),
        ("SELECT pg_advisory_xact_lock(1)", vec![AdvisoryLock, unsteady("pg_advisory_xact_lock")]),
        ("SELECT pg_try_advisory_lock(1)", vec![AdvisoryLock, unsteady("pg_try_advisory_lock")]),
        ("UPDATE badges SET earned_at = NOW()", vec![unsteady("now")]),
        (
            "UPDATE badges SET earned_at = current_timestamp WHERE true",
            vec![unsteady("current_timestamp")],
        ),
        (
            "INSERT INTO badges AS b SELECT $1 ON CONFLICT (player_id) DO UPDATE \
             SET earned_at = clock_timestamp() RETURNING gen_random_uuid(), random()",
            vec![unsteady("clock_timestamp"), unsteady("gen_random_uuid"), unsteady("random")],
        ),
        ("BEGIN ISOLATION LEVEL SERIALIZABLE", vec![Isolation]),
        ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", vec![Isolation]),
        ("SET LOCAL lock_timeout = 0", vec![Setting]),
        (
            "INSERT INTO badges VALUES ($1) ON CONFLICT ON CONSTRAINT pk_badges DO UPDATE SET a = 1",
            vec![NamedConstraint],
        ),
        (
            "INSERT INTO badges SELECT r.a FROM unnest($1) AS r(a) RETURNING player_id",
            vec![on_badges(NamelessInsert)],
        ),
        (
            "WITH b AS (INSERT INTO badges SELECT $1 RETURNING player_id) SELECT * FROM b",
            vec![on_badges(NamelessInsert)],
        ),
        ("INSERT INTO badges VALUES ($1) ON CONFLICT DO NOTHING", vec![on_badges(Uncounted)]),
        (
            "INSERT INTO badges AS b SELECT r.a FROM unnest($1, $2) AS r(a, b)",
            vec![on_badges(Codeless)],
        ),
        (
            "INSERT INTO badges SELECT r.a FROM (SELECT c.*, $2 AS b FROM unnest($1) AS c(a)) AS r",
            vec![on_badges(Codeless)],
        ),
        (
            "SELECT 1 FROM accounts WHERE player_id = ANY($1) FOR SHARE",
            vec![WideLock("accounts".into())],
        ),
        (
            "UPDATE awards SET a = 1 WHERE player_id IN (SELECT player_id FROM awards \
             WHERE player_id = $1 FOR UPDATE SKIP LOCKED)",
            vec![WideLock("awards".into())],
        ),
        (
            "SELECT 1 FROM verification_runs WHERE run_id = $1 FOR KEY SHARE",
            vec![LockOfWhole("verification_runs".into())],
        ),
        (
            "SELECT 1 FROM awards AS a WHERE EXISTS (SELECT 1 FROM level_ups AS l)",
            vec![Crossing([Player, Tournament].into())],
        ),
        (
            "UPDATE players SET wins = 1 FROM results WHERE true",
            vec![Crossing([Player, Tournament].into())],
        ),
    ]
}

const GOOD: [&str; 7] = [
    "SELECT CASE WHEN currency = 'it''s CASE x WHEN (now())' THEN 1 END FROM accounts",
    "INSERT INTO badges VALUES ($1, upper($2)), ($3, $4) ON CONFLICT DO NOTHING RETURNING a",
    "INSERT INTO badges AS b SELECT r.a FROM unnest($1) AS r(a) RETURNING player_id",
    "INSERT INTO badges SELECT r.a FROM unnest($1) AS r(a) ON CONFLICT (a) DO UPDATE SET a = 1",
    "SELECT 1 FROM awards WHERE tournament_id = $1 AND true FOR UPDATE SKIP LOCKED",
    "SELECT 1 FROM awards AS a JOIN tournaments AS t ON t.tournament_id = a.tournament_id",
    "BEGIN ISOLATION LEVEL READ COMMITTED",
];
