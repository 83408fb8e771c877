//! A player's own history: every applied award is a step of it, with all that it takes to take the
//! step again, and the counters that the history comes to.

use sea_orm::{DbBackend, DbErr};
use sea_orm_migration::prelude::*;

use crate::ddl;

const SKILL_STEPS: &str = "
    CREATE TABLE skill_steps (
        player_id uuid NOT NULL,
        seq bigint NOT NULL,
        tournament_id uuid NOT NULL,
        revision integer NOT NULL,
        evidence jsonb NOT NULL,
        changes jsonb NOT NULL,
        progress jsonb NOT NULL,
        taken_at timestamptz NOT NULL,
        CONSTRAINT pk_skill_steps PRIMARY KEY (player_id, seq),
        CONSTRAINT uq_skill_steps_tournament UNIQUE (player_id, tournament_id)
    )";

const SKILL_STEPS_BEFORE: &str = "
    CREATE TABLE skill_steps (
        player_id uuid NOT NULL,
        seq bigint NOT NULL,
        tournament_id uuid NOT NULL,
        revision integer NOT NULL,
        changes jsonb NOT NULL,
        taken_at timestamptz NOT NULL,
        CONSTRAINT pk_skill_steps PRIMARY KEY (player_id, seq),
        CONSTRAINT uq_skill_steps_revision UNIQUE (player_id, tournament_id, revision)
    )";

/// Counters of players, from the last step of each.
const COUNTERS: [&str; 4] = [
    "ALTER TABLE players ADD COLUMN wins integer NOT NULL DEFAULT 0
     CONSTRAINT ck_players_wins CHECK (wins >= 0)",
    "ALTER TABLE players ADD COLUMN podiums integer NOT NULL DEFAULT 0
     CONSTRAINT ck_players_podiums CHECK (podiums >= 0)",
    "ALTER TABLE players ADD COLUMN podium_streak integer NOT NULL DEFAULT 0
     CONSTRAINT ck_players_podium_streak CHECK (podium_streak >= 0)",
    "UPDATE players AS p SET tournaments = h.tournaments, wins = h.wins, podiums = h.podiums,
     win_streak = h.win_streak, podium_streak = h.podium_streak
     FROM histories AS h WHERE h.player_id = p.player_id AND h.seq =
     (SELECT max(l.seq) FROM histories AS l WHERE l.player_id = p.player_id)",
];

const NUMBERED: &str = "
    UPDATE skill_profiles AS p SET seq = COALESCE(
        (SELECT max(s.seq) FROM skill_steps AS s WHERE s.player_id = p.player_id), 0
    )";

/// Where the two databases differ: how JSON is made and read.
struct Words {
    object: &'static str,
    placed: &'static str,
    unplaced: &'static str,
    treatment: &'static str,
    nothing: &'static str,
    none: &'static str,
}

const POSTGRES: Words = Words {
    object: "jsonb_build_object",
    placed: "jsonb_build_object('placed', placement)",
    unplaced: "to_jsonb(outcome)",
    treatment: "t.policy -> 'absence' ->> a.outcome",
    nothing: "CAST('{}' AS jsonb)",
    none: "'{}'",
};

const SQLITE: Words = Words {
    object: "json_object",
    placed: "json_object('placed', placement)",
    unplaced: "json_quote(outcome)",
    treatment: "json_extract(t.policy, '$.absence.' || a.outcome)",
    nothing: "'{}'",
    none: "'{}'",
};

/// Steps that were taken stay in their order; an award that took none comes behind the last step
/// before it. Streaks are counted within blocks that begin with whatever ends one.
fn histories(words: &Words) -> String {
    let Words { object, placed, unplaced, treatment, nothing, .. } = words;
    format!(
        "CREATE TEMPORARY TABLE histories AS
         WITH applied AS (
            SELECT a.*, s.seq AS old_seq, s.changes,
            COALESCE(s.seq, (SELECT max(b.seq) FROM skill_steps AS b
            WHERE b.player_id = a.player_id AND b.taken_at <= a.applied_at), 0) AS place,
            CASE WHEN a.outcome = 'placed' OR {treatment} = 'participation'
            THEN 1 ELSE 0 END AS counts
            FROM awards AS a
            JOIN tournaments AS t ON t.tournament_id = a.tournament_id
            LEFT JOIN skill_steps AS s ON s.player_id = a.player_id
            AND s.tournament_id = a.tournament_id AND s.revision = a.revision
            WHERE a.state = 'applied'
         ), marked AS (
            SELECT applied.*, row_number() OVER (PARTITION BY player_id
            ORDER BY place, old_seq IS NULL, applied_at, tournament_id) AS seq,
            CASE WHEN placement = 1 THEN 1 ELSE 0 END AS won,
            CASE WHEN placement <= 3 THEN 1 ELSE 0 END AS podium,
            CASE WHEN outcome <> 'absent' OR counts = 1 THEN 1 ELSE 0 END AS ends
            FROM applied
         ), counted AS (
            SELECT marked.*,
            sum(counts) OVER so_far AS tournaments,
            sum(won) OVER so_far AS career_wins,
            sum(podium) OVER so_far AS podiums,
            sum(ends - won) OVER so_far AS win_block,
            sum(ends - podium) OVER so_far AS podium_block
            FROM marked WINDOW so_far AS (PARTITION BY player_id ORDER BY seq)
         ), streaks AS (
            SELECT counted.*,
            sum(won) OVER (PARTITION BY player_id, win_block ORDER BY seq) AS win_streak,
            sum(podium) OVER (PARTITION BY player_id, podium_block ORDER BY seq) AS podium_streak
            FROM counted
         )
         SELECT player_id, seq, tournament_id, revision, tournaments, podiums, win_streak,
         podium_streak, career_wins AS wins, COALESCE(changes, {nothing}) AS changes, applied_at AS taken_at,
         {object}(
            'outcome', CASE WHEN outcome = 'placed' THEN {placed} ELSE {unplaced} END,
            'field_size', field_size, 'opponent_factor', opponent_factor,
            'match_modifier', match_modifier,
            'record', {object}('wins', wins, 'draws', draws, 'losses', losses,
            'goals_for', goals_for, 'goals_against', goals_against)
         ) AS evidence,
         {object}('tournaments', tournaments, 'wins', career_wins, 'podiums', podiums,
         'win_streak', win_streak, 'podium_streak', podium_streak) AS progress
         FROM streaks"
    )
}

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, &[&histories(words(manager)), "DROP TABLE skill_steps"]).await?;
        ddl::create_table(manager, SKILL_STEPS).await?;
        let copied = "INSERT INTO skill_steps (player_id, seq, tournament_id, revision, evidence,
            changes, progress, taken_at)
            SELECT player_id, seq, tournament_id, revision, evidence, changes, progress, taken_at
            FROM histories";
        ddl::run(manager, &[copied, NUMBERED]).await?;
        ddl::run(manager, &COUNTERS).await?;
        ddl::run(manager, &["DROP TABLE histories"]).await
    }

    /// Steps that moved nothing are forgotten.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let none = words(manager).none;
        let moved = format!(
            "CREATE TEMPORARY TABLE histories AS
             SELECT player_id, row_number() OVER (PARTITION BY player_id ORDER BY seq) AS seq,
             tournament_id, revision, changes, taken_at FROM skill_steps WHERE changes <> {none}"
        );
        ddl::run(manager, &[&moved, "DROP TABLE skill_steps"]).await?;
        ddl::create_table(manager, SKILL_STEPS_BEFORE).await?;
        let copied = "INSERT INTO skill_steps
            (player_id, seq, tournament_id, revision, changes, taken_at)
            SELECT player_id, seq, tournament_id, revision, changes, taken_at FROM histories";
        ddl::run(manager, &[copied, "DROP TABLE histories", NUMBERED]).await?;
        let forgotten = [
            "ALTER TABLE players DROP COLUMN podium_streak",
            "ALTER TABLE players DROP COLUMN podiums",
            "ALTER TABLE players DROP COLUMN wins",
        ];
        ddl::run(manager, &forgotten).await
    }
}

fn words(manager: &SchemaManager<'_>) -> &'static Words {
    match manager.get_database_backend() {
        DbBackend::Sqlite => &SQLITE,
        _ => &POSTGRES,
    }
}
