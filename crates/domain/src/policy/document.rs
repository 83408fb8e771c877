//! The policy as a JSON document: read with every problem at once, written in one canonical form.

use serde_json::Value;

use super::{
    AbsenceRules, BadgePolicy, BadgeRule, Condition, EvidenceField, PolicyProblem, RewardPolicy,
    SkillRule, Treatment,
    prize_sections::{limits, pools, teams, tie_break, tied_prizes, tiers, worth},
    reader::{Problems, Reader},
};
use crate::{BadgeFace, BadgeType, ConversionRates, LeaguePoints, SkillCategory, SkillName};

const RATE_MAX: i64 = 10_000;
const VERSION_MAX: i64 = u32::MAX as i64;
const WEIGHT_MIN: f64 = 0.1;
const WEIGHT_MAX: f64 = 5.0;

const CATEGORIES: &str = "technical, tactical, physical, mental, none";
const EVIDENCE: &str = "placement, field_size, opponent_factor, match_modifier, played, wins, \
                        draws, losses, goals_for, goals_against";
const RARITIES: &str = "common, uncommon, rare, epic, legendary";
const CLAWBACKS: &str = "overdraw, debt, forgive";
const TIES: &str = "skip, dense, ordinal";
const TREATMENTS: &str = "participation, nothing";

impl RewardPolicy {
    /// Reads a policy. A section that is missing is that of [`RewardPolicy::standard`]; a section
    /// that is there must be whole and right, and nothing may be there that Guerdon does not know.
    pub fn from_document(document: &Value) -> Result<Self, Vec<PolicyProblem>> {
        let problems = Problems::default();
        let policy = Reader::whole(document, String::new(), &problems, policy);
        match problems.take() {
            none if none.is_empty() => Ok(policy),
            problems => Err(problems),
        }
    }

    /// The document, with every section written out.
    ///
    /// What has come after policies were first stored is left out where it is as usual, so that a
    /// policy which does not mention it keeps the hash that it had.
    #[must_use]
    pub fn to_document(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

fn policy(document: &Reader<'_>) -> RewardPolicy {
    let standard = RewardPolicy::standard();
    let ties = document.word("ties", TIES).unwrap_or(standard.ties);
    RewardPolicy {
        version: small(document.integer("version", 1..=VERSION_MAX, None)),
        tiers: tiers(document).unwrap_or(standard.tiers),
        participation: document.object("participation", worth).unwrap_or(standard.participation),
        skills: document
            .by_name("skills", skill)
            .map_or(standard.skills, |skills| skills.into_iter().collect()),
        rates: document.object("rates", rates).unwrap_or(standard.rates),
        ties,
        league_points: document
            .object("league_points", league_points)
            .unwrap_or(standard.league_points),
        absence: document.object("absence", absence).unwrap_or(standard.absence),
        badges: document.object("badges", badges).unwrap_or(standard.badges),
        clawback: document.word("clawback", CLAWBACKS).unwrap_or(standard.clawback),
        tie_break: tie_break(document, ties),
        tied_prizes: tied_prizes(document, ties),
        pools: document.object("pool", pools).unwrap_or_default(),
        teams: document.object("teams", teams).unwrap_or_default(),
        limits: document.object("limits", limits).unwrap_or_default(),
    }
}

fn skill(name: &str, reader: &Reader<'_>) -> Option<(SkillName, SkillRule)> {
    let rule = SkillRule {
        weight: reader.required_number("weight", WEIGHT_MIN..=WEIGHT_MAX),
        category: reader.word("category", CATEGORIES).unwrap_or(SkillCategory::None),
        enabled: reader.word("enabled", "true, false").unwrap_or(true),
    };
    let name = SkillName::new(name);
    if name.is_err() {
        reader.note_whole("is no skill name", "use 1 to 64 of a-z, 0-9, `_` and `-`");
    }
    Some((name.ok()?, rule))
}

fn rates(reader: &Reader<'_>) -> ConversionRates {
    let standard = ConversionRates::default();
    let rate = |field, usual| reader.integer(field, 0..=RATE_MAX, Some(usual));
    ConversionRates {
        technical: rate("technical", standard.technical),
        tactical: rate("tactical", standard.tactical),
        physical: rate("physical", standard.physical),
        mental: rate("mental", standard.mental),
        none: rate("none", standard.none),
    }
}

fn league_points(reader: &Reader<'_>) -> LeaguePoints {
    let points = |field| small(reader.integer(field, 0..=1_000, None));
    LeaguePoints { win: points("win"), draw: points("draw"), loss: points("loss") }
}

fn absence(reader: &Reader<'_>) -> AbsenceRules {
    let standard = AbsenceRules::default();
    let treatment = |field, usual: Treatment| reader.word(field, TREATMENTS).unwrap_or(usual);
    AbsenceRules {
        unplaced: treatment("unplaced", standard.unplaced),
        disqualified: treatment("disqualified", standard.disqualified),
        absent: treatment("absent", standard.absent),
    }
}

fn badges(reader: &Reader<'_>) -> BadgePolicy {
    let rules = reader.list("rules", badge_rule).unwrap_or_default();
    let catalogue = reader.by_name("catalogue", face).unwrap_or_default();
    BadgePolicy {
        rules: rules.into_iter().flatten().collect(),
        catalogue: catalogue.into_iter().collect(),
    }
}

fn badge_rule(reader: &Reader<'_>) -> Option<BadgeRule> {
    let badge = BadgeType::parse(&reader.text("badge")).filter(|it| it.is_by_policy());
    if badge.is_none() {
        let names = BadgeType::ALL.iter().filter(|it| it.is_by_policy()).map(|it| it.as_str());
        let advice = format!("write one of: {}", names.collect::<Vec<_>>().join(", "));
        reader.note("badge", "is no badge that a policy gives", advice);
    }
    let when = reader.list("when", condition).unwrap_or_default();
    if when.is_empty() {
        reader.note("when", "has no condition", "write at least one, or everybody has the badge");
    }
    Some(BadgeRule { badge: badge?, when: when.into_iter().flatten().collect() })
}

fn condition(reader: &Reader<'_>) -> Option<Condition> {
    let evidence: Option<EvidenceField> = reader.word("evidence", EVIDENCE);
    let bound = |field| reader.number(field, -1e9..=1e9);
    let (at_least, at_most) = (bound("at_least"), bound("at_most"));
    if at_least.is_none() && at_most.is_none() {
        reader.note_whole("has no bound", "write `at_least`, `at_most` or both");
    }
    if evidence.is_none() {
        reader.note("evidence", "is missing or unknown", format!("write one of: {EVIDENCE}"));
    }
    Some(Condition { evidence: evidence?, at_least, at_most })
}

fn face(name: &str, reader: &Reader<'_>) -> Option<(BadgeType, BadgeFace)> {
    let badge = BadgeType::parse(name);
    let Some(usual) = badge.map(BadgeType::face) else {
        reader.note_whole("is no badge", "use a name of the badge table, such as CHAMPION");
        return None;
    };
    let text = |field, usual: String| reader.optional_text(field).unwrap_or(usual);
    let face = BadgeFace {
        title: text("title", usual.title),
        description: text("description", usual.description),
        icon: text("icon", usual.icon),
        rarity: reader.word("rarity", RARITIES).unwrap_or(usual.rarity),
    };
    badge.map(|it| (it, face))
}

/// For numbers that a range has bounded already.
pub(super) fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
