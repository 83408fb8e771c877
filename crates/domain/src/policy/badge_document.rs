//! Badge rules and badges as a document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    BadgePolicy, BadgeRule, Condition, EvidenceField, Fact, HistoryField, PolicyProblem,
    reader::{Problems, Reader},
};
use crate::{BadgeCategory, BadgeFace, BadgeType, SkillName, Tenths, Tier};

const CATEGORIES: &str = "placement, participation, achievement, milestone, specialization";
const RARITIES: &str = "common, uncommon, rare, epic, legendary";
const TIERS: &str = "beginner, developing, intermediate, advanced, master";
/// Up to here every whole number is a number of its own, as no score of a game is larger.
const BOUNDS: std::ops::RangeInclusive<f64> = -1e15..=1e15;

impl BadgeRule {
    /// Reads one rule, as a policy has it, or says all that is wrong with it.
    pub fn from_document(document: &Value) -> Result<Self, Vec<PolicyProblem>> {
        let problems = Problems::default();
        let rule = Reader::whole(document, String::new(), &problems, rule);
        let problems = problems.take();
        rule.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// The document, in canonical form.
    #[must_use]
    pub fn to_document(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

pub(super) fn badges(reader: &Reader<'_>) -> BadgePolicy {
    let mut read = Vec::new();
    reader.list("rules", |reader| {
        if let Some(rule) = rule(reader) {
            note_contradiction(reader, &rule, &read);
            read.push(rule);
        }
    });
    let own: BTreeSet<_> = read.iter().map(|it| it.badge).collect();
    let catalogue = reader.by_name("catalogue", |name, reader| entry(name, reader, &own));
    BadgePolicy { rules: read, catalogue: catalogue.unwrap_or_default().into_iter().collect() }
}

/// Several rules may give one badge; what it is does not depend on which of them did.
fn note_contradiction(reader: &Reader<'_>, rule: &BadgeRule, before: &[BadgeRule]) {
    let Some(other) = before.iter().find(|it| it.badge == rule.badge) else { return };
    let advice = "write the same as in the other rule, or use another badge";
    if other.once_in_a_life != rule.once_in_a_life {
        reader.note("once_in_a_life", "is not as in another rule of this badge", advice);
    }
    if other.category() != rule.category() {
        reader.note("category", "is not as in another rule of this badge", advice);
    }
}

fn rule(reader: &Reader<'_>) -> Option<BadgeRule> {
    let badge = BadgeType::parse(&reader.text("badge")).filter(|it| it.is_by_policy());
    if badge.is_none() {
        let names = BadgeType::ALL.iter().filter(|it| it.is_by_policy()).map(BadgeType::as_str);
        let names = names.collect::<Vec<_>>().join(", ");
        let advice = format!("write one of: {names}; or a name of your own, of A-Z, 0-9 and `_`");
        reader.note("badge", "is no badge that a rule gives", advice);
    }
    let when = reader.list("when", condition).unwrap_or_default();
    if when.is_empty() {
        reader.note("when", "has no condition", "write at least one, or everybody has the badge");
    }
    let once_in_a_life = reader.word("once_in_a_life", "true, false").unwrap_or_default();
    let category = category(reader, badge);
    let usual = badge.unwrap_or(BadgeType::Marksman).face();
    let face = reader.object("face", |reader| face(reader, usual));
    let when = when.into_iter().flatten().collect();
    Some(BadgeRule { badge: badge?, when, once_in_a_life, category, face })
}

/// Only for a badge of one's own: what those of the table mark is known.
fn category(reader: &Reader<'_>, badge: Option<BadgeType>) -> Option<BadgeCategory> {
    let category: Option<BadgeCategory> = reader.word("category", CATEGORIES);
    match badge {
        Some(own @ BadgeType::Own(_)) => category.filter(|it| *it != own.category()),
        Some(_) if category.is_some() => {
            reader.note("category", "cannot be changed for this badge", "leave it out");
            None
        }
        _ => None,
    }
}

fn condition(reader: &Reader<'_>) -> Option<Condition> {
    let evidence = reader.word("evidence", EvidenceField::NAMES).map(Fact::Evidence);
    let history = reader.word("history", HistoryField::NAMES).map(Fact::History);
    let skill = skill(reader).map(Fact::Skill);
    let of_skill = reader.has("skill");
    let at_least = bound(reader, "at_least", of_skill.then_some(Tier::floor as Edge));
    let at_most = bound(reader, "at_most", of_skill.then_some(Tier::ceiling as Edge));
    if !reader.has("at_least") && !reader.has("at_most") {
        reader.note_whole("has no bound", "write `at_least`, `at_most` or both");
    }
    if ["evidence", "history", "skill"].into_iter().filter(|it| reader.has(it)).count() != 1 {
        let advice = "write one of `evidence`, `history` and `skill`, and a condition for each";
        reader.note_whole("is not about one thing", advice);
    }
    Some(Condition { of: evidence.or(history).or(skill)?, at_least, at_most })
}

fn skill(reader: &Reader<'_>) -> Option<SkillName> {
    let name = reader.optional_text("skill")?;
    let skill = SkillName::new(name);
    if skill.is_err() {
        reader.note("skill", "is no skill name", "use 1 to 64 of a-z, 0-9, `_` and `-`");
    }
    skill.ok()
}

/// The level at one end of a tier.
type Edge = fn(Tier) -> Tenths;

/// A number; for a skill, the name of a tier will do.
fn bound(reader: &Reader<'_>, field: &'static str, tier: Option<Edge>) -> Option<f64> {
    match tier {
        Some(edge) if reader.is_text(field) => {
            reader.word::<Tier>(field, TIERS).map(|it| edge(it).as_f64())
        }
        _ => reader.number(field, BOUNDS),
    }
}

fn entry(
    name: &str,
    reader: &Reader<'_>,
    own: &BTreeSet<BadgeType>,
) -> Option<(BadgeType, BadgeFace)> {
    let known = |it: &BadgeType| !matches!(it, BadgeType::Own(_)) || own.contains(it);
    let badge = BadgeType::parse(name).filter(known);
    if badge.is_none() {
        let advice = "use a name of the badge table, such as CHAMPION, or one that a rule gives";
        reader.note_whole("is no badge", advice);
    }
    let face = face(reader, badge.unwrap_or(BadgeType::Marksman).face());
    Some((badge?, face))
}

/// A face; what is not said is as `usual`.
fn face(reader: &Reader<'_>, usual: BadgeFace) -> BadgeFace {
    let text = |field, usual: String| reader.optional_text(field).unwrap_or(usual);
    BadgeFace {
        title: text("title", usual.title),
        description: text("description", usual.description),
        icon: text("icon", usual.icon),
        rarity: reader.word("rarity", RARITIES).unwrap_or(usual.rarity),
    }
}
