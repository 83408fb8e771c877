//! Whose rows each table holds, and so where they live on a PostgreSQL that shards.
//!
//! This is the one list of it: tests hold the live schema, the statements that are sent and the page
//! of `docs/scaling.md` against it. See decision 0015.

use Family::{Access, Logbook, Player, Relay, Request, Rule, Tournament};

/// What the rows of a table belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// One player: what is read and written under that player's lock.
    Player,
    /// One tournament: what is read and written under that tournament's lock.
    Tournament,
    /// One request: claimed, recorded to and answered by itself, at the end of whatever transaction.
    Request,
    /// One standing rule, of anybody: few rows, but whoever moves a rule on locks it.
    Rule,
    /// Nobody who is paid. What relays keep: only they lock it, and nothing that pays reads it, so it
    /// stays whole on one node.
    Relay,
    /// Nobody. What processes write down about themselves: never locked, and nothing that pays reads
    /// it, so it stays whole on one node.
    Logbook,
    /// Nobody who competes. Who may ask over HTTP: never locked, and nothing that pays reads it, so it
    /// stays whole on one node.
    Access,
}

impl Family {
    /// The column that rows are distributed by; `None` where a table stays whole.
    #[must_use]
    pub fn distributed_by(self) -> Option<&'static str> {
        match self {
            Player => Some("player_id"),
            Tournament => Some("tournament_id"),
            Request => Some("request_id"),
            Rule => Some("rule_id"),
            Relay | Logbook | Access => None,
        }
    }
}

/// Every table of the schema, by name.
pub const TABLES: [(&str, Family); 26] = [
    ("accounts", Player),
    ("api_keys", Access),
    ("appointments", Tournament),
    ("assessments", Player),
    ("awards", Tournament),
    ("badges", Player),
    ("charges", Player),
    ("deliveries", Relay),
    ("feed_heads", Relay),
    ("ledger_entries", Player),
    ("level_ups", Player),
    ("lock_observations", Logbook),
    ("outbox_events", Tournament),
    ("player_events", Player),
    ("players", Player),
    ("requests", Request),
    ("results", Tournament),
    ("rule_reviews", Player),
    ("skill_profiles", Player),
    ("skill_steps", Player),
    ("standing_rules", Rule),
    ("tournament_changes", Tournament),
    ("tournaments", Tournament),
    ("turns", Logbook),
    ("verification_runs", Logbook),
    ("webhooks", Relay),
];

/// The table of the migrations' library. It is written by migrators only, and stays whole.
pub const OF_MIGRATIONS: &str = "seaql_migrations";
