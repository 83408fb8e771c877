//! The store in memory under test, and the door past its transactions.

use std::sync::Arc;

use async_trait::async_trait;
use conformance::{Fault, Harness, Trail};
use domain::{
    Cause, Currency, Evidence, MatchRecord, Outcome, PlayerId, TenThousandths, TournamentId,
};
use memory_adapter::{MemoryStore, PlayerRow};
use ports::{
    Timestamp,
    spi::{LedgerEntry, StepRecord, Store, TournamentChange},
};

/// A store of its own for each case.
pub(crate) struct MemoryHarness(pub(crate) MemoryStore);

#[async_trait]
impl Harness for MemoryHarness {
    async fn fresh() -> Self {
        Self(MemoryStore::new())
    }

    fn store(&self) -> Arc<dyn Store> {
        self.0.shared()
    }

    async fn plant(&self, fault: Fault) {
        match fault {
            Fault::UnreadableProfile(id) => self.spoil(id, |it| {
                it.profile = Err("a profile is an object of skills".to_owned());
            }),
            Fault::TakenEntryNumber(id, currency) => self.spoil(id, |it| {
                let entry = next_entry(it, id, currency);
                it.ledger.insert((currency, entry.seq), entry);
            }),
            Fault::TakenStepNumber(id) => self.spoil(id, |it| {
                let step = next_step(it, id);
                it.steps.insert(step.seq, step);
            }),
        }
    }

    async fn trail(&self, tournament: TournamentId) -> Option<Trail> {
        let state = self.0.snapshot();
        let row = state.tournaments.get(tournament)?;
        let name = |it: &TournamentChange| it.event.as_str().to_owned();
        Some(Trail {
            history: row.changes.values().map(name).collect(),
            outbox: row.outbox.iter().map(name).collect(),
        })
    }
}

impl MemoryHarness {
    fn spoil(&self, id: PlayerId, spoil: impl FnOnce(&mut PlayerRow)) {
        self.0.edit(|state| spoil(state.players.get_mut(id).expect("the player is registered")));
    }
}

/// An entry that another transaction has left, without the balance that belongs to it.
fn next_entry(row: &PlayerRow, player: PlayerId, currency: Currency) -> LedgerEntry {
    let account = row.accounts.of(currency);
    LedgerEntry {
        player,
        currency,
        seq: account.seq + 1,
        amount: 1,
        balance_after: account.balance + 1,
        cause: Cause::Award { tournament: TournamentId::of("elsewhere"), revision: 0 },
        idempotency_key: "elsewhere".to_owned(),
        recorded_at: Timestamp::UNIX_EPOCH,
    }
}

/// A step that another transaction has left, without the profile that belongs to it.
fn next_step(row: &PlayerRow, player: PlayerId) -> StepRecord {
    StepRecord {
        player,
        seq: row.step_seq + 1,
        tournament: TournamentId::of("elsewhere"),
        revision: 0,
        evidence: Evidence {
            outcome: Outcome::Unplaced,
            field_size: 1,
            opponent_factor: TenThousandths::ONE,
            match_modifier: TenThousandths::ZERO,
            record: MatchRecord::default(),
            measured: None,
        },
        changes: std::collections::BTreeMap::new(),
        progress: row.progress,
        taken_at: Timestamp::UNIX_EPOCH,
    }
}
