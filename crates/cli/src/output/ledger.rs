//! Ledgers: why a balance is what it is.

use app_service::{
    EntryView,
    domain::{Currency, TournamentId},
};
use serde::Serialize;

use super::{
    Style, View,
    style::number,
    table::{Column, Table},
};

/// Some entries of a player's accounts.
#[derive(Debug, Serialize)]
pub(crate) struct LedgerPage {
    pub(crate) entries: Vec<LedgerLine>,
}

/// An entry with the tournament's key.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LedgerLine {
    pub(crate) tournament_key: Option<String>,
    #[serde(flatten)]
    pub(crate) entry: EntryView,
}

impl View for LedgerPage {
    fn text(&self, style: Style) -> String {
        if self.entries.is_empty() {
            return "There are no entries.\n".to_owned();
        }
        let entries: Vec<_> = self.entries.iter().map(|it| it.entry.clone()).collect();
        let key = |id| {
            let line = self.entries.iter().find(|it| it.entry.tournament == Some(id));
            line.and_then(|it| it.tournament_key.clone())
        };
        entry_table(&entries, key, style)
    }
}

/// Entries in a table, with the tournament where `key` knows it.
pub(super) fn entry_table(
    entries: &[EntryView],
    key: impl Fn(TournamentId) -> Option<String>,
    style: Style,
) -> String {
    let columns = [
        Column::Word("account"),
        Column::Number("no."),
        Column::Number("amount"),
        Column::Number("balance"),
        Column::Word("cause"),
    ];
    let mut table = Table::new(&columns, style);
    for it in entries {
        let tournament = it.tournament.and_then(&key);
        let cause = tournament.unwrap_or_else(|| it.idempotency_key.clone());
        let amount = format!("{}{}", if it.amount > 0 { "+" } else { "" }, number(it.amount));
        let account = account_text(it.currency).to_owned();
        table.row([account, number(it.seq), amount, number(it.balance_after), cause]);
    }
    table.text()
}

fn account_text(currency: Currency) -> &'static str {
    match currency {
        Currency::Xp => "XP",
        Currency::Credit => "credits",
        Currency::Debt => "debt",
    }
}
