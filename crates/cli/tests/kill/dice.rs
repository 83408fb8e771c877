//! When somebody is killed, drawn at random and the same again for the same seed.

use crate::KILLS_A_RUN;

/// Fifty kills, or as many as one distribution goes through.
const EXHAUSTIVE: &str = "GUERDON_EXHAUSTIVE";

/// Draws lifetimes.
pub(crate) struct Dice {
    /// How many kills there have to be.
    pub(crate) kills: u64,
    seed: u64,
    random: fastrand::Rng,
}

impl Dice {
    /// From `GUERDON_SEED`, or from chance.
    pub(crate) fn new(whose: &str) -> Self {
        let given = std::env::var("GUERDON_SEED").ok();
        let seed = given.map_or_else(|| fastrand::u64(..), |it| it.parse().expect("a number"));
        let salt: u64 = whose.bytes().map(u64::from).sum();
        let random = fastrand::Rng::with_seed(seed.wrapping_add(salt));
        let exhaustive = std::env::var(EXHAUSTIVE).is_ok_and(|it| it == "1");
        Self { kills: if exhaustive { 50 } else { KILLS_A_RUN }, seed, random }
    }

    /// How many statements somebody lives for, where an undisturbed run takes so many.
    pub(crate) fn lifetime(&mut self, statements: u64) -> u64 {
        self.random.u64(1..=(2 * statements / KILLS_A_RUN).max(1))
    }

    /// What to set to draw the same again.
    pub(crate) fn seed(&self) -> String {
        format!("GUERDON_SEED={}", self.seed)
    }
}
