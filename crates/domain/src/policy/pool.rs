//! Amounts that are shared out among the placed.

use serde::Serialize;

use super::Places;

/// What is shared out among the placed, besides what each placement is worth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pools {
    /// XP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub xp: Option<Pool>,
    /// Credits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits: Option<Pool>,
}

/// An amount, and who has a part of it.
///
/// Whoever is really there shares it: all of the amount is paid, if anybody's placement weighs
/// anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pool {
    /// What is shared out, in whole units.
    pub amount: i64,
    /// What placements weigh; the first that fits counts, and others weigh nothing.
    pub weights: Vec<PoolWeight>,
}

/// What each of some placements weighs in a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PoolWeight {
    /// Which placements.
    #[serde(flatten)]
    pub places: Places,
    /// What each of them weighs.
    pub weight: u32,
}

impl Pools {
    /// Whether nothing is shared out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.xp.is_none() && self.credits.is_none()
    }

    /// The last placement that weighs anything in a field of `field_size`.
    pub(crate) fn last_weight(&self, field_size: u32) -> u32 {
        let weights = [&self.xp, &self.credits].into_iter().flatten().flat_map(|it| &it.weights);
        let last = |it: &PoolWeight| *it.places.in_field(field_size).end();
        weights.filter(|it| it.weight > 0).map(last).max().unwrap_or(0).min(field_size)
    }
}

impl Pool {
    /// What a placement weighs in a field of `field_size`.
    #[must_use]
    pub fn weight(&self, rank: u32, field_size: u32) -> u32 {
        let fits = |it: &&PoolWeight| it.places.in_field(field_size).contains(&rank);
        self.weights.iter().find(fits).map_or(0, |it| it.weight)
    }
}
