//! Charges and holds.

use app_service::{
    ChargeView, Charged, ExpiredHolds, Recorded,
    domain::{ChargeOrigin, ChargeState},
};
use serde::Serialize;

use super::{
    Style, View,
    style::{count, number},
    table::{Column, Table},
    verification::moment_text,
};

/// What became of asking for a charge.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct ChargeSheet(pub(crate) Charged);

/// Some charges of a player.
#[derive(Debug, Serialize)]
pub(crate) struct ChargeList {
    pub(crate) charges: Vec<ChargeView>,
}

/// What looking after holds came to.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct HoldsExpired(pub(crate) ExpiredHolds);

impl View for ChargeSheet {
    fn text(&self, style: Style) -> String {
        let Charged { recorded, charge, credit_balance } = &self.0;
        let before = if *recorded == Recorded::Replayed { " (done before)" } else { "" };
        format!(
            "{}{before}\n  {} left\n  charge {}\n",
            style.strong(&charge_text(charge)),
            credits_text(*credit_balance),
            charge.id
        )
    }
}

impl View for ChargeList {
    fn text(&self, style: Style) -> String {
        if self.charges.is_empty() {
            return "There are none.\n".to_owned();
        }
        let columns = [
            Column::Word("charge"),
            Column::Word("state"),
            Column::Number("amount"),
            Column::Number("settled"),
            Column::Number("refunded"),
            Column::Word("expires"),
            Column::Word("memo"),
        ];
        let mut table = Table::new(&columns, style);
        for it in &self.charges {
            let expires = it.expires_at.map(moment_text);
            table.row([
                it.id.to_string(),
                it.state.as_str().to_owned(),
                number(it.amount),
                number(it.settled),
                number(it.refunded),
                expires.unwrap_or_else(|| "never".to_owned()),
                it.memo.clone(),
            ]);
        }
        table.text()
    }
}

impl View for HoldsExpired {
    fn text(&self, style: Style) -> String {
        let ExpiredHolds { expired, credits, unreadable } = &self.0;
        let mut text = format!(
            "{} expired, {} given back\n",
            count(*expired, "hold", "holds"),
            credits_text(*credits)
        );
        for player in unreadable {
            text += &style.bad("skipped:");
            let skipped = format!(" player {player} cannot be read\n");
            text += &skipped;
        }
        text
    }
}

fn charge_text(charge: &ChargeView) -> String {
    match (charge.origin, charge.state) {
        (_, ChargeState::Settled) if charge.refunded > 0 => {
            format!(
                "{} spent, {} given back",
                credits_text(charge.settled),
                number(charge.refunded)
            )
        }
        (ChargeOrigin::Hold, ChargeState::Settled) => {
            format!("{} of {} held spent", credits_text(charge.settled), number(charge.amount))
        }
        (ChargeOrigin::Spend, ChargeState::Settled) => {
            format!("{} spent", credits_text(charge.settled))
        }
        (_, state) => format!("{} {}", credits_text(charge.amount), state.as_str()),
    }
}

fn credits_text(amount: i64) -> String {
    format!("{} {}", number(amount), if amount == 1 { "credit" } else { "credits" })
}
