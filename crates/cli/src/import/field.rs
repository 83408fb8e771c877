//! A tournament as a file has it, which nobody has to hold: who takes part, and who ended where.

use std::{collections::HashMap, fmt, io, sync::Arc};

use app_service::{HeldStandings, StandingsSource, StoreError};
use domain::{
    FieldFacts, NewPlayer, PlayerId, RankedField, ResultsProblem, Standing, StandingsRules,
};

use super::{ImportedTournament, Problem, roll::Roll, sorting::ScratchRows};

/// A tournament as a file has it, whatever its size.
pub struct ImportedField {
    /// The natural identity.
    pub key: String,
    /// What people call it; its key if the file has no name.
    pub name: String,
    /// Who ended where.
    pub standings: Arc<dyn StandingsSource>,
    pub(super) players: Players,
}

/// Who takes part.
#[derive(Debug)]
pub(super) enum Players {
    Held(Vec<NewPlayer>),
    Rolled(Roll),
}

/// Standings of which most are put aside.
#[derive(Debug)]
pub(super) struct ScratchStandings {
    field: RankedField<ScratchRows>,
    facts: FieldFacts,
}

impl ImportedField {
    /// Everybody in the results, in the order of the file; whoever stands there twice may come twice.
    pub fn players(&self) -> Box<dyn Iterator<Item = Result<NewPlayer, StoreError>> + Send + '_> {
        match &self.players {
            Players::Held(players) => Box::new(players.iter().cloned().map(Ok)),
            Players::Rolled(roll) => Box::new(roll.players().map(|it| it.map_err(lost))),
        }
    }

    /// A tournament that is held.
    pub(super) fn held(
        tournament: ImportedTournament,
        rules: StandingsRules,
    ) -> Result<Self, Vec<Problem>> {
        let standings = HeldStandings::new(tournament.standings(&rules)?, rules);
        let ImportedTournament { key, name, players, .. } = tournament;
        Ok(Self { key, name, standings: Arc::new(standings), players: Players::Held(players) })
    }
}

impl fmt::Debug for ImportedField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = self.standings.facts();
        f.debug_struct("ImportedField")
            .field("key", &self.key)
            .field("facts", &facts)
            .finish_non_exhaustive()
    }
}

impl ScratchStandings {
    pub(super) fn of(field: RankedField<ScratchRows>) -> io::Result<Self> {
        Ok(Self { facts: field.facts()?, field })
    }
}

impl StandingsSource for ScratchStandings {
    fn facts(&self) -> FieldFacts {
        self.facts
    }

    fn rules(&self) -> StandingsRules {
        *self.field.rules()
    }

    fn standings(&self) -> Box<dyn Iterator<Item = Result<Standing, StoreError>> + Send + '_> {
        Box::new(self.field.standings().map(|it| it.map_err(lost)))
    }
}

/// What was put aside cannot be read any more: the surroundings are to be mended.
fn lost(error: io::Error) -> StoreError {
    StoreError::Unusable { during: "reading rows that were put aside", source: error.into() }
}

/// What those are called whom problems are about; one pass over the roll, and none where there is
/// no problem.
pub(super) fn names(
    problems: &[ResultsProblem],
    roll: &Roll,
) -> io::Result<HashMap<PlayerId, String>> {
    let mut names: HashMap<_, _> =
        problems.iter().flat_map(ResultsProblem::players).map(|it| (it, String::new())).collect();
    for player in roll.players() {
        let player = player?;
        if let Some(name) = names.get_mut(&player.id).filter(|it| it.is_empty()) {
            *name = player.name;
        }
    }
    Ok(names)
}
