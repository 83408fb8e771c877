//! `guerdon run`: the main job, as often as you like.

use super::summary;
use crate::{
    args::Intake,
    failure::{Exit, Failure},
    intake::{self, Checked, LeftOut, Plan, ReportOutcome, Work},
    progress::Progress,
    session::Session,
};

/// Best awards that are shown when there is one tournament.
const AWARDS_SHOWN: usize = 10;

pub(super) async fn run(session: &Session, args: Intake) -> Result<Exit, Failure> {
    take_in(session, args, true).await
}

/// Imports, and pays if `paying`.
pub(super) async fn take_in(
    session: &Session,
    args: Intake,
    paying: bool,
) -> Result<Exit, Failure> {
    let shown = session.output().shows_progress();
    let keep_going = args.keep_going;
    let checked = check(args, shown).await?;
    if !keep_going && checked.is_broken() {
        return Err(refusal(checked.into_left_out()));
    }
    let guerdon = session.guerdon_on_new().await?;
    let plan = intake::compare(&guerdon, checked).await?;
    if !keep_going && !plan.left_out.is_empty() {
        return Err(refusal(plan.left_out));
    }
    let progress = Progress::over(plan.work(), "tournaments", shown);
    let actor = session.actor();
    let work = Work { guerdon: &guerdon, actor, paying, keep_going, progress };
    carry_out(session, &work, plan).await
}

/// Reads on a thread of its own, so that Ctrl-C is heard meanwhile.
async fn check(args: Intake, shown: bool) -> Result<Checked, Failure> {
    let progress = Progress::counting("tournaments checked", shown);
    let reading = {
        let progress = progress.clone();
        tokio::task::spawn_blocking(move || intake::check(&args, &progress))
    };
    let checked = reading.await;
    progress.clear();
    checked.map_err(|error| Failure::failed("internal", error.to_string()))?
}

async fn carry_out(session: &Session, work: &Work<'_>, plan: Plan) -> Result<Exit, Failure> {
    let only = plan.only_tournament();
    let (mut report, stopped) = intake::write(work, plan).await;
    work.progress.clear();
    if let (Some(id), true, None) = (only, work.paying, &stopped) {
        report.tournament = Some(summary::sheet(work.guerdon, id, AWARDS_SHOWN).await?);
    }
    session.output().view(&report)?;
    match (stopped, report.outcome) {
        (Some(failure), _) => Err(failure),
        (None, ReportOutcome::Incomplete) => Ok(Exit::Partial),
        (None, _) => Ok(Exit::Done),
    }
}

/// Nothing is written unless all of it can be.
fn refusal(left_out: Vec<LeftOut>) -> Failure {
    let problems: Vec<_> = left_out.into_iter().flat_map(|it| it.problems).collect();
    let problems_stand = if problems.len() == 1 { "problem stands" } else { "problems stand" };
    let message = format!("{} {problems_stand} in the way; nothing was written", problems.len());
    Failure::refused("input-refused", message)
        .problems(problems)
        .help("mend the input, or take in what is right with --keep-going")
}
