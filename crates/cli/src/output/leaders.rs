//! Leaderboards.

use app_service::{LeaderMeasure, LeaderView};
use serde::Serialize;

use super::{
    Style, View,
    style::{count, number},
    table::{Column, Table},
};

/// The first of those who have been paid for some tournaments.
#[derive(Debug, Serialize)]
pub(crate) struct LeaderList {
    pub(crate) tournaments: usize,
    #[serde(skip)]
    pub(crate) by: LeaderMeasure,
    pub(crate) leaders: Vec<LeaderView>,
    /// Whether there are more of them.
    pub(crate) more: bool,
}

impl View for LeaderList {
    fn text(&self, style: Style) -> String {
        let cups = count(self.tournaments as u64, "tournament", "tournaments");
        if self.leaders.is_empty() {
            return format!("Nobody has been paid for {cups} yet.\n");
        }
        let title = style.strong(&format!("{cups}, by {}", words(self.by)));
        let columns = [
            Column::Number("#"),
            Column::Word("player"),
            Column::Number("XP"),
            Column::Number("credits"),
            Column::Number("tournaments"),
            Column::Number("wins"),
            Column::Number("podiums"),
        ];
        let mut table = Table::new(&columns, style);
        for it in &self.leaders {
            table.row([
                number(it.rank),
                it.player_name.clone(),
                number(it.xp),
                number(it.credits),
                number(it.tournaments),
                number(it.wins),
                number(it.podiums),
            ]);
        }
        let more = if self.more { "There are more: --limit N shows them.\n" } else { "" };
        format!("{title}\n{}{}", table.text(), style.dim(more))
    }
}

fn words(by: LeaderMeasure) -> &'static str {
    match by {
        LeaderMeasure::Xp => "XP",
        LeaderMeasure::Credits => "credits",
        LeaderMeasure::Wins => "wins",
        LeaderMeasure::Podiums => "podiums",
    }
}
