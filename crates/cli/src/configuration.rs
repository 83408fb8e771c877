//! What can be set in a file and in the environment: whatever flag has a variable.
//!
//! A setting has one name and one check, whoever sets it: the flag `--jwt-issuer`, the variable
//! `GUERDON_JWT_ISSUER`, and in a file `jwt_issuer`, or `issuer` in the table `[jwt]`. A file gives way to
//! the environment, and that to the command line. There is no second list of settings: the command line
//! is the list.

mod file;
mod problem;
mod setting;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use clap::{ArgMatches, Command, CommandFactory, FromArgMatches, Parser, builder::Resettable};

pub(crate) use self::problem::SettingProblem;
use self::{
    file::{Entry, read},
    setting::Setting,
};
use crate::{args::Cli, output::SettingLine};

/// The flag that is looked at before all others.
const CONFIG: &str = "config";

/// What was understood of a command line.
#[derive(Debug)]
pub(crate) struct Understood {
    pub(crate) cli: Cli,
    /// Every setting that the command has, and who has set it.
    pub(crate) settings: Vec<SettingLine>,
    /// Everything that is wrong with the file or the environment; without any, `cli` heeds both.
    pub(crate) problems: Vec<SettingProblem>,
}

/// Reads a command line, and the file and the variables that it goes with.
pub(crate) fn understand(args: &[OsString]) -> Result<Understood, clap::Error> {
    let spoken = without_environment().try_get_matches_from(args);
    // Help tells of the variables, too.
    let spoken = spoken.map_err(|error| Cli::try_parse_from(args).err().unwrap_or(error))?;
    let spoken = Cli::from_arg_matches(&spoken)?;
    let path = spoken.global.config.clone();
    let (entries, mut problems) = path.as_deref().map(from_file).unwrap_or_default();
    let settings = Setting::all();
    problems.extend(settings.iter().filter_map(Setting::problem_of_environment));
    if !problems.is_empty() {
        return Ok(Understood { cli: spoken, settings: vec![], problems });
    }
    let matches = with_defaults(Cli::command(), &entries).try_get_matches_from(args)?;
    let cli = Cli::from_arg_matches(&matches)?;
    let settings = lines(&settings, &matches, path.as_deref(), &entries);
    Ok(Understood { cli, settings, problems })
}

/// The command line as it is, for finding out which file it means.
fn without_environment() -> Command {
    fn forget(command: Command) -> Command {
        let forgotten = command.mut_args(|arg| match arg.get_id().as_str() {
            CONFIG => arg,
            _ => arg.env(Resettable::Reset),
        });
        forgotten.mut_subcommands(forget)
    }
    forget(Cli::command())
}

/// The settings of a file, and all that is wrong with it.
fn from_file(path: &Path) -> (Vec<Entry>, Vec<SettingProblem>) {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return (vec![], vec![SettingProblem::unreadable(path, &error)]),
    };
    let (entries, mut problems) = read(path, &text);
    let settings = Setting::all();
    for (position, entry) in entries.iter().enumerate() {
        let is_again = entries[..position].iter().any(|it| it.name == entry.name);
        let problem = match settings.iter().find(|it| it.name() == entry.name) {
            _ if is_again => Some("it is set twice".to_owned()),
            Some(setting) => setting.problem_of(&entry.values),
            None => Some(Setting::unknown(&settings, &entry.name)),
        };
        problems
            .extend(problem.map(|it| SettingProblem::in_file(path, entry.line, &entry.name, it)));
    }
    problems.sort_by_key(|it| it.line);
    (entries, problems)
}

/// The same command line, where what a file says is what is meant if nobody says anything else.
fn with_defaults(command: Command, entries: &[Entry]) -> Command {
    let changed = command.mut_args(|arg| {
        let named = |it: &&Entry| arg.get_long() == Some(it.name.as_str());
        let Some(entry) = entries.iter().find(named) else { return arg };
        // Help shows defaults.
        let is_secret = arg.is_hide_env_values_set();
        arg.default_values(entry.values.clone()).hide_default_value(is_secret)
    });
    changed.mut_subcommands(|it| with_defaults(it, entries))
}

/// Every setting that the command has, with its value and where that comes from.
fn lines(
    settings: &[Setting],
    matches: &ArgMatches,
    path: Option<&Path>,
    entries: &[Entry],
) -> Vec<SettingLine> {
    let mut innermost = matches;
    while let Some((_, inner)) = innermost.subcommand() {
        innermost = inner;
    }
    let of_file = |setting: &Setting| {
        let entry = entries.iter().find(|it| it.name == setting.name())?;
        Some(format!("{}:{}", path.unwrap_or(Path::new("")).display(), entry.line))
    };
    settings.iter().filter_map(|it| it.line(innermost, of_file(it))).collect()
}

/// Where the file is that a command line means, for messages.
pub(crate) fn name_of(path: Option<&PathBuf>) -> String {
    path.map_or_else(|| "the environment".to_owned(), |it| it.display().to_string())
}
