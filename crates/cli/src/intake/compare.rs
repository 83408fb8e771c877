//! First pass, over the database: what exists already, and what stands in the way.

use std::collections::HashMap;

use app_service::{
    Guerdon, GuerdonError,
    domain::{RewardPolicy, Tournament, TournamentId, TournamentStatus},
};

use super::{Checked, LeftOut, Sources, check::Candidate, left_out::Obstacle};

/// Tournaments looked up at once.
const LOOKUP: usize = 500;

/// What the second pass shall do.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) sources: Sources,
    /// By number of the file and id.
    pub(super) steps: HashMap<(usize, TournamentId), Step>,
    pub(crate) left_out: Vec<LeftOut>,
}

/// What the second pass shall do with one tournament.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Everything that has not been done yet.
    TakeIn,
    /// It is frozen with these very results: only what is still owed.
    Resume,
    /// Nothing: it is paid.
    Paid,
}

/// Compares what was read with what exists, and writes nothing.
pub(crate) async fn compare(guerdon: &Guerdon, checked: Checked) -> Result<Plan, GuerdonError> {
    let Checked { sources, candidates, mut left_out } = checked;
    let mut steps = HashMap::with_capacity(candidates.len());
    for some in candidates.chunks(LOOKUP) {
        let ids: Vec<_> = some.iter().map(|it| it.id).collect();
        let known = guerdon.known_tournaments(&ids).await?;
        let known: HashMap<_, _> = known.into_iter().map(|it| (it.id, it)).collect();
        for candidate in some {
            match step(candidate, known.get(&candidate.id), &sources) {
                Ok(step) => drop(steps.insert((candidate.file, candidate.id), step)),
                Err(reason) => left_out.push(reason),
            }
        }
    }
    Ok(Plan { sources, steps, left_out })
}

impl Plan {
    /// How many tournaments there is something to do for.
    pub(crate) fn work(&self) -> u64 {
        self.steps.values().filter(|it| **it != Step::Paid).count() as u64
    }

    /// The key or, with several, nothing: the only tournament that the files hold.
    pub(crate) fn only_tournament(&self) -> Option<TournamentId> {
        let mut ids = self.steps.keys().map(|(_, id)| *id);
        ids.next().filter(|_| ids.next().is_none())
    }
}

fn step(
    candidate: &Candidate,
    known: Option<&Tournament>,
    sources: &Sources,
) -> Result<Step, LeftOut> {
    let Some(known) = known else { return Ok(Step::TakeIn) };
    let obstacle = |(kind, message, advice)| {
        let file = sources.files.get(candidate.file).map(super::SourceFile::name);
        LeftOut::for_obstacle(&Obstacle {
            kind,
            file: file.as_deref().unwrap_or_default(),
            tournament: &candidate.key,
            message,
            advice,
        })
    };
    if let Some(difference) = difference(candidate, known, &sources.policy) {
        return Err(obstacle(difference));
    }
    Ok(match known.status {
        TournamentStatus::Completed => Step::Resume,
        status if status.is_frozen() => Step::Paid,
        _ => Step::TakeIn,
    })
}

/// Why what exists is not what the file says.
fn difference(
    candidate: &Candidate,
    known: &Tournament,
    policy: &RewardPolicy,
) -> Option<(&'static str, String, &'static str)> {
    if known.status == TournamentStatus::Cancelled {
        let message = "the tournament was cancelled".to_owned();
        return Some(("cancelled", message, "leave it out of the file"));
    }
    if known.name != candidate.name {
        let message = format!("the tournament exists under the name {:?}", known.name);
        return Some(("differs", message, "use the same name, or another key"));
    }
    if known.policy != *policy {
        let message = "the tournament exists under another reward policy".to_owned();
        let advice = "give the policy that it has, see `guerdon policy show TOURNAMENT`, or use \
                      another key";
        return Some(("differs", message, advice));
    }
    let same = known.results_hash.is_some_and(|it| candidate.results_names.contains(&it));
    (known.status.is_frozen() && !same).then(|| {
        let message = format!("the tournament is {} with other results", known.status);
        let advice = "what was paid stays as it is: import the results that it was paid for, or \
                      leave it out";
        ("results_frozen", message, advice)
    })
}
