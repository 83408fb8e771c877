//! Players, one by one and in lists.

use std::collections::BTreeMap;

use app_service::{
    BadgeView, PlayerView, SkillView,
    domain::{BadgeType, TournamentId},
};
use serde::Serialize;

use super::{
    Style, View,
    award::badges_text,
    style::{count, number},
    table::{Column, Table},
    tournament::more_text,
};

/// Everything that a player owns.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct PlayerSheet(pub(crate) PlayerView);

/// What a player owns, without anything that says when or where it was stored, or what the way there
/// was: two databases that were paid the same say the same, and so does one before a correction and
/// after another that took it back.
#[derive(Debug, Serialize)]
pub(crate) struct PlayerLine {
    key: String,
    name: String,
    xp_balance: i64,
    credit_balance: i64,
    debt: i64,
    tournaments: u32,
    win_streak: u32,
    level: u32,
    skills: Vec<SkillView>,
    badges: Vec<BadgeLine>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct BadgeLine {
    tournament: TournamentId,
    badge: BadgeType,
}

/// A list of players.
#[derive(Debug, Serialize)]
pub(crate) struct PlayerList {
    pub(crate) players: Vec<PlayerLine>,
    /// The key to go on behind, if there are more.
    pub(crate) more_after: Option<String>,
}

impl PlayerLine {
    pub(crate) fn of(player: PlayerView) -> Self {
        let badge = |it: &BadgeView| BadgeLine { tournament: it.tournament, badge: it.badge };
        let had = player.badges.iter().filter(|it| it.revoked.is_none());
        let mut badges: Vec<_> = had.map(badge).collect();
        badges.sort();
        Self {
            key: player.key,
            name: player.name,
            xp_balance: player.xp_balance,
            credit_balance: player.credit_balance,
            debt: player.debt,
            tournaments: player.tournaments,
            win_streak: player.win_streak,
            level: player.level,
            skills: player.skills,
            badges,
        }
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

impl View for PlayerSheet {
    fn text(&self, style: Style) -> String {
        let player = &self.0;
        let title = format!(
            "{} {}\n  {} XP, {} credits{}, {}",
            style.strong(&player.name),
            style.dim(&format!("({})", player.key)),
            number(player.xp_balance),
            number(player.credit_balance),
            owed_text(player.debt),
            count(player.tournaments.into(), "tournament", "tournaments")
        );
        let mut lines = vec![title];
        if player.level > 0 {
            lines.push(format!("  level {}", number(player.level)));
        }
        if player.win_streak > 0 {
            lines.push(format!("  {} in a row", count(player.win_streak.into(), "win", "wins")));
        }
        if player.debt > 0 {
            lines
                .push(format!("  owes {} credits: what comes in repays them", number(player.debt)));
        }
        for (badge, times) in by_type(&player.badges, |it| it.revoked.is_none()) {
            lines.push(format!("  {}", badge_text(badge, times)));
        }
        for (badge, times) in by_type(&player.badges, |it| it.revoked.is_some()) {
            lines.push(style.dim(&format!("  {}, taken away", badge_text(badge, times))));
        }
        lines.join("\n") + "\n" + &skill_table(&player.skills, style)
    }
}

impl View for PlayerList {
    fn text(&self, style: Style) -> String {
        if self.players.is_empty() {
            return "There are no players.\n".to_owned();
        }
        let columns = [
            Column::Word("player"),
            Column::Word("name"),
            Column::Number("XP"),
            Column::Number("credits"),
            Column::Number("tournaments"),
            Column::Number("badges"),
        ];
        let mut table = Table::new(&columns, style);
        for it in &self.players {
            table.row([
                it.key.clone(),
                it.name.clone(),
                number(it.xp_balance),
                number(it.credit_balance),
                number(it.tournaments),
                number(it.badges.len() as u64),
            ]);
        }
        table.text() + &more_text(self.more_after.as_deref(), style)
    }
}

fn owed_text(debt: i64) -> String {
    if debt == 0 { String::new() } else { format!(" ({} owed)", number(debt)) }
}

fn badge_text(badge: &BadgeView, times: usize) -> String {
    let times = if times > 1 { format!(" × {times}") } else { String::new() };
    format!("{}{times}", badges_text(std::slice::from_ref(badge)))
}

/// One of those badges of each type with how many there are, in the order of the catalogue and then
/// by name.
fn by_type(
    badges: &[BadgeView],
    wanted: impl Fn(&BadgeView) -> bool,
) -> impl Iterator<Item = (&BadgeView, usize)> {
    let mut kinds: BTreeMap<BadgeType, (&BadgeView, usize)> = BTreeMap::new();
    for badge in badges.iter().filter(|it| wanted(it)) {
        kinds.entry(badge.badge).or_insert((badge, 0)).1 += 1;
    }
    kinds.into_values()
}

fn skill_table(skills: &[SkillView], style: Style) -> String {
    let columns = [
        Column::Word("skill"),
        Column::Number("level"),
        Column::Word("tier"),
        Column::Number("steps"),
        Column::Number("assessed"),
    ];
    let mut table = Table::new(&columns, style);
    for it in skills {
        let assessed = it.assessed.map(|it| format!("{:.1} % of {}", it.mean, it.count));
        table.row([
            it.skill.to_string(),
            format!("{:.1}", it.level),
            it.tier.as_str().to_owned(),
            number(it.steps),
            assessed.unwrap_or_default(),
        ]);
    }
    table.text()
}
