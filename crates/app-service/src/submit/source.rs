//! Where standings come from: memory, or wherever there is room for them.

use domain::{FieldFacts, Standing, Standings, StandingsRules};
use ports::StoreError;

/// Standings that are read one by one, as often as is needed.
pub trait StandingsSource: Send + Sync {
    /// What the standings are known by.
    fn facts(&self) -> FieldFacts;

    /// The rules by which they were made.
    fn rules(&self) -> StandingsRules;

    /// Every standing, in ascending player id. What cannot be read any more is
    /// [`StoreError::Unusable`].
    fn standings(&self) -> Box<dyn Iterator<Item = Result<Standing, StoreError>> + Send + '_>;
}

/// Standings in memory.
#[derive(Debug)]
pub struct HeldStandings {
    standings: Standings,
    rules: StandingsRules,
    facts: FieldFacts,
}

impl HeldStandings {
    /// `standings` that were made by `rules`.
    #[must_use]
    pub fn new(standings: Standings, rules: StandingsRules) -> Self {
        Self { facts: standings.facts(), standings, rules }
    }
}

impl StandingsSource for HeldStandings {
    fn facts(&self) -> FieldFacts {
        self.facts
    }

    fn rules(&self) -> StandingsRules {
        self.rules
    }

    fn standings(&self) -> Box<dyn Iterator<Item = Result<Standing, StoreError>> + Send + '_> {
        Box::new(self.standings.entries().iter().cloned().map(Ok))
    }
}

/// What comes one by one, in pages of at most `limit`, up to what cannot be read.
pub(super) fn in_pages<T>(
    mut rows: impl Iterator<Item = Result<T, StoreError>>,
    limit: u32,
) -> impl Iterator<Item = Result<Vec<T>, StoreError>> {
    let limit = limit as usize;
    std::iter::from_fn(move || {
        let page: Result<Vec<_>, _> = rows.by_ref().take(limit).collect();
        let is_behind_the_last = page.as_ref().is_ok_and(Vec::is_empty);
        (!is_behind_the_last).then_some(page)
    })
}
