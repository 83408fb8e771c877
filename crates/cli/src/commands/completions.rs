//! `guerdon completions`.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::{
    args::Cli,
    failure::{Exit, Failure},
    output,
};

pub(super) fn run(shell: Shell) -> Result<Exit, Failure> {
    let mut script = vec![];
    clap_complete::generate(shell, &mut Cli::command(), "guerdon", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
