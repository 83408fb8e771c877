//! Lists the scenarios, and plays one order again: `cargo xtask schedule` runs this.

use std::process::ExitCode;

use schedules::{Planted, Search, catalogue};

const USAGE: &str = "usage: schedules list | schedules replay 'scenario@adapter:order'";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["list"] => list(),
        ["replay", schedule] => replay(schedule),
        _ => refuse(&USAGE),
    }
}

fn list() -> ExitCode {
    for scenario in catalogue::all() {
        println!("{}", scenario.name);
    }
    for fault in Planted::ALL {
        println!("…+{fault}");
    }
    ExitCode::SUCCESS
}

fn replay(schedule: &str) -> ExitCode {
    let search = match Search::replay(schedule) {
        Ok(search) => search,
        Err(error) => return refuse(&error),
    };
    let report = search.run();
    match &report.violation {
        None => {
            println!("{}All is well.", report.last);
            ExitCode::SUCCESS
        }
        Some(violation) => {
            println!("{violation}");
            ExitCode::FAILURE
        }
    }
}

fn refuse(why: &impl std::fmt::Display) -> ExitCode {
    eprintln!("error: {why}");
    ExitCode::from(2)
}
