//! How a placement's skill points are shared among the skills, and what they add to the XP.

use crate::Tenths;

/// Shares `base_points` among skills by weight, one share per weight in the order given, each
/// rounded to 0.1 on its own: the shares need not sum to the base (RULES.md, "Reward policy").
///
/// The order of `weights` is the order of their summation, so callers give the order of the policy.
pub fn skill_points<Weights>(weights: Weights, base_points: u32) -> impl Iterator<Item = Tenths>
where
    Weights: Iterator<Item = f64> + Clone,
{
    let weight_total: f64 = weights.clone().sum();
    weights.map(move |weight| Tenths::rounded(weight / weight_total * f64::from(base_points)))
}

/// `floor(points × rate)` in integers: the XP that the points of one skill add, at `rate` XP per
/// point. Points and rate are not negative (RULES.md, "Reward policy").
#[must_use]
pub fn bonus_xp(points: Tenths, rate: i64) -> i64 {
    i64::from(points.units()).saturating_mul(rate).div_euclid(10)
}
