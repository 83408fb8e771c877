//! What a correction would change, or has paid.

use std::collections::HashMap;

use app_service::{
    AwardChange, CorrectionPreview, TournamentSummary,
    domain::{Evidence, Hash256, PlayerId, Reward},
};
use serde::Serialize;

use super::{
    Style, View,
    award::outcome_text,
    distribution::Payment,
    style::{count, number, signed},
    table::{Column, Table},
};
use crate::failure::Exit;

/// What became of every tournament of a command.
#[derive(Debug, Serialize)]
pub(crate) struct Corrections {
    pub(crate) corrections: Vec<Corrected>,
}

/// What became of one tournament.
#[derive(Debug, Serialize)]
#[serde(tag = "correction", rename_all = "snake_case")]
pub(crate) enum Corrected {
    /// The difference was shown.
    Previewed(Box<Difference>),
    /// The difference was paid.
    Paid(Box<Payment>),
    /// The results are these already.
    Before {
        /// What exists.
        tournament: Box<TournamentSummary>,
    },
}

/// What a correction would change.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the fields are the names in the document")]
pub(crate) struct Difference {
    tournament: String,
    name: String,
    revision: u32,
    plan_hash: Hash256,
    participants: u64,
    changed: u64,
    xp_difference: i64,
    credits_difference: i64,
    changes: Vec<ChangeLine>,
}

#[derive(Debug, Serialize)]
struct ChangeLine {
    player: PlayerId,
    player_name: String,
    before: Option<PlannedLine>,
    after: PlannedLine,
    xp_difference: i64,
    credits_difference: i64,
}

#[derive(Debug, Serialize)]
struct PlannedLine {
    evidence: Evidence,
    #[serde(flatten)]
    reward: Reward,
}

impl Difference {
    /// The difference, calling each player as `names` does.
    pub(crate) fn of(preview: CorrectionPreview, names: &HashMap<PlayerId, String>) -> Self {
        let name = |id: PlayerId| names.get(&id).cloned().unwrap_or_else(|| id.to_string());
        let changes = preview.changes.into_iter();
        Self {
            tournament: preview.tournament.key,
            name: preview.tournament.name,
            revision: preview.revision,
            plan_hash: preview.plan_hash,
            participants: preview.participants,
            changed: preview.changed,
            xp_difference: preview.xp_difference,
            credits_difference: preview.credits_difference,
            changes: changes.map(|it| ChangeLine::of(it, name)).collect(),
        }
    }
}

impl ChangeLine {
    fn of(change: AwardChange, name: impl Fn(PlayerId) -> String) -> Self {
        let planned = |evidence, reward| PlannedLine { evidence, reward };
        Self {
            player: change.player,
            player_name: name(change.player),
            before: change.before.map(|it| planned(it.evidence, it.reward)),
            after: planned(change.after.evidence, change.after.reward),
            xp_difference: change.xp_difference,
            credits_difference: change.credits_difference,
        }
    }
}

impl Corrections {
    /// The exit code that says so, too.
    pub(crate) fn exit(&self) -> Exit {
        let partial = |it: &Corrected| match it {
            Corrected::Paid(payment) => payment.exit() == Exit::Partial,
            Corrected::Previewed(_) | Corrected::Before { .. } => false,
        };
        if self.corrections.iter().any(partial) { Exit::Partial } else { Exit::Done }
    }
}

impl View for Corrections {
    fn text(&self, style: Style) -> String {
        let (before, others): (Vec<_>, Vec<_>) =
            self.corrections.iter().partition(|it| matches!(it, Corrected::Before { .. }));
        let mut text: String = others.iter().map(|it| it.text(style)).collect();
        if !before.is_empty() {
            let so_already = match before.as_slice() {
                [Corrected::Before { tournament }] => tournament.name.clone(),
                many => count(many.len() as u64, "tournament", "tournaments"),
            };
            text += &style.dim(&format!("Nothing to correct: {so_already}.\n"));
        }
        text
    }
}

impl View for Corrected {
    fn text(&self, style: Style) -> String {
        match self {
            Self::Previewed(it) => it.text(style),
            Self::Paid(it) => it.text(style),
            Self::Before { tournament } => format!("Nothing to correct: {}.\n", tournament.name),
        }
    }
}

impl View for Difference {
    fn text(&self, style: Style) -> String {
        let mut text = format!(
            "{} would become revision {}: {} of {} changed, {} XP, {} credits\n  plan {}\n",
            style.strong(&self.name),
            self.revision,
            number(self.changed),
            count(self.participants, "participant", "participants"),
            signed(self.xp_difference),
            signed(self.credits_difference),
            self.plan_hash
        );
        text += &table(&self.changes, style).text();
        let rest = self.changed.saturating_sub(self.changes.len() as u64);
        if rest > 0 {
            text += &style.dim(&format!("And {} more: --limit N shows them.\n", number(rest)));
        }
        text +=
            &style.dim(&format!("Nothing is written yet: --plan {} pays it.\n", self.plan_hash));
        text
    }
}

fn table(changes: &[ChangeLine], style: Style) -> Table {
    let columns = [
        Column::Word("participant"),
        Column::Number("was"),
        Column::Number("is"),
        Column::Number("XP"),
        Column::Number("credits"),
    ];
    let mut table = Table::new(&columns, style);
    for it in changes {
        let was = it.before.as_ref().map_or_else(|| "–".to_owned(), ending);
        table.row([
            it.player_name.clone(),
            was,
            ending(&it.after),
            signed(it.xp_difference),
            signed(it.credits_difference),
        ]);
    }
    table
}

/// The value that a place was won with is said, too: it may be all that changes.
fn ending(planned: &PlannedLine) -> String {
    let place = outcome_text(planned.evidence.outcome);
    planned.evidence.measured.map_or(place.clone(), |it| format!("{place} ({it})"))
}
