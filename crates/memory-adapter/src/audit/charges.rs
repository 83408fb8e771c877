//! Charges, and what the ledger has taken for them.

use std::collections::BTreeMap;

use domain::{ChargeState, Currency};
use ports::spi::{
    ChargeName, ChargeRecord, LedgerEntry,
    audit::{Audited, Mischarged, PaymentTerms},
};

use super::scope::Scoped;

impl Scoped<'_> {
    pub(super) fn mischarged(&self, terms: &PaymentTerms) -> Audited<Mischarged> {
        let mut charges: BTreeMap<ChargeName, Mischarged> = BTreeMap::new();
        let mut rows = 0;
        for (player, row) in self.players() {
            for record in row.charges.values() {
                let name = (player, record.charge.id);
                say(charges.entry(name).or_insert_with(|| nothing(name)), record, terms);
                rows += 1;
            }
            for entry in row.ledger.values() {
                let Some(charge) = entry.cause.charge() else { continue };
                let name = (player, charge);
                take(charges.entry(name).or_insert_with(|| nothing(name)), entry);
                rows += 1;
            }
        }
        let is_wrong = |it: &Mischarged| {
            it.state.is_none() || it.overdue_since.is_some() || it.says != it.taken
        };
        self.answer(rows, charges.into_values().filter(is_wrong))
    }
}

/// A charge of which nothing is known yet.
fn nothing((player, charge): ChargeName) -> Mischarged {
    Mischarged { player, charge, state: None, says: 0, taken: 0, overdue_since: None }
}

fn say(charge: &mut Mischarged, record: &ChargeRecord, terms: &PaymentTerms) {
    let held = record.charge.state == ChargeState::Held;
    let overdue = record.expires_at.filter(|it| held && *it < terms.frozen_before);
    charge.state = Some(record.charge.state.as_str().to_owned());
    charge.says = record.charge.taken();
    charge.overdue_since = overdue;
}

fn take(charge: &mut Mischarged, entry: &LedgerEntry) {
    match entry.currency {
        Currency::Credit => charge.taken = charge.taken.saturating_sub(entry.amount),
        Currency::Debt => charge.taken = charge.taken.saturating_add(entry.amount),
        Currency::Xp => {}
    }
}
