//! Ledgers: why a balance is what it is.

use app_service::{EntryView, domain::Currency};
use serde::Serialize;

use super::{
    Style, View,
    style::number,
    table::{Column, Table},
};

/// Some entries of a player's accounts.
#[derive(Debug, Serialize)]
pub(crate) struct LedgerPage {
    pub(crate) entries: Vec<EntryView>,
}

impl View for LedgerPage {
    fn text(&self, style: Style) -> String {
        if self.entries.is_empty() {
            return "There are no entries.\n".to_owned();
        }
        entry_table(&self.entries, style)
    }
}

/// Entries in a table, each with its cause in words.
pub(super) fn entry_table(entries: &[EntryView], style: Style) -> String {
    let columns = [
        Column::Word("account"),
        Column::Number("no."),
        Column::Number("amount"),
        Column::Number("balance"),
        Column::Word("why"),
    ];
    let mut table = Table::new(&columns, style);
    for it in entries {
        let amount = format!("{}{}", if it.amount > 0 { "+" } else { "" }, number(it.amount));
        let account = account_text(it.currency).to_owned();
        table.row([account, number(it.seq), amount, number(it.balance_after), why(it)]);
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

/// Why, in a few words. What is in the debt's account repays it, or is owed.
fn why(entry: &EntryView) -> String {
    let said = |words: &str, more: Option<&String>| match more {
        Some(more) => format!("{words}: {more}"),
        None => words.to_owned(),
    };
    let memo = entry.memo.as_ref();
    let cause = match entry.cause.as_str() {
        "award" => format!("award of {}", cup(entry)),
        "correction" => {
            let number = entry.revision.unwrap_or_default();
            said(&format!("correction {number} of {}", cup(entry)), entry.reason.as_ref())
        }
        "level_up" => {
            format!("level {} reached in {}", entry.level.unwrap_or_default(), cup(entry))
        }
        "spend" => said("spent", memo),
        "hold" => said("set aside", memo),
        "settle" => said("rest of what was set aside", memo),
        "release" => said("released", memo),
        "expire" => said("expired", memo),
        "refund" => said("refund", memo),
        other => other.to_owned(),
    };
    match (entry.currency, entry.amount < 0) {
        (Currency::Debt, true) => format!("{cause} (repaid)"),
        (Currency::Debt, false) => format!("{cause} (owed)"),
        _ => cause,
    }
}

fn cup(entry: &EntryView) -> String {
    let name = entry.tournament_name.as_ref().or(entry.tournament_key.as_ref());
    let id = || entry.tournament.map_or_else(|| "a tournament".to_owned(), |it| it.to_string());
    name.cloned().unwrap_or_else(id)
}
