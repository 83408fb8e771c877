//! `cargo xtask demo`: a real tournament is paid, and paid only once, before your eyes.

use crate::shell::{self, Failure};

const WORLD_CUP: &str = "tests/real-data/data/football/worldcup-2018.json";

/// Pay the rewards of the World Cup 2018 on a temporary database, twice, and see them paid once.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Runs the main job twice, then lists the tournaments.
pub(crate) fn run(_: &Args) -> Result<(), Failure> {
    let directory = tempfile::tempdir()
        .map_err(|error| Failure::unprepared(format!("no temporary directory: {error}")))?;
    let database = directory.path().join("demo.sqlite");
    let url = format!("sqlite://{}?mode=rwc", database.display());
    let guerdon = |args: &[&str]| shell::run(shell::guerdon(args).args(["--database-url", &url]));

    println!("\nThe results are imported, planned and paid:");
    guerdon(&["run", WORLD_CUP])?;
    println!("\nThe same again; nothing is paid twice:");
    guerdon(&["run", WORLD_CUP])?;
    println!("\nWhat the database holds:");
    guerdon(&["tournaments"])
}
