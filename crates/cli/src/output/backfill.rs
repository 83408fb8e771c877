//! What a badge rule gives for the past.

use app_service::{
    Backfill, BackfillPreview, GivenBadge,
    domain::{BadgeFace, BadgeRule, TournamentId},
};
use serde::Serialize;

use super::{
    Style, View,
    style::{count, number},
    table::{Column, Table},
};

/// What it would give.
#[derive(Debug, Serialize)]
pub(crate) struct BackfillView {
    outcome: &'static str,
    face: BadgeFace,
    #[serde(flatten)]
    preview: BackfillPreview,
    #[serde(skip)]
    tournaments: Vec<String>,
}

/// What it has given.
#[derive(Debug, Serialize)]
pub(crate) struct BackfillSheet {
    outcome: &'static str,
    face: BadgeFace,
    #[serde(flatten)]
    backfill: Backfill,
}

impl BackfillView {
    /// The preview, calling each tournament as `name` does.
    pub(crate) fn of(
        rule: &BadgeRule,
        preview: BackfillPreview,
        name: impl Fn(TournamentId) -> String,
    ) -> Self {
        let tournaments = preview.first.iter().map(|it| name(it.tournament)).collect();
        Self { outcome: "preview", face: rule.face(), preview, tournaments }
    }
}

impl BackfillSheet {
    pub(crate) fn of(rule: &BadgeRule, backfill: Backfill) -> Self {
        let outcome = if backfill.players == 0 { "conflict" } else { "backfilled" };
        Self { outcome, face: rule.face(), backfill }
    }
}

impl View for BackfillView {
    fn text(&self, style: Style) -> String {
        let preview = &self.preview;
        let mut text = format!(
            "{} would be given {} to {} of {}\n",
            title(&self.face, style),
            count(preview.badges, "time", "times"),
            number(preview.players_given),
            count(preview.players, "player", "players"),
        );
        text += &table(&preview.first, &self.tournaments, style).text();
        let rest = preview.badges.saturating_sub(preview.first.len() as u64);
        if rest > 0 {
            text += &style.dim(&format!("And {} more: --limit N shows them.\n", number(rest)));
        }
        text + &unreadable(preview.unreadable, style)
    }
}

impl View for BackfillSheet {
    fn text(&self, style: Style) -> String {
        let it = &self.backfill;
        let text = if it.players == 0 {
            format!(
                "Everybody had been looked at before: {} given in all.",
                badges(it.badges_total)
            )
        } else {
            let players = count(it.players, "player", "players");
            format!("Given {} times, of {players} looked at.", number(it.badges))
        };
        let title = title(&self.face, style);
        format!("{title}\n{}\n{}", style.good(&text), unreadable(it.unreadable, style))
    }
}

fn title(face: &BadgeFace, style: Style) -> String {
    format!("{} {}", face.icon, style.strong(&face.title))
}

fn badges(total: u64) -> String {
    count(total, "badge", "badges")
}

fn unreadable(players: u64, style: Style) -> String {
    if players == 0 {
        return String::new();
    }
    let players = count(players, "player", "players");
    let text =
        format!("{players} left out, whose stored state cannot be read: `guerdon verify`.\n");
    style.bad(&text)
}

fn table(given: &[GivenBadge], tournaments: &[String], style: Style) -> Table {
    let columns = [Column::Word("player"), Column::Word("tournament")];
    let mut table = Table::new(&columns, style);
    for (it, tournament) in given.iter().zip(tournaments) {
        table.row([it.player_name.clone(), tournament.clone()]);
    }
    table
}
