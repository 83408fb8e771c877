//! What standings are known by, also where nobody holds them.

use super::Standing;
use crate::{Hash256, Hasher, MemberWeight};

/// What is known of standings by whoever does not hold them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldFacts {
    /// See [`Standings::names`](super::Standings::names).
    pub names: [Hash256; 2],
    /// Competing participants; in a team tournament the number of competing teams.
    pub field_size: u32,
}

impl FieldFacts {
    /// See [`Standings::hash`](super::Standings::hash).
    #[must_use]
    pub fn hash(&self) -> Hash256 {
        let [hash, _] = self.names;
        hash
    }
}

/// Names standings that come one by one, in ascending id.
#[derive(Debug, Clone)]
pub struct StandingsHasher {
    all: Hasher,
    /// The same without what was measured; `None` while nothing was.
    unmeasured: Option<Hasher>,
}

impl Default for StandingsHasher {
    fn default() -> Self {
        Self::new()
    }
}

impl StandingsHasher {
    /// No standing yet.
    #[must_use]
    pub fn new() -> Self {
        Self { all: Hasher::new("standings"), unmeasured: None }
    }

    /// Adds the next ones.
    pub fn add_all(&mut self, standings: &[Standing]) {
        for standing in standings {
            self.add(standing);
        }
    }

    /// Adds the next one.
    pub fn add(&mut self, standing: &Standing) {
        if standing.measured.is_some() && self.unmeasured.is_none() {
            self.unmeasured = Some(self.all.clone());
        }
        let hashers = [Some(&mut self.all), self.unmeasured.as_mut()];
        hashers.into_iter().flatten().for_each(|it| add(it, standing));
        self.all.measured(standing.measured);
    }

    /// See [`Standings::names`](super::Standings::names).
    #[must_use]
    pub fn names(self) -> [Hash256; 2] {
        let all = self.all.finish();
        [all, self.unmeasured.map_or(all, Hasher::finish)]
    }
}

/// Everything but what was measured.
fn add(hasher: &mut Hasher, standing: &Standing) {
    let Standing { player, team, outcome, record, .. } = standing;
    let (outcome, rank) = outcome.code();
    hasher
        .bytes(player.as_uuid().as_bytes())
        .number(team.is_some().into())
        .bytes(team.as_ref().map_or("", |it| &*it.name).as_bytes())
        .number(outcome)
        .number(rank)
        .record(record);
    let weight = team.as_ref().map_or(MemberWeight::ONE, |it| it.weight);
    if weight != MemberWeight::ONE {
        hasher.number(weight.get().into());
    }
}
