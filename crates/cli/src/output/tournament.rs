//! Tournaments, one by one and in lists.

use app_service::{
    TournamentSummary,
    domain::{Tournament, TournamentStatus},
};
use serde::Serialize;

use super::{
    Style, View,
    award::{TopAward, top_table},
    style::{count, number},
    table::{Column, Table},
};

/// A tournament with its best awards.
#[derive(Debug, Serialize)]
pub(crate) struct TournamentSheet {
    #[serde(flatten)]
    pub(crate) summary: TournamentSummary,
    /// The best ones, best first.
    pub(crate) top_awards: Vec<TopAward>,
}

/// A tournament in a list.
#[derive(Debug, Serialize)]
pub(crate) struct TournamentLine {
    key: String,
    name: String,
    status: TournamentStatus,
    field_size: u32,
    policy_version: u32,
    revision: u32,
}

/// A list of tournaments.
#[derive(Debug, Serialize)]
pub(crate) struct TournamentList {
    pub(crate) tournaments: Vec<TournamentLine>,
    /// The key to go on behind, if there are more.
    pub(crate) more_after: Option<String>,
}

impl TournamentLine {
    pub(crate) fn of(tournament: &Tournament) -> Self {
        Self {
            key: tournament.key.clone(),
            name: tournament.name.clone(),
            status: tournament.status,
            field_size: tournament.field_size,
            policy_version: tournament.policy.version(),
            revision: tournament.revision,
        }
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

impl View for TournamentSheet {
    fn text(&self, style: Style) -> String {
        let awards = top_table(&self.top_awards, style);
        format!("{}{awards}", summary_text(&self.summary, style))
    }
}

impl View for TournamentList {
    fn text(&self, style: Style) -> String {
        if self.tournaments.is_empty() {
            return "There are no tournaments.\n".to_owned();
        }
        let columns = [
            Column::Word("tournament"),
            Column::Word("name"),
            Column::Word("status"),
            Column::Number("field"),
        ];
        let mut table = Table::new(&columns, style);
        for it in &self.tournaments {
            let status = status_text(it.status);
            table.row([it.key.clone(), it.name.clone(), status, number(it.field_size)]);
        }
        table.text() + &more_text(self.more_after.as_deref(), style)
    }
}

/// What a tournament has paid, in a few lines.
pub(super) fn summary_text(summary: &TournamentSummary, style: Style) -> String {
    let TournamentSummary { key, name, status, field_size, .. } = summary;
    let title = if name == key {
        style.strong(name)
    } else {
        format!("{} {}", style.strong(name), style.dim(&format!("({key})")))
    };
    let status = status_text(*status);
    let paid = format!(
        "  {} paid: {} XP, {} credits",
        participants(summary.awards_applied),
        number(summary.xp_total),
        number(summary.credits_total)
    );
    let mut lines = vec![title, format!("  {status}, field of {}", number(*field_size)), paid];
    let unpaid = [(summary.awards_pending, "waiting"), (summary.awards_failed, "failed")];
    for (awards, how) in unpaid.into_iter().filter(|(awards, _)| *awards > 0) {
        lines.push(style.bad(&format!("  {} {how}", participants(awards))));
    }
    lines.extend(summary.plan_hash.map(|it| style.dim(&format!("  plan {it}"))));
    lines.join("\n") + "\n"
}

/// How to see the rest of a list.
pub(super) fn more_text(more_after: Option<&str>, style: Style) -> String {
    let more = |key| style.dim(&format!("There are more: --after {key}, or --limit.")) + "\n";
    more_after.map(more).unwrap_or_default()
}

fn participants(awards: u64) -> String {
    count(awards, "participant", "participants")
}

fn status_text(status: TournamentStatus) -> String {
    status.as_str().replace('_', " ")
}
