//! One setting: a flag that has a variable.

use std::{env, ffi::OsString};

use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory, parser::ValueSource};

use super::{CONFIG, SettingProblem};
use crate::{args::Cli, database::Database, output::SettingLine};

/// The command that has all settings.
const SERVE: &str = "serve";

/// One setting.
pub(super) struct Setting(Arg);

impl Setting {
    /// Every setting that there is: those of every command, and those of `serve`.
    pub(super) fn all() -> Vec<Self> {
        let command = Cli::command();
        let of_serve = command.find_subcommand(SERVE).map(Command::get_arguments);
        let arguments = command.get_arguments().chain(of_serve.into_iter().flatten());
        let is_setting =
            |it: &&Arg| it.get_long().is_some() && it.get_env().is_some() && it.get_id() != CONFIG;
        arguments.filter(is_setting).cloned().map(Self).collect()
    }

    /// The name of its flag.
    pub(super) fn name(&self) -> &str {
        self.0.get_long().unwrap_or_default()
    }

    /// What is wrong with a name that no setting has.
    pub(super) fn unknown(settings: &[Self], name: &str) -> String {
        let near = settings.iter().map(|it| (strsim::jaro_winkler(it.name(), name), it.name()));
        match near.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|it| it.0 > 0.8) {
            Some((_, near)) => format!("there is no such setting; {near} is one"),
            None => "there is no such setting".to_owned(),
        }
    }

    /// What is wrong with these values, if anything is: the command line is asked.
    pub(super) fn problem_of(&self, values: &[String]) -> Option<String> {
        if matches!(self.0.get_action(), ArgAction::SetTrue) {
            let is_truth = matches!(values, [one] if one == "true" || one == "false");
            return (!is_truth).then(|| "use true or false".to_owned());
        }
        let flags = values.iter().map(|it| OsString::from(format!("--{}={it}", self.name())));
        let name = Cli::command().get_name().to_owned();
        let line = [name, SERVE.to_owned()].map(OsString::from).into_iter().chain(flags);
        let refused = super::without_environment().try_get_matches_from(line).err()?;
        Some(words(&refused))
    }

    /// What is wrong with its variable, if that is set and anything is.
    pub(super) fn problem_of_environment(&self) -> Option<SettingProblem> {
        let variable = self.0.get_env()?;
        let Ok(value) = env::var_os(variable)?.into_string() else {
            return Some(self.in_environment("it is no text".to_owned()));
        };
        self.problem_of(&[value]).map(|it| self.in_environment(it))
    }

    /// How it stands in the command that `matches` are of; `None` if that has no such setting.
    pub(super) fn line(&self, matches: &ArgMatches, file: Option<String>) -> Option<SettingLine> {
        let id = self.0.get_id().as_str();
        if matches.try_contains_id(id).is_err() {
            return None;
        }
        let raw = matches.get_raw(id).map(|them| {
            them.map(|it| it.to_string_lossy().into_owned()).collect::<Vec<_>>().join(",")
        });
        let value = raw.map(|it| if self.is_secret() { Database::name_of(&it) } else { it });
        let source = match matches.value_source(id) {
            Some(ValueSource::CommandLine) => "command line".to_owned(),
            Some(ValueSource::EnvVariable) => self.variable(),
            _ => file.unwrap_or_else(|| "default".to_owned()),
        };
        Some(SettingLine { setting: self.name().to_owned(), value, source })
    }

    /// Whether its value holds a password, perhaps. The address of the database is the only one: it is
    /// shown without.
    fn is_secret(&self) -> bool {
        self.0.is_hide_env_values_set()
    }

    fn variable(&self) -> String {
        self.0.get_env().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn in_environment(&self, problem: String) -> SettingProblem {
        SettingProblem::in_environment(&self.variable(), self.name(), problem)
    }
}

/// What a refusal says, without what it says about the command line.
fn words(refused: &clap::Error) -> String {
    let text = refused.render().to_string();
    let said = text.trim_start_matches("error: ").lines().take_while(|it| !it.trim().is_empty());
    said.map(str::trim).collect::<Vec<_>>().join(" ")
}
