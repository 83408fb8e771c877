//! When somebody is killed, drawn at random and the same again for the same seed.

/// Says that it is the long variant.
const EXHAUSTIVE: &str = "GUERDON_EXHAUSTIVE";

/// How often somebody is killed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Toll {
    /// In the short variant.
    pub(crate) short: u64,
    /// In the long one.
    pub(crate) long: u64,
}

/// Draws lifetimes.
pub(crate) struct Dice {
    /// How many kills there have to be.
    pub(crate) kills: u64,
    seed: u64,
    random: fastrand::Rng,
}

impl Dice {
    /// From `GUERDON_SEED`, or from chance.
    pub(crate) fn of(toll: Toll, whose: &str) -> Self {
        let given = std::env::var("GUERDON_SEED").ok();
        let seed = given.map_or_else(|| fastrand::u64(..), |it| it.parse().expect("a number"));
        let salt: u64 = whose.bytes().map(u64::from).sum();
        let random = fastrand::Rng::with_seed(seed.wrapping_add(salt));
        let exhaustive = std::env::var(EXHAUSTIVE).is_ok_and(|it| it == "1");
        Self { kills: if exhaustive { toll.long } else { toll.short }, seed, random }
    }

    /// How many statements somebody lives for: at most so many.
    pub(crate) fn lifetime(&mut self, statements_max: u64) -> u64 {
        self.random.u64(1..=statements_max.max(1))
    }

    /// What to set to draw the same again.
    pub(crate) fn seed(&self) -> String {
        format!("GUERDON_SEED={}", self.seed)
    }
}
