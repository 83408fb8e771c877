//! Reproduces, exactly, every output recorded by running the original pipeline.

use std::{collections::BTreeMap, fmt::Debug};

use domain::{
    ConversionRates, FieldBaseline, MatchRecord, Placement, SkillCategory, StepEvidence,
    TenThousandths, Tenths, Tier, bonus_xp, match_modifier, opponent_factor, skill_points,
    skill_step,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

#[test]
fn skill_steps_match() {
    reproduce("ema_steps", 1_499, |case: &Step| (case.run(), case.recorded()));
}

#[test]
fn skill_steps_that_end_on_a_rounding_half_match() {
    reproduce("ema_halfway", 100, |case: &HalfwayStep| {
        let unrounded = hex_float(&case.unrounded_hex);
        let recorded = case.step.recorded();
        ((case.step.run(), Tenths::rounded(unrounded)), (recorded, recorded.0))
    });
}

#[test]
fn sequences_of_steps_match() {
    reproduce("ema_sequences", 7, |case: &Sequence| {
        let levels = case.steps.iter().scan(tenths(case.start), |level, step| {
            *level = skill_step(*level, case.weight, &neutral(step.placement, step.total));
            Some(*level)
        });
        let recorded = case.steps.iter().map(|step| tenths(step.new));
        (levels.collect::<Vec<_>>(), recorded.collect::<Vec<_>>())
    });
}

#[test]
fn match_modifiers_match() {
    reproduce("match_modifier", 52, |case: &Matches| {
        let record = MatchRecord {
            wins: case.wins,
            draws: case.draws,
            losses: case.losses,
            goals_for: whole(case.goals_for),
            goals_against: whole(case.goals_against),
        };
        (match_modifier(&record), ten_thousandths(case.modifier))
    });
}

#[test]
fn opponent_factors_match_from_means_and_from_integer_sums() {
    reproduce("opponent_factor", 33, |case: &Opponents| {
        let recorded = ten_thousandths(case.factor);
        ((case.factor_of_means(), case.factor_of_sums()), (recorded, recorded))
    });
}

#[test]
fn skill_points_match_in_the_order_of_the_policy() {
    reproduce("skill_points", 44, |case: &SkillPoints| (case.run(), case.recorded()));
}

#[test]
fn bonus_xp_of_whole_awards_matches() {
    reproduce("bonus_xp", 5, |case: &BonusXp| (case.run(), case.xp));
}

#[test]
fn bonus_xp_of_single_skills_matches() {
    reproduce("bonus_xp_table", 300, |case: &BonusXpEntry| {
        (bonus_xp(tenths(case.points), case.rate), case.xp)
    });
}

#[test]
fn roundings_match() {
    reproduce("round1", 280, |case: &Rounding| {
        let exact = hex_float(&case.hex);
        ((exact.to_bits(), Tenths::rounded(exact)), (case.x.to_bits(), tenths(case.round1)))
    });
}

#[test]
fn tiers_match() {
    reproduce("tiers", 15, |case: &TierOfLevel| {
        let tier = Tier::of_level(case.level);
        let recorded = (case.tier.to_lowercase(), case.emoji.clone());
        ((tier.to_string(), tier.emoji().to_owned()), recorded)
    });
}

#[derive(Deserialize)]
struct Step {
    prev: f64,
    placement: u32,
    total: u32,
    weight: f64,
    opp: f64,
    #[serde(rename = "mod")]
    modifier: f64,
    new: f64,
    delta: f64,
}

#[derive(Deserialize)]
struct HalfwayStep {
    #[serde(flatten)]
    step: Step,
    unrounded_hex: String,
}

#[derive(Deserialize)]
struct Sequence {
    start: f64,
    weight: f64,
    steps: Vec<SequenceStep>,
}

#[derive(Deserialize)]
struct SequenceStep {
    placement: u32,
    total: u32,
    new: f64,
}

#[derive(Deserialize)]
struct Matches {
    wins: u32,
    losses: u32,
    draws: u32,
    goals_for: f64,
    goals_against: f64,
    modifier: f64,
}

#[derive(Deserialize)]
struct Opponents {
    own_mean_baseline: f64,
    opponent_mean_baselines: Vec<f64>,
    factor: f64,
}

#[derive(Deserialize)]
struct SkillPoints {
    weights: BTreeMap<String, f64>,
    placement: Option<u32>,
    points: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct BonusXp {
    points: BTreeMap<String, f64>,
    categories: BTreeMap<String, String>,
    rates: BTreeMap<String, i64>,
    #[serde(rename = "bonus_xp")]
    xp: i64,
}

#[derive(Deserialize)]
struct BonusXpEntry {
    points: f64,
    rate: i64,
    xp: i64,
}

#[derive(Deserialize)]
struct Rounding {
    x: f64,
    hex: String,
    round1: f64,
}

#[derive(Deserialize)]
struct TierOfLevel {
    level: f64,
    tier: String,
    emoji: String,
}

impl Step {
    /// The level after the step, and the change.
    fn run(&self) -> (Tenths, Tenths) {
        let before = tenths(self.prev);
        let evidence = StepEvidence {
            opponent_factor: ten_thousandths(self.opp),
            match_modifier: ten_thousandths(self.modifier),
            ..neutral(self.placement, self.total)
        };
        let after = skill_step(before, self.weight, &evidence);
        (after, Tenths::new(after.units() - before.units()))
    }

    fn recorded(&self) -> (Tenths, Tenths) {
        (tenths(self.new), tenths(self.delta))
    }
}

impl Opponents {
    fn factor_of_means(&self) -> TenThousandths {
        let others = &self.opponent_mean_baselines;
        let count = f64::from(u32::try_from(others.len()).expect("a small field"));
        let mean = others.iter().sum::<f64>() / count;
        opponent_factor(self.own_mean_baseline, (!others.is_empty()).then_some(mean))
    }

    /// A mean of four decimals is the mean of a thousand skills of one decimal.
    fn factor_of_sums(&self) -> TenThousandths {
        let sum = |mean: f64| i64::from(ten_thousandths(mean).units());
        let own_sum = sum(self.own_mean_baseline);
        let own_side: FieldBaseline = [own_sum].into_iter().collect();
        let mut field = own_side;
        self.opponent_mean_baselines.iter().for_each(|mean| field.add(sum(*mean)));
        field.factor_against(own_sum, &own_side)
    }
}

impl SkillPoints {
    /// By name, as a policy keeps its skills.
    fn run(&self) -> BTreeMap<String, Tenths> {
        let base_points = match self.placement {
            Some(1) => 10,
            Some(2) => 7,
            Some(3) => 5,
            _ => 1,
        };
        let points = skill_points(self.weights.values().copied(), base_points);
        self.weights.keys().cloned().zip(points).collect()
    }

    fn recorded(&self) -> BTreeMap<String, Tenths> {
        self.points.iter().map(|(skill, points)| (skill.clone(), tenths(*points))).collect()
    }
}

impl BonusXp {
    fn run(&self) -> i64 {
        let rates = self.conversion_rates();
        let bonus = self.points.iter().map(|(skill, points)| {
            let category =
                self.categories.get(skill).map_or(SkillCategory::None, |it| category(it));
            bonus_xp(tenths(*points), rates.rate(category))
        });
        bonus.sum()
    }

    /// The recorded rates, and the defaults where none is recorded.
    fn conversion_rates(&self) -> ConversionRates {
        let defaults = ConversionRates::default();
        let rate = |name, default| self.rates.get(name).copied().unwrap_or(default);
        ConversionRates {
            technical: rate("Technical", defaults.technical),
            tactical: rate("Tactical", defaults.tactical),
            physical: rate("Physical", defaults.physical),
            mental: rate("Mental", defaults.mental),
            none: rate("football_skill", defaults.none),
        }
    }
}

/// Runs `rule` on every case of `section` and reports all that differ at once. `rule` gives what
/// the code says and what was recorded; `count` keeps a case from being skipped in silence.
fn reproduce<Case, Output>(section: &str, count: usize, rule: impl Fn(&Case) -> (Output, Output))
where
    Case: DeserializeOwned,
    Output: Debug + PartialEq,
{
    let cases = cases(section);
    assert_eq!(cases.len(), count, "cases in {section}");

    let differences: Vec<String> = cases.iter().filter_map(|it| difference(it, &rule)).collect();
    let report = differences.join("\n");
    assert!(differences.is_empty(), "{} of {count} differ:\n{report}", differences.len());
}

fn difference<Case, Output>(
    case: &Value,
    rule: impl Fn(&Case) -> (Output, Output),
) -> Option<String>
where
    Case: DeserializeOwned,
    Output: Debug + PartialEq,
{
    let (calculated, recorded) = rule(&Case::deserialize(case).expect("the shape of its section"));
    let differs = calculated != recorded;
    differs.then(|| format!("{case}: calculated {calculated:?}, recorded {recorded:?}"))
}

fn cases(section: &str) -> Vec<Value> {
    let rules: Value = serde_json::from_str(include_str!("golden/rules.json")).expect("JSON");
    rules[section].as_array().expect("a list of cases").clone()
}

fn neutral(placement: u32, field_size: u32) -> StepEvidence {
    StepEvidence {
        placement: Placement::new(placement).expect("ranks count from 1"),
        field_size,
        opponent_factor: TenThousandths::ONE,
        match_modifier: TenThousandths::ZERO,
    }
}

fn category(name: &str) -> SkillCategory {
    serde_json::from_value(name.to_lowercase().into()).expect("a category")
}

fn tenths(value: f64) -> Tenths {
    let exact = Tenths::rounded(value);
    assert!(exact.as_f64() - value == 0.0, "{value} has more than one decimal");
    exact
}

fn ten_thousandths(value: f64) -> TenThousandths {
    let exact = TenThousandths::rounded(value);
    assert!(exact.as_f64() - value == 0.0, "{value} has more than four decimals");
    exact
}

fn whole(value: f64) -> u32 {
    let units = tenths(value).units();
    assert_eq!(units % 10, 0, "{value} is not whole");
    u32::try_from(units / 10).expect("a count")
}

/// Reads what C's `%a` prints for a normal number: `-0x1.599999999999ap+0`.
fn hex_float(text: &str) -> f64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1.0_f64, text), |it| (-1.0, it));
    let (mantissa, exponent) =
        digits.strip_prefix("0x1.").and_then(|it| it.split_once('p')).expect("a normal number");
    assert_eq!(mantissa.len(), 13, "{text} has another precision");
    let fraction = u64::from_str_radix(mantissa, 16).expect("hexadecimal digits");
    let exponent: i64 = exponent.parse().expect("an exponent");
    let biased = u64::try_from(exponent + 1_023).expect("an exponent of a normal number");
    f64::from_bits(biased << 52 | fraction).copysign(sign)
}
