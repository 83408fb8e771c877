//! Events, as they are stored and read.

use domain::{PlayerId, TournamentId};
use uuid::Uuid;

use crate::Timestamp;

/// Whom an event happened to: it is one of that player's, or that tournament's, numbered events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventOwner {
    /// A player.
    Player(PlayerId),
    /// A tournament.
    Tournament(TournamentId),
}

/// An event with its place in the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRecord {
    /// Its place in the feed: 1 for the first of all events.
    pub position: i64,
    /// Whom it happened to.
    pub owner: EventOwner,
    /// Its number among the owner's: 1 for the first.
    pub seq: i64,
    /// What happened, as stored.
    pub name: String,
    /// The tournament behind it; not for what no tournament does.
    pub tournament: Option<TournamentId>,
    /// The revision of the award behind it.
    pub revision: Option<u32>,
    /// The particulars: a JSON object.
    pub data: String,
    /// When.
    pub occurred_at: Timestamp,
}

/// Which events to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventScope {
    /// All of them.
    All,
    /// One player's.
    Player(PlayerId),
    /// One tournament's, and those of players that it is behind.
    Tournament(TournamentId),
}

impl EventOwner {
    /// The owner's id.
    #[must_use]
    pub fn as_uuid(&self) -> &Uuid {
        match self {
            Self::Player(id) => id.as_uuid(),
            Self::Tournament(id) => id.as_uuid(),
        }
    }
}

impl EventRecord {
    /// Names the event, in this store and in every other one where the same happens: retries and
    /// imports make no other.
    #[must_use]
    pub fn id(&self) -> Uuid {
        let owner = self.owner.as_uuid();
        Uuid::new_v5(owner, format!("{owner}/{}", self.seq).as_bytes())
    }

    /// What happened, as it is published: what webhooks filter by.
    #[must_use]
    pub fn event_type(&self) -> String {
        match self.owner {
            EventOwner::Player(_) => format!("guerdon.{}.v1", self.name),
            EventOwner::Tournament(_) => format!("guerdon.tournament.{}.v1", self.name),
        }
    }

    /// Whether the event is one that `scope` names.
    #[must_use]
    pub fn is_in(&self, scope: EventScope) -> bool {
        match scope {
            EventScope::All => true,
            EventScope::Player(id) => self.owner == EventOwner::Player(id),
            EventScope::Tournament(id) => self.tournament == Some(id),
        }
    }
}
