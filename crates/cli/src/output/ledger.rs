//! Ledgers: why a balance is what it is.

use app_service::{EntryView, domain::Currency};
use serde::Serialize;

use super::{
    Style, View,
    style::{number, signed},
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
        let amount = signed(it.amount);
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

#[cfg(test)]
mod tests {
    use app_service::{Timestamp, domain::TournamentId};

    use super::*;
    use crate::args::Colors;

    #[test]
    fn every_movement_says_why_in_words() {
        let page = LedgerPage {
            entries: vec![
                EntryView { amount: 100, balance_after: 100, ..of_cup("award", None) },
                EntryView {
                    amount: -80,
                    balance_after: 20,
                    seq: 2,
                    memo: Some("a sword".into()),
                    ..of_nothing("spend")
                },
                EntryView {
                    amount: -20,
                    seq: 3,
                    revision: Some(1),
                    ..of_cup("correction", Some("the stewards"))
                },
                EntryView { amount: 5, balance_after: 5, seq: 4, ..of_nothing("release") },
                EntryView {
                    currency: Currency::Debt,
                    amount: 30,
                    balance_after: 30,
                    revision: Some(1),
                    ..of_cup("correction", Some("the stewards"))
                },
                EntryView {
                    currency: Currency::Debt,
                    amount: -30,
                    seq: 2,
                    level: Some(7),
                    ..of_cup("level_up", None)
                },
            ],
        };

        let text = page.text(Style::on_stdout(Colors::Never));

        let wanted = " \
 account   no.   amount   balance   why
──────────────────────────────────────────────────────────────────────────
 credits     1     +100       100   award of The Cup
 credits     2      -80        20   spent: a sword
 credits     3      -20         0   correction 1 of The Cup: the stewards
 credits     4       +5         5   released
 debt        1      +30        30   correction 1 of The Cup: the stewards (owed)
 debt        2      -30         0   level 7 reached in The Cup (repaid)
";
        // The line under the head is as long as the table.
        let rows =
            |text: &str| text.lines().filter(|it| !it.contains('─')).collect::<Vec<_>>().join("\n");
        assert_eq!(rows(&text), rows(wanted));
    }

    fn of_cup(cause: &str, reason: Option<&str>) -> EntryView {
        EntryView {
            tournament: Some(TournamentId::of("cup")),
            tournament_key: Some("cup".into()),
            tournament_name: Some("The Cup".into()),
            reason: reason.map(str::to_owned),
            ..of_nothing(cause)
        }
    }

    fn of_nothing(cause: &str) -> EntryView {
        EntryView {
            currency: Currency::Credit,
            seq: 1,
            amount: 0,
            balance_after: 0,
            cause: cause.to_owned(),
            tournament: None,
            tournament_key: None,
            tournament_name: None,
            revision: None,
            reason: None,
            level: None,
            charge: None,
            memo: None,
            idempotency_key: "key".to_owned(),
            recorded_at: Timestamp::UNIX_EPOCH,
        }
    }
}
