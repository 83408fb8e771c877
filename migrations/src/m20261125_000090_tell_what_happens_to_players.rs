//! What happens to a player is told, too: numbered for each player, without gaps. And every event has
//! a place in one feed, which it is given once it is committed.
//!
//! What was paid before is told by this migration, one event for each step of a player's history; of
//! corrections the last one. What each award has paid is all that is known of it.

use sea_orm::DbErr;
use sea_orm_migration::prelude::*;

use crate::ddl;

const EVENT_SEQ: &str = "
    ALTER TABLE players ADD COLUMN event_seq bigint NOT NULL DEFAULT 0
    CONSTRAINT ck_players_event_seq CHECK (event_seq >= 0)";

/// An event is told once and stays as it is, so its particulars are kept as they were written.
const PLAYER_EVENTS: &str = "
    CREATE TABLE player_events (
        player_id uuid NOT NULL,
        seq bigint NOT NULL,
        event_type text NOT NULL,
        tournament_id uuid,
        revision integer,
        data text NOT NULL,
        occurred_at timestamptz NOT NULL,
        feed_position bigint,
        CONSTRAINT pk_player_events PRIMARY KEY (player_id, seq),
        CONSTRAINT ck_player_events_seq CHECK (seq >= 1),
        CONSTRAINT ck_player_events_feed_position CHECK (feed_position >= 1)
    )";

const FEED_POSITION: &str = "
    ALTER TABLE outbox_events ADD COLUMN feed_position bigint
    CONSTRAINT ck_outbox_events_feed_position CHECK (feed_position >= 1)";

/// One row, `feed`: who gives positions locks it.
const FEED_HEADS: &str = "
    CREATE TABLE feed_heads (
        name text NOT NULL,
        last_position bigint NOT NULL,
        CONSTRAINT pk_feed_heads PRIMARY KEY (name),
        CONSTRAINT ck_feed_heads_last_position CHECK (last_position >= 0)
    )";

/// Both look for what has no place yet, in the order in which it is to be given one, and for what is
/// behind a place.
const PLACES: [&str; 2] = [
    "CREATE INDEX ix_player_events_feed ON player_events (feed_position, player_id, seq)",
    "CREATE INDEX ix_outbox_events_feed ON outbox_events (feed_position, tournament_id, seq)",
];

/// Steps are numbered without gaps, one for each award that was applied.
const TOLD: [&str; 2] = [
    "INSERT INTO player_events \
     (player_id, seq, event_type, tournament_id, revision, data, occurred_at) \
     SELECT s.player_id, s.seq, \
     CASE WHEN COALESCE(a.paid_revision, 0) = 0 THEN 'reward.paid' ELSE 'reward.corrected' END, \
     s.tournament_id, COALESCE(a.paid_revision, s.revision), \
     '{\"xp\":' || COALESCE(a.xp_paid, 0) || ',\"credits\":' || COALESCE(a.credits_paid, 0) || '}', \
     s.taken_at FROM skill_steps AS s LEFT JOIN awards AS a \
     ON a.tournament_id = s.tournament_id AND a.player_id = s.player_id",
    "UPDATE players SET event_seq = (SELECT COALESCE(max(e.seq), 0) FROM player_events AS e \
     WHERE e.player_id = players.player_id)",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::run(manager, &[EVENT_SEQ, FEED_POSITION]).await?;
        ddl::create_table(manager, PLAYER_EVENTS).await?;
        ddl::create_table(manager, FEED_HEADS).await?;
        for statement in TOLD.into_iter().chain(PLACES) {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["player_events", "feed_heads"]).await?;
        let back = [
            "DROP INDEX ix_outbox_events_feed",
            "ALTER TABLE outbox_events DROP COLUMN feed_position",
            "ALTER TABLE players DROP COLUMN event_seq",
        ];
        ddl::run(manager, &back).await
    }
}
