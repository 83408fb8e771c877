//! Standings from which somebody was struck afterwards.

use std::collections::{BTreeMap, BTreeSet};

use super::ladder::Ladder;
use crate::{Outcome, Placement, PlayerId, Standing, Standings, TieRule};

impl Standings {
    /// The same with `players` disqualified, and everybody behind them moved up. Who shared a place
    /// shares one still; the members of a team move up with it, if any of them is left. Nothing that
    /// was measured of the disqualified counts.
    #[must_use]
    pub fn with_disqualified(self, players: &BTreeSet<PlayerId>, ties: TieRule) -> Self {
        let mut entries = self.into_entries();
        for struck in entries.iter_mut().filter(|it| players.contains(&it.player)) {
            struck.outcome = Outcome::Disqualified;
            struck.measured = None;
        }
        let ladder = Ladder::new(contenders(&entries), ties);
        for standing in &mut entries {
            if let Outcome::Placed(placement) = standing.outcome {
                standing.outcome = Outcome::Placed(ladder.placement(&placement));
            }
        }
        Self::new(entries)
    }
}

/// The placements that are held, once for each team.
fn contenders(entries: &[Standing]) -> Vec<Placement> {
    let mut alone = vec![];
    let mut teams = BTreeMap::new();
    for standing in entries {
        let Some(placement) = standing.outcome.placement() else { continue };
        match &standing.team {
            Some(team) => drop(teams.insert(&*team.name, placement)),
            None => alone.push(placement),
        }
    }
    alone.extend(teams.into_values());
    alone
}
