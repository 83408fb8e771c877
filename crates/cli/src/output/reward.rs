//! One player's reward for one tournament.

use app_service::{RewardSummary, SkillChangeView};
use serde::Serialize;

use super::{
    Style, View,
    award::{badges_text, outcome_text},
    ledger::entry_table,
    style::number,
    table::{Column, Table},
};

/// One player's reward for one tournament.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct RewardSheet(pub(crate) RewardSummary);

impl View for RewardSheet {
    fn text(&self, style: Style) -> String {
        let RewardSummary { tournament_name, award, entries, badges, skills, level_ups, .. } =
            &self.0;
        let title = format!(
            "{}{} in {tournament_name}: {} of {}, {}",
            style.strong(&award.player_name),
            award.team.as_ref().map_or_else(String::new, |it| format!(" ({})", it.name)),
            outcome_text(award.evidence.outcome),
            number(award.evidence.field_size),
            award.state,
        );
        let amounts = format!(
            "  {} XP ({} + {} bonus), {} credits",
            number(award.xp_total),
            number(award.reward.xp_base),
            number(award.reward.xp_bonus),
            number(award.reward.credits)
        );
        let mut lines = vec![title, amounts];
        lines.extend(award.failure.iter().map(|it| style.bad(&format!("  {it}"))));
        if !badges.is_empty() {
            lines.push(format!("  {}", badges_text(badges)));
        }
        for it in level_ups {
            let credits = format!("{} credits", number(it.credits));
            lines.push(format!("  level {} for the first time: {credits}", number(it.level)));
        }
        lines.join("\n") + "\n" + &skill_table(skills, style) + &entry_table(entries, style)
    }
}

fn skill_table(skills: &[SkillChangeView], style: Style) -> String {
    let columns = [Column::Word("skill"), Column::Number("before"), Column::Number("after")];
    let mut table = Table::new(&columns, style);
    for it in skills {
        table.row([it.skill.to_string(), format!("{:.1}", it.before), format!("{:.1}", it.after)]);
    }
    table.text()
}
