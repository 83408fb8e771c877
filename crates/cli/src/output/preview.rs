//! The plan of a tournament.

use app_service::{
    Preview,
    domain::{Evidence, Hash256, Membership, PlannedAward, PlayerId, Reward, TournamentStatus},
};
use serde::Serialize;

use super::{
    Style, View,
    award::{TeamColumn, outcome_text},
    style::{count, number},
    table::{Column, Table},
};

/// What finalizing would pay, or has paid.
#[derive(Debug, Serialize)]
pub(crate) struct PlanView {
    tournament: String,
    name: String,
    status: TournamentStatus,
    plan_hash: Hash256,
    participants: u64,
    xp_total: i64,
    credits_total: i64,
    awards: Vec<PlannedLine>,
}

#[derive(Debug, Serialize)]
struct PlannedLine {
    player: PlayerId,
    player_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<Membership>,
    evidence: Evidence,
    #[serde(flatten)]
    reward: Reward,
    xp_total: i64,
}

impl PlanView {
    /// The plan, calling each player as `name` does.
    pub(crate) fn of(preview: Preview, name: impl Fn(PlayerId) -> String) -> Self {
        let Preview { tournament, plan_hash, participants, xp_total, credits_total, awards } =
            preview;
        let line = |it: PlannedAward| PlannedLine {
            player: it.player,
            player_name: name(it.player),
            team: it.team,
            evidence: it.evidence,
            reward: it.reward,
            xp_total: it.reward.xp(),
        };
        Self {
            tournament: tournament.key,
            name: tournament.name,
            status: tournament.status,
            plan_hash,
            participants,
            xp_total,
            credits_total,
            awards: awards.into_iter().map(line).collect(),
        }
    }
}

impl View for PlanView {
    fn text(&self, style: Style) -> String {
        let verb = if self.status.is_frozen() { "is frozen to pay" } else { "would pay" };
        let mut text = format!(
            "{} {verb} {}: {} XP, {} credits\n  plan {}\n",
            style.strong(&self.name),
            count(self.participants, "participant", "participants"),
            number(self.xp_total),
            number(self.credits_total),
            self.plan_hash
        );
        text += &table(&self.awards, style).text();
        let rest = self.participants.saturating_sub(self.awards.len() as u64);
        if rest > 0 {
            text += &style.dim(&format!("And {} more: --limit N shows them.\n", number(rest)));
        }
        text
    }
}

fn table(awards: &[PlannedLine], style: Style) -> Table {
    let teams = TeamColumn::for_any(awards.iter().any(|it| it.team.is_some()));
    let columns = [
        Column::Number("#"),
        Column::Word("participant"),
        Column::Number("XP"),
        Column::Number("credits"),
        Column::Number("opponents"),
        Column::Number("matches"),
    ];
    let mut table = Table::new(&teams.header(&columns), style);
    for it in awards {
        let cells = [
            outcome_text(it.evidence.outcome),
            it.player_name.clone(),
            number(it.xp_total),
            number(it.reward.credits),
            format!("{:.2}", it.evidence.opponent_factor.as_f64()),
            format!("{:+.2}", it.evidence.match_modifier.as_f64()),
        ];
        table.row(teams.row(cells, it.team.as_ref()));
    }
    table
}
