//! Sixty-five seasons of Formula One, taken in and paid by the `guerdon` command.

use serde::{Deserialize, Serialize};

use crate::{
    Failure,
    args::Args,
    figures::median,
    ground::{Ground, create},
    program,
    stopwatch::Stopwatch,
};

const RACES: &str = "f1/race-results-1950-2014.csv";

/// What is in that file.
const TOURNAMENTS: u32 = 916;
const RESULTS: u32 = 22_590;

/// Drivers shared cars in the 1950s, and some classifications miss a place.
const DOUBTS: [&str; 4] = ["--on-duplicate", "best", "--on-gap", "close"];

const ROUNDS_MAX: u32 = 3;

/// The same file on both databases.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Imports {
    pub(crate) tournaments: u32,
    pub(crate) results: u32,
    pub(crate) sqlite: Imported,
    pub(crate) postgres: Imported,
}

/// What it took, from the start of the program to its end: medians.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Imported {
    /// Every tournament announced, and its results submitted.
    pub(crate) import_seconds: f64,
    /// Then every tournament paid.
    pub(crate) pay_seconds: f64,
}

pub(crate) async fn measure(
    server: &str,
    ground: &Ground,
    args: &Args,
) -> Result<Imports, Failure> {
    let (mut sqlite, mut postgres) = (vec![], vec![]);
    for round in 0..args.rounds(RESULTS).min(ROUNDS_MAX) {
        let directory = tempfile::tempdir()?;
        let file = directory.path().join("races.sqlite");
        sqlite.push(take(&format!("sqlite://{}?mode=rwc", file.display()))?);
        let name = format!("races_{round}");
        postgres.push(take(&create(server, &name).await?)?);
        ground.execute(&format!("DROP DATABASE {name}")).await?;
    }
    Ok(Imports {
        tournaments: TOURNAMENTS,
        results: RESULTS,
        sqlite: Imported::of(&sqlite),
        postgres: Imported::of(&postgres),
    })
}

impl Imported {
    fn of(taken: &[(f64, f64)]) -> Self {
        Self {
            import_seconds: median(taken.iter().map(|it| it.0).collect()),
            pay_seconds: median(taken.iter().map(|it| it.1).collect()),
        }
    }
}

/// Takes the file in, then pays it; answers how many seconds each took.
fn take(database: &str) -> Result<(f64, f64), Failure> {
    let file = real_data::path(RACES);
    let file = file.to_str().ok_or("a path that is no text")?;
    guerdon(database, &["migrate", "up"])?;
    let import = guerdon(database, &[&["import", file], &DOUBTS[..]].concat())?;
    let pay = guerdon(database, &[&["run", file], &DOUBTS[..]].concat())?;
    Ok((import, pay))
}

/// Runs the command to its end; answers how many seconds it took.
fn guerdon(database: &str, args: &[&str]) -> Result<f64, Failure> {
    let mut command = program::guerdon(database, args)?;
    let stopwatch = Stopwatch::start();
    let output = command.output()?;
    let took = stopwatch.elapsed().as_secs_f64();
    if output.status.success() {
        return Ok(took);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(format!("`guerdon {}` failed: {words}", args.join(" ")).into())
}
