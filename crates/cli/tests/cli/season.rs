//! A paid season of Formula One, race by race.

use std::fmt::Write as _;

use crate::guerdon::Guerdon;

/// How the key of each of its nineteen races begins.
pub(crate) const SEASON: &str = "2010";
/// The first of them, and who won it.
pub(crate) const RACE: &str = "2010-01-bahrain";
pub(crate) const WINNER: &str = "fernando-alonso";
/// Drivers without a place leave gaps.
pub(crate) const READING: [&str; 2] = ["--on-gap", "close"];

pub(crate) fn paid_season() -> Guerdon {
    let guerdon = Guerdon::new().file("season.csv", &season());
    let paid = guerdon.run(&[&["run", "season.csv"][..], &READING].concat());
    assert_eq!(paid.code, 0, "{paid:?}");
    guerdon
}

pub(crate) fn season() -> String {
    let path = real_data::path("f1/race-results-1950-2014.csv");
    let races = std::fs::read_to_string(path).expect("the file is there");
    let mut season = String::new();
    for (number, line) in races.lines().enumerate() {
        if number == 0 || line.starts_with(SEASON) {
            let _ = writeln!(season, "{line}");
        }
    }
    season
}
