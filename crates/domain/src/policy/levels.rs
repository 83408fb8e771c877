//! Levels: which lifetime XP makes which level, and what reaching one pays.

use serde::Serialize;

/// Which lifetime XP makes which level. Everybody starts at level 0.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum LevelCurve {
    /// One by one, lowest first.
    Steps {
        /// At least one; each takes more XP than the one before.
        steps: Vec<LevelStep>,
    },
    /// Each level takes `growth` times as much XP more as the one before.
    Growing {
        /// XP for level 1.
        base: i64,
        /// At least 1.
        growth: f64,
        /// The last level.
        levels: u32,
        /// What each level pays.
        #[serde(skip_serializing_if = "is_zero")]
        credits: i64,
    },
}

/// One level of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LevelStep {
    /// Lifetime XP that it takes.
    pub xp: i64,
    /// What it pays.
    #[serde(skip_serializing_if = "is_zero")]
    pub credits: i64,
}

/// A level of a curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level {
    /// 1 for the first one that takes any XP.
    pub number: u32,
    /// Lifetime XP that it takes.
    pub xp: i64,
    /// What it pays, once in a life.
    pub credits: i64,
}

impl LevelCurve {
    /// Every level, lowest first.
    pub fn levels(&self) -> impl Iterator<Item = Level> {
        let (mut listed, mut grown) = (None, None);
        match self {
            Self::Steps { steps } => listed = Some(steps.iter().copied()),
            Self::Growing { base, growth, levels, credits } => {
                grown = Some(growing(*base, *growth, *levels, *credits));
            }
        }
        let steps = listed.into_iter().flatten().chain(grown.into_iter().flatten());
        (1..).zip(steps).map(|(number, LevelStep { xp, credits })| Level { number, xp, credits })
    }

    /// The level of whoever has `xp`.
    #[must_use]
    pub fn level_of(&self, xp: i64) -> u32 {
        self.levels().take_while(|it| it.xp <= xp).last().map_or(0, |it| it.number)
    }

    /// The levels that whoever has `xp` has reached above `level`, lowest first.
    pub fn reached(&self, level: u32, xp: i64) -> impl Iterator<Item = Level> {
        self.levels().take_while(move |it| it.xp <= xp).filter(move |it| it.number > level)
    }
}

/// Multiplied and rounded step by step: no power is taken, so that every machine has the same curve.
fn growing(base: i64, growth: f64, levels: u32, credits: i64) -> impl Iterator<Item = LevelStep> {
    let mut step = to_f64(base);
    let mut xp = 0_i64;
    (0..levels).map(move |_| {
        xp = xp.saturating_add(whole(step));
        step *= growth;
        LevelStep { xp, credits }
    })
}

#[expect(clippy::cast_precision_loss, reason = "the base of a valid policy is far below 2^52")]
fn to_f64(number: i64) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and a policy bounds the sum")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &i64) -> bool {
    *number == 0
}
