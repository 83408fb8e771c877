//! A player's badges as they are shown off.

use app_service::{
    Showcase, ShownBadge,
    domain::{BadgeCategory, Rarity},
};

use super::{
    Style, View,
    style::{count, number},
    table::{Column, Table},
};

impl View for Showcase {
    fn text(&self, style: Style) -> String {
        let name = style.strong(&self.player_name);
        if self.badges_total == 0 {
            return format!("{name} has no badge yet.\n{}", revoked_text(self, style));
        }
        let rarities = self.by_rarity.iter().rev();
        let rarities =
            rarities.map(|(rarity, times)| format!("{} {}", number(*times), word(*rarity)));
        let mut text = format!(
            "{name} has {}: {}\n",
            count(self.badges_total as u64, "badge", "badges"),
            rarities.collect::<Vec<_>>().join(", ")
        );
        text += &revoked_text(self, style);
        text += &shelf("Rarest", &self.rarest, style);
        text += &shelf("Latest", &self.latest, style);
        for (category, badges) in &self.by_category {
            text += &shelf(title(*category), badges, style);
        }
        text
    }
}

fn shelf(title: &str, badges: &[ShownBadge], style: Style) -> String {
    let columns = [
        Column::Word("badge"),
        Column::Word("rarity"),
        Column::Number("times"),
        Column::Word("last earned"),
        Column::Word("in"),
    ];
    let mut table = Table::new(&columns, style);
    for it in badges {
        let id = || it.tournament.to_string();
        table.row([
            format!("{} {}", it.face.icon, it.face.title),
            word(it.face.rarity).to_owned(),
            number(it.times),
            it.earned_at.to_utc().date().to_string(),
            it.tournament_name.clone().unwrap_or_else(id),
        ]);
    }
    format!("\n{}\n{}", style.strong(title), table.text())
}

fn revoked_text(showcase: &Showcase, style: Style) -> String {
    if showcase.badges_revoked == 0 {
        return String::new();
    }
    let badges = count(showcase.badges_revoked as u64, "badge was", "badges were");
    style.dim(&format!("  {badges} taken away by corrections")) + "\n"
}

fn word(rarity: Rarity) -> &'static str {
    match rarity {
        Rarity::Common => "common",
        Rarity::Uncommon => "uncommon",
        Rarity::Rare => "rare",
        Rarity::Epic => "epic",
        Rarity::Legendary => "legendary",
    }
}

fn title(category: BadgeCategory) -> &'static str {
    match category {
        BadgeCategory::Placement => "Placement",
        BadgeCategory::Participation => "Participation",
        BadgeCategory::Achievement => "Achievement",
        BadgeCategory::Milestone => "Milestone",
        BadgeCategory::Specialization => "Specialization",
    }
}
