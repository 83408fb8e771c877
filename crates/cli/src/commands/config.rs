//! `guerdon config`.

use crate::{
    args::{Config, Serve},
    configuration::{SettingProblem, name_of},
    failure::{Exit, Failure, Finding},
    output::{GoodSettings, SettingList},
    session::Session,
};

pub(super) fn run(session: &Session, args: &Config) -> Result<Exit, Failure> {
    let settings = session.settings().to_vec();
    match args {
        Config::Check(serve) => {
            go_together(session, serve)?;
            let place = name_of(session.config());
            let set = settings.iter().filter(|it| it.source != "default").count();
            session.output().view(&GoodSettings { place, set })?;
        }
        Config::Show(_) => session.output().view(&SettingList { settings })?,
    }
    Ok(Exit::Done)
}

/// Refuses settings that do not go together, all of them at once.
pub(super) fn go_together(session: &Session, serve: &Serve) -> Result<(), Failure> {
    let place = name_of(session.config());
    let said = serve.contradictions();
    let problem = |it: &crate::args::Contradiction| {
        SettingProblem::between(place.clone(), it.setting, it.problem)
    };
    refuse(&said.iter().map(problem).collect::<Vec<_>>())
}

/// Refuses to go on while something is wrong with the settings.
pub(crate) fn refuse(problems: &[SettingProblem]) -> Result<(), Failure> {
    if problems.is_empty() {
        return Ok(());
    }
    let findings = problems.iter().map(Finding::of).collect();
    Err(Failure::refused("config-invalid", "the settings cannot be used").problems(findings))
}
