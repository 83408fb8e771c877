//! Results as a caller has given them: what is wrong is said in the caller's own words and places.

use std::collections::BTreeMap;

use app_service::{
    GuerdonError,
    domain::{PlayerId, Results, ResultsProblem},
};

use super::{refused, results};
use crate::{
    path,
    problem::{Code, FieldError, Problem},
};

/// Results as a caller has given them.
#[derive(Debug, Clone)]
pub(crate) struct GivenResults {
    /// The same for the use cases.
    pub(crate) results: Results,
    /// Where the rows are.
    list: &'static str,
    /// What each player is called, and where that stands first.
    players: BTreeMap<PlayerId, (String, String)>,
}

impl GivenResults {
    /// What `given` says.
    pub(crate) fn of(given: &wire::Results) -> Result<Self, Problem> {
        let list = list(given);
        let mut players = BTreeMap::new();
        for (name, place) in names(given) {
            let stands = || (name.to_owned(), format!("{list}/{place}"));
            players.entry(path::player(name)).or_insert_with(stands);
        }
        Ok(Self { results: results(given)?, list, players })
    }

    /// The problem that an error about these results is.
    pub(crate) fn problem(&self, error: GuerdonError) -> Problem {
        match error {
            GuerdonError::InvalidResults(problems) => {
                refused(problems.iter().map(|it| self.field_error(it)).collect())
            }
            GuerdonError::Unregistered(ids) => {
                let detail = format!("{} participant(s) are not registered", ids.len());
                let errors = ids.iter().map(|it| self.unregistered(*it)).collect();
                Problem::new(Code::PlayersUnregistered, detail).with_errors(errors)
            }
            other => other.into(),
        }
    }

    fn field_error(&self, problem: &ResultsProblem) -> FieldError {
        let field = match problem.field() {
            "placement" => "/placement",
            "value" => "/value",
            "team" => "/team",
            "tie-break" => "/tie_break",
            "round" => "/round",
            "score" => "/full_time",
            _ => "",
        };
        let pointer = match problem.row() {
            Some(row) => format!("{}/{row}{field}", self.list),
            None => self.list.to_owned(),
        };
        FieldError { pointer, detail: problem.describe(&|player| self.name(player)) }
    }

    fn unregistered(&self, id: PlayerId) -> FieldError {
        let pointer = self.players.get(&id).map(|it| it.1.clone());
        let detail = format!("nobody is registered as {}", self.name(id));
        FieldError { pointer: pointer.unwrap_or_default(), detail }
    }

    fn name(&self, id: PlayerId) -> String {
        self.players.get(&id).map_or_else(|| id.to_string(), |it| it.0.clone())
    }
}

fn list(given: &wire::Results) -> &'static str {
    match given {
        wire::Results::Placements(_) => "/results/placements",
        wire::Results::Measured { .. } => "/results/measured/rows",
        wire::Results::Matches(_) => "/results/matches",
    }
}

/// Every name, and its place within the list.
fn names(given: &wire::Results) -> Vec<(&str, String)> {
    let row = |(index, name)| (name, format!("{index}/player"));
    match given {
        wire::Results::Placements(rows) => {
            rows.iter().map(|it| it.player.as_str()).enumerate().map(row).collect()
        }
        wire::Results::Measured { rows, .. } => {
            rows.iter().map(|it| it.player.as_str()).enumerate().map(row).collect()
        }
        wire::Results::Matches(rows) => rows
            .iter()
            .enumerate()
            .flat_map(|(index, it)| {
                [
                    (it.home.as_str(), format!("{index}/home")),
                    (it.away.as_str(), format!("{index}/away")),
                ]
            })
            .collect(),
    }
}
