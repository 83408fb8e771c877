//! Results, with everything that is wrong with them at once.

mod given;

use app_service::{
    SubmitOptions,
    domain::{
        Better, Finish, Match, MemberWeight, Membership, OnDuplicate, OnGap, Placement,
        RankedEntry, RankedList, Results, Round, Score,
    },
};
use wire::{MeasuredRow, PlacedRow, TeamMember, WithoutMark};

pub(crate) use self::given::GivenResults;
use crate::{
    path,
    problem::{Code, FieldError, Problem},
};

/// How forgiving the reading is to be.
pub(crate) fn reading(duplicate: wire::OnDuplicate, gap: wire::OnGap) -> SubmitOptions {
    SubmitOptions {
        on_duplicate: match duplicate {
            wire::OnDuplicate::Refuse => OnDuplicate::Refuse,
            wire::OnDuplicate::Best => OnDuplicate::Best,
        },
        on_gap: match gap {
            wire::OnGap::Refuse => OnGap::Refuse,
            wire::OnGap::Close => OnGap::Close,
        },
    }
}

/// The results that `given` are, or all that no results can say.
fn results(given: &wire::Results) -> Result<Results, Problem> {
    let mut errors = vec![];
    let results = match given {
        wire::Results::Placements(rows) => {
            let rows = read(rows, "/results/placements", &mut errors, placed);
            Results::Ranked(RankedList::Placements(rows))
        }
        wire::Results::Measured { better, rows } => {
            let entries = read(rows, "/results/measured/rows", &mut errors, measured);
            Results::Ranked(RankedList::Measured { better: end(*better), entries })
        }
        wire::Results::Matches(rows) => {
            Results::Matches(read(rows, "/results/matches", &mut errors, a_match))
        }
    };
    if errors.is_empty() { Ok(results) } else { Err(refused(errors)) }
}

fn refused(errors: Vec<FieldError>) -> Problem {
    let detail = format!("the results have {} problem(s)", errors.len());
    Problem::new(Code::ResultsInvalid, detail).with_errors(errors)
}

/// What is wrong with one field of a row: its name, and the problem.
type Fault = (&'static str, String);

fn read<Row, T>(
    rows: &[Row],
    list: &str,
    errors: &mut Vec<FieldError>,
    read: impl Fn(&Row) -> Result<T, Fault>,
) -> Vec<T> {
    let mut found = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        match read(row) {
            Ok(it) => found.push(it),
            Err((field, detail)) => {
                errors.push(FieldError { pointer: format!("{list}/{index}/{field}"), detail });
            }
        }
    }
    found
}

fn placed(row: &PlacedRow) -> Result<RankedEntry<Placement>, Fault> {
    let rank = |it| Placement::new(it).ok_or(("placement", "placements begin at 1".to_owned()));
    let placement = row.placement.map(rank).transpose()?;
    Ok(RankedEntry {
        player: path::player(&row.player),
        team: row.team.as_ref().map(membership).transpose()?,
        finish: finish("placement", placement, row.without)?,
        tie_break: row.tie_break,
    })
}

fn measured(row: &MeasuredRow) -> Result<RankedEntry<f64>, Fault> {
    Ok(RankedEntry {
        player: path::player(&row.player),
        team: row.team.as_ref().map(membership).transpose()?,
        finish: finish("value", row.value, row.without)?,
        tie_break: row.tie_break,
    })
}

fn finish<Mark>(
    field: &'static str,
    mark: Option<Mark>,
    without: Option<WithoutMark>,
) -> Result<Finish<Mark>, Fault> {
    match (mark, without) {
        (Some(mark), None) => Ok(Finish::Marked(mark)),
        (None, Some(WithoutMark::Unplaced)) => Ok(Finish::Unplaced),
        (None, Some(WithoutMark::Disqualified)) => Ok(Finish::Disqualified),
        (None, Some(WithoutMark::Absent)) => Ok(Finish::Absent),
        (None, None) => Err((field, format!("say `{field}`, or `without` and why"))),
        (Some(_), Some(_)) => Err(("without", format!("say `{field}` or `without`, not both"))),
    }
}

fn membership(team: &TeamMember) -> Result<Membership, Fault> {
    let weight = MemberWeight::new(team.weight);
    let weight = weight.ok_or(("team", "a member's weight is 1 to 1,000,000".to_owned()))?;
    Ok(Membership { name: team.name.clone(), weight })
}

fn a_match(row: &wire::Match) -> Result<Match, Fault> {
    let round = Round::parse(&row.round, row.group.is_some());
    let unknown = || ("round", format!("there is no round of the name {:?}", row.round));
    let pair = |[home, away]: [u32; 2]| (home, away);
    Ok(Match {
        round: round.ok_or_else(unknown)?,
        group: row.group.clone(),
        home: path::player(&row.home),
        away: path::player(&row.away),
        score: Score {
            full_time: pair(row.full_time),
            extra_time: row.extra_time.map(pair),
            penalties: row.penalties.map(pair),
        },
    })
}

fn end(better: wire::Better) -> Better {
    match better {
        wire::Better::Lower => Better::Lower,
        wire::Better::Higher => Better::Higher,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn all_that_no_results_can_say_is_pointed_at_at_once() {
        let given = json!({ "placements": [
            { "player": "ada", "placement": 1 },
            { "player": "bob" },
            { "player": "eva", "placement": 2, "without": "absent" },
            { "player": "kim", "placement": 0 },
            { "player": "lea", "without": "unplaced", "team": { "name": "reds", "weight": 0 } },
        ] });
        let given: wire::Results = serde_json::from_value(given).unwrap();

        let problem = results(&given).unwrap_err();

        let pointers: Vec<_> = problem.errors().iter().map(|it| it.pointer.as_str()).collect();
        let rows = ["1/placement", "2/without", "3/placement", "4/team"];
        assert_eq!(pointers, rows.map(|it| format!("/results/placements/{it}")));
    }

    #[test]
    fn a_round_goes_by_its_whole_name() {
        let given = json!({ "matches": [
            { "round": "Semi-final", "home": "ada", "away": "bob", "full_time": [1, 0] },
            { "round": "the last one", "home": "ada", "away": "bob", "full_time": [1, 0] },
        ] });
        let given: wire::Results = serde_json::from_value(given).unwrap();

        let problem = results(&given).unwrap_err();

        assert_eq!(problem.errors().len(), 1);
        assert_eq!(problem.errors()[0].pointer, "/results/matches/1/round");
    }
}
