//! Sixty-five seasons of Formula One: every race, and every doubt about it.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::collections::BTreeSet;

use cli::import::{Import, ImportOptions, ImportedTournament, Problem};
use domain::{OnDuplicate, OnGap, Results, StandingsRules};

/// What is asked of the whole file.
#[derive(Default)]
struct Seasons {
    races: usize,
    rows: usize,
    drivers: BTreeSet<String>,
    /// The races with a driver twice, and those with a gap in the placements.
    doubles: BTreeSet<String>,
    gaps: BTreeSet<String>,
}

impl Seasons {
    fn add(&mut self, race: &ImportedTournament, problems: &[Problem]) {
        self.races += 1;
        self.rows += match &race.results {
            Results::Ranked(_) => race.source.rows().len(),
            Results::Matches(_) => 0,
        };
        self.drivers.extend(race.players.iter().map(|it| it.key.clone()));
        for problem in problems {
            let races = match problem.field.as_deref() {
                Some("driver_id") => &mut self.doubles,
                Some("position") => &mut self.gaps,
                _ => panic!("{problem}"),
            };
            races.insert(race.key.clone());
        }
    }
}

fn read(rules: &StandingsRules) -> Seasons {
    let path = real_data::path("f1/race-results-1950-2014.csv");
    let import = Import::open(&path, &ImportOptions::default()).unwrap();
    let mut seasons = Seasons::default();
    for race in import.tournaments() {
        let race = race.unwrap();
        let problems = race.standings(rules).err().unwrap_or_default();
        seasons.add(&race, &problems);
    }
    seasons
}

#[test]
fn every_race_is_read_and_the_doubtful_ones_are_refused() {
    let seasons = read(&StandingsRules::default());

    assert_eq!((seasons.races, seasons.rows, seasons.drivers.len()), (916, 22_590, 823));
    assert_eq!(Vec::from_iter(&seasons.doubles), SHARED_DRIVES);
    assert_eq!(Vec::from_iter(&seasons.gaps), GAPS);
}

#[test]
fn every_race_counts_once_the_doubts_are_decided() {
    let (on_duplicate, on_gap) = (OnDuplicate::Best, OnGap::Close);
    let rules = StandingsRules { on_duplicate, on_gap, ..StandingsRules::default() };

    let seasons = read(&rules);

    assert_eq!(seasons.races, 916);
    assert!(seasons.doubles.is_empty() && seasons.gaps.is_empty());
}

#[test]
fn a_doubt_is_told_with_its_line_and_what_to_do() {
    let path = real_data::path("f1/race-results-1950-2014.csv");
    let import = Import::open(&path, &ImportOptions::default()).unwrap();
    let races = import.tournaments().map(|it| it.unwrap());
    let doubts = races.filter_map(|it| it.standings(&StandingsRules::default()).err());

    let first = doubts.flatten().next().unwrap().to_string();

    let (file, told) = first.split_once(".csv:").unwrap();
    assert!(file.ends_with("race-results-1950-2014"));
    assert_eq!(
        told,
        "76: driver_id: fred-agabashian is listed twice (see line 72); remove one of the rows, or \
         let the better finish count with --on-duplicate best"
    );
}

/// Races in which somebody drove two cars, mostly to take over that of a team mate.
const SHARED_DRIVES: [&str; 42] = [
    "1950-03-indianapolis",
    "1950-06-france",
    "1950-07-italy",
    "1951-04-france",
    "1951-07-italy",
    "1952-01-switzerland",
    "1952-04-france",
    "1952-07-netherlands",
    "1953-02-indianapolis",
    "1953-03-netherlands",
    "1953-04-belgium",
    "1953-07-germany",
    "1953-08-switzerland",
    "1954-02-indianapolis",
    "1954-03-belgium",
    "1954-05-great-britain",
    "1954-06-germany",
    "1954-08-italy",
    "1955-01-argentina",
    "1955-02-monaco",
    "1955-04-belgium",
    "1955-06-great-britain",
    "1956-01-argentina",
    "1956-02-monaco",
    "1956-04-belgium",
    "1956-05-france",
    "1956-06-great-britain",
    "1956-07-germany",
    "1956-08-italy",
    "1957-01-argentina",
    "1957-02-monaco",
    "1957-04-france",
    "1957-05-great-britain",
    "1957-08-italy",
    "1958-06-france",
    "1958-10-italy",
    "1960-01-argentina",
    "1961-05-great-britain",
    "1961-08-united-states",
    "1964-09-united-states",
    "1976-10-germany",
    "1978-14-italy",
];

/// Races whose classification misses a placement.
const GAPS: [&str; 5] =
    ["1983-01-brazil", "1987-10-austria", "1988-14-spain", "1993-15-japan", "1997-16-japan"];
