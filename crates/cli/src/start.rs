//! From the command line to the exit code.

use std::{env, process::ExitCode};

use tokio::runtime::Runtime;

use crate::{
    args::{Cli, Command},
    commands,
    configuration::{self, Understood},
    failure::{Exit, Failure},
    output::{self, Output},
    session::Session,
    telemetry,
};

/// Parses the command line, does what it says, and reports what was in the way.
#[must_use]
pub fn main() -> ExitCode {
    let args: Vec<_> = env::args_os().collect();
    let Understood { cli, settings, problems } = match configuration::understand(&args) {
        Ok(understood) => understood,
        Err(error) => return ExitCode::from(misunderstood(&error) as u8),
    };
    let Cli { global, command } = cli;
    telemetry::start(&global);
    let output = Output::new(&global);
    if let Err(failure) = commands::config::refuse(&problems) {
        return ExitCode::from(output.report(&failure) as u8);
    }
    let session = Session::new(global, output, settings);
    let exit = Runtime::new().map_err(|error| Failure::io("starting threads", &error));
    let exit = exit.and_then(|runtime| {
        let exit = runtime.block_on(execute(&session, command));
        // A thread that still reads a file has nobody left to read it for.
        runtime.shutdown_background();
        exit
    });
    ExitCode::from(exit.unwrap_or_else(|failure| output.report(&failure)) as u8)
}

/// Prints help, the version, or what is wrong with the command line, in the form asked for.
fn misunderstood(error: &clap::Error) -> Exit {
    if error.use_stderr() && env::args_os().any(|it| it == "--json") {
        let text = error.render().to_string();
        let message = text.trim_start_matches("error: ").trim();
        return output::report_json(&Failure::refused("usage", message));
    }
    // Nobody can be told that nobody can be told.
    let _ = error.print();
    if error.use_stderr() { Exit::Refused } else { Exit::Done }
}

/// Runs `command` until it ends or is interrupted. Units of work that are under way then end, so
/// that whatever was asked of the database is either done or undone.
async fn execute(session: &Session, command: Command) -> Result<Exit, Failure> {
    if let Command::Serve(args) = command {
        return commands::serve::run(session, &args).await;
    }
    if let Command::Verify(args) = &command
        && let Some(schedule) = &args.watch
    {
        return commands::verify::watch(session, args, schedule).await;
    }
    tokio::select! {
        ended = commands::run(session, command) => {
            session.flush().await;
            ended
        }
        () = interrupted() => {
            session.output().note("interrupted: what is being written comes to its end first");
            tokio::select! {
                () = wind_up(session) => {}
                () = interrupted() => {}
            }
            Err(Failure::interrupted())
        }
    }
}

/// What is still under way is not counted: nothing can be written down once it has ended.
async fn wind_up(session: &Session) {
    session.flush().await;
    session.close().await;
}

/// Waits for Ctrl-C; for ever where there is no such thing.
pub(crate) async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Waits for Ctrl-C, or for the signal by which services are stopped.
pub(crate) async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupted() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupted().await;
}
