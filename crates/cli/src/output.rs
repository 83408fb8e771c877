//! What is printed, and where: results on stdout, everything else on stderr.

mod api_key;
mod appointment;
mod award;
mod backfill;
mod charge;
mod correction;
mod distribution;
mod export;
mod hearing;
mod leaders;
mod ledger;
mod migration;
mod player;
mod preview;
mod report;
mod reward;
mod setting;
mod showcase;
mod style;
mod table;
mod tournament;
pub(crate) mod verification;

use std::io::{self, IsTerminal, Write};

use serde::Serialize;
use serde_json::json;

pub(crate) use self::{
    api_key::{ApiKeyList, ApiKeySheet, NewSecret},
    appointment::Appointed,
    award::{TopAward, Unpaid},
    backfill::{BackfillSheet, BackfillView},
    charge::{ChargeList, ChargeSheet, HoldsExpired},
    correction::{Corrected, Corrections, Difference},
    distribution::Payment,
    export::Digest,
    hearing::Hearing,
    leaders::LeaderList,
    ledger::LedgerPage,
    migration::{MigrationLine, MigrationList},
    player::{PlayerLine, PlayerList, PlayerSheet},
    preview::PlanView,
    reward::RewardSheet,
    setting::{GoodSettings, SettingLine, SettingList},
    style::{Style, colors_on_stderr, count, number},
    tournament::{TournamentLine, TournamentList, TournamentSheet},
    verification::{Locks, RunLine, RunList, Verification, Watched},
};
use crate::{
    args::Global,
    failure::{Exit, Failure, Finding},
};

/// Something to be printed, for people and for programs.
pub(crate) trait View: Serialize {
    /// For people, ending in a line break.
    fn text(&self, style: Style) -> String;
}

/// Where and how to print.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    json: bool,
    quiet: bool,
    style: Style,
    error_style: Style,
}

impl Output {
    pub(crate) fn new(global: &Global) -> Self {
        Self {
            json: global.json,
            quiet: global.quiet,
            style: Style::on_stdout(global.color),
            error_style: Style::on_stderr(global.color),
        }
    }

    /// Whether programs read along.
    pub(crate) fn is_json(self) -> bool {
        self.json
    }

    /// Whether somebody watches who wants to see progress.
    pub(crate) fn shows_progress(self) -> bool {
        !self.json && !self.quiet && io::stderr().is_terminal()
    }

    /// Prints a view: for programs one document.
    pub(crate) fn view(self, view: &impl View) -> Result<(), Failure> {
        if self.json { print_line(view) } else { print(&view.text(self.style)) }
    }

    /// Tells people something beside the result.
    pub(crate) fn note(self, text: &str) {
        if !self.json && !self.quiet {
            // Nobody can be told that nobody can be told.
            let _ = writeln!(io::stderr(), "{text}");
        }
    }

    /// Says what was in the way.
    pub(crate) fn report(self, failure: &Failure) -> Exit {
        if failure.message.is_empty() {
            return failure.exit;
        }
        if self.json {
            return report_json(failure);
        }
        let _ = write!(io::stderr(), "{}", self.error_text(failure));
        failure.exit
    }

    fn error_text(self, failure: &Failure) -> String {
        let style = self.error_style;
        let mut lines = vec![format!("{} {}", style.bad("error:"), failure.message)];
        lines.extend(failure.problems.iter().map(|it| format!("  {}", it.text())));
        lines.extend(failure.help.iter().map(|it| format!("{} {it}", style.strong("help:"))));
        lines.join("\n") + "\n"
    }
}

/// Prints one line of JSON.
pub(crate) fn print_line(value: &impl Serialize) -> Result<(), Failure> {
    let line = serde_json::to_string(value)
        .map_err(|error| Failure::failed("output", format!("no JSON: {error}")))?;
    print(&format!("{line}\n"))
}

/// Prints text as it is.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    written.map_err(|error| Failure::stdout(&error))
}

/// Says for programs what was in the way.
pub(crate) fn report_json(failure: &Failure) -> Exit {
    let problems: Vec<_> = failure.problems.iter().map(Finding::json).collect();
    let Failure { code, message, help, .. } = failure;
    let error = json!({ "code": code, "message": message, "help": help, "problems": problems });
    let _ = writeln!(io::stderr(), "{}", json!({ "error": error }));
    failure.exit
}
