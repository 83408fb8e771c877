//! The feed: committed events, each in its place.

use domain::{PlayerId, TournamentId};
use ports::{
    StoreError,
    spi::{EventOwner, EventRecord, TournamentChange},
};

use super::Papers;
use crate::{State, ToldEvent};

impl Papers {
    pub(super) fn last_position(&self) -> i64 {
        i64::try_from(self.feed.len()).unwrap_or(i64::MAX)
    }

    /// The events behind the position.
    pub(super) fn behind(&self, after: i64) -> impl Iterator<Item = &EventRecord> {
        self.feed.iter().skip(usize::try_from(after).unwrap_or_default())
    }

    /// The event at the position.
    pub(super) fn event(&self, position: i64) -> Option<&EventRecord> {
        self.behind(position - 1).next().filter(|it| it.position == position)
    }

    /// OUTBOX-3, OUTBOX-4: what is committed and not yet in the feed, each owner's in order.
    pub(super) fn dispatch(&mut self, committed: &State, limit: usize) -> Result<u64, StoreError> {
        let mut owed = vec![];
        let tournaments = committed.tournaments.iter();
        let changes = tournaments.flat_map(|(id, row)| row.outbox.iter().map(move |it| (id, it)));
        for (id, change) in changes.filter(|it| self.owes(it.0, it.1)).take(limit) {
            owed.push(of_tournament(id, change)?);
        }
        let players = committed.players.iter();
        let told = players.flat_map(|(id, row)| row.events.iter().map(move |it| (id, it)));
        let new = told.filter(|(id, (seq, _))| **seq > self.told_to(EventOwner::Player(*id)));
        owed.extend(new.take(limit).map(|(id, (seq, it))| of_player(id, *seq, it)));
        let count = owed.len() as u64;
        for event in owed {
            self.told.insert(event.owner, event.seq);
            let position = self.last_position() + 1;
            self.feed.push(EventRecord { position, ..event });
        }
        Ok(count)
    }

    fn owes(&self, id: TournamentId, change: &TournamentChange) -> bool {
        i64::from(change.seq) > self.told_to(EventOwner::Tournament(id))
    }

    fn told_to(&self, owner: EventOwner) -> i64 {
        self.told.get(&owner).copied().unwrap_or_default()
    }
}

/// Still without a place.
fn of_tournament(id: TournamentId, change: &TournamentChange) -> Result<EventRecord, StoreError> {
    Ok(EventRecord {
        position: 0,
        owner: EventOwner::Tournament(id),
        seq: change.seq.into(),
        name: change.event.as_str().to_owned(),
        tournament: Some(id),
        revision: None,
        data: change.payload()?,
        occurred_at: change.at,
    })
}

/// Still without a place.
fn of_player(id: PlayerId, seq: i64, told: &ToldEvent) -> EventRecord {
    EventRecord {
        position: 0,
        owner: EventOwner::Player(id),
        seq,
        name: told.event.kind.as_str().to_owned(),
        tournament: told.event.award.map(|it| it.0),
        revision: told.event.award.map(|it| it.1),
        data: told.event.data.clone(),
        occurred_at: told.occurred_at,
    }
}
