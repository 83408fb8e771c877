//! The policy as a JSON document: read with every problem at once, written in one canonical form.

use serde_json::Value;

use super::{
    AbsenceRules, PolicyProblem, RewardPolicy, SkillRule, Treatment,
    badge_document::badges,
    level_document::levels,
    prize_sections::{limits, pools, teams, tie_break, tied_prizes, tiers, worth},
    reader::{Problems, Reader},
};
use crate::{ConversionRates, LeaguePoints, SkillCategory, SkillName};

const RATE_MAX: i64 = 10_000;
const VERSION_MAX: i64 = u32::MAX as i64;
const WEIGHT_MIN: f64 = 0.1;
const WEIGHT_MAX: f64 = 5.0;

const CATEGORIES: &str = "technical, tactical, physical, mental, none";
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
        levels: document.object("levels", levels).flatten(),
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

/// For numbers that a range has bounded already.
pub(super) fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
