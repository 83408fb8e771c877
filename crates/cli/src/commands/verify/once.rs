//! One verification.

use app_service::{Clock, Guerdon, Invariant, Outcome, SystemClock, VerifyReport};

use time::OffsetDateTime;

use super::page;
use crate::{
    args::Verify,
    failure::{Exit, Failure},
    output::{Locks, Verification, verification::moment_text},
    progress::Progress,
    session::Session,
};

/// Verifies, and shows what was found on a page, in a table, or both.
pub(super) async fn run(session: &Session, args: &Verify) -> Result<Exit, Failure> {
    let output = session.output();
    if args.prints_page() && output.is_json() {
        let message = "--html - and --json would both be printed on stdout";
        return Err(Failure::refused("usage", message).help("give the page a file"));
    }
    let clock = SystemClock::shared();
    let ended = verify(session, args, &*clock).await;
    let page = page::write(session, args, ended.as_ref(), clock.now()).await;
    if let (Err(_), Err(failure)) = (&ended, &page) {
        output.note(&format!("the page is an old one: {}", failure.message));
    }
    let found = ended?;
    let shown = if args.prints_page() { Ok(()) } else { output.view(&found) };
    match page.and(shown) {
        // Whoever closed the pipe has seen enough; the verdict stands.
        Err(failure) if !failure.is_closed_pipe() => {
            output.report(&failure);
            Ok(found.verdict.max(Outcome::Unchecked).into())
        }
        _ => Ok(found.verdict.into()),
    }
}

/// Verifies what `args` say, and records the run unless it must not be.
pub(super) async fn verify(
    session: &Session,
    args: &Verify,
    clock: &dyn Clock,
) -> Result<Verification, Failure> {
    let now = clock.now();
    let options = args.options(now);
    if let Some(since) = options.since.filter(|it| *it > now) {
        let message =
            format!("{} is still to come: nothing would be looked at", moment_text(since));
        return Err(Failure::refused("usage", message));
    }
    let guerdon = session.guerdon().await?;
    let shown = session.output().shows_progress();
    let progress = Progress::over(Invariant::ALL.len() as u64, "invariants", shown);
    let report = guerdon.verify_aloud(options, &progress.check_listener()).await;
    progress.clear();
    let report = report?;
    let locks = match args.locks_since(now) {
        Some(since) => Some(locks(&guerdon, since).await),
        None => None,
    };
    let recorded = !args.no_record && record(session, &guerdon, &report).await;
    Ok(Verification::of(session.database_name(), report, locks, recorded))
}

async fn locks(guerdon: &Guerdon, since: OffsetDateTime) -> Locks {
    let unread = |error| Locks::Unread { unchecked: Failure::from(error).message };
    guerdon.lock_report(Some(since)).await.map_or_else(unread, Locks::Measured)
}

/// A database that may only be read is verified all the same; only its history stays as it is.
async fn record(session: &Session, guerdon: &Guerdon, report: &VerifyReport) -> bool {
    let recorded = guerdon.record_verification(report).await.map_err(Failure::from);
    if let Err(Failure { message, .. }) = &recorded {
        session.output().note(&format!("this run is not in the history: {message}"));
    }
    recorded.is_ok()
}
