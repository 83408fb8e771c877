//! The page that a verification leaves.

use std::{fs, io, path::Path};

use app_service::{VerifyReport, VerifyRun};
use time::OffsetDateTime;

use crate::{
    args::Verify,
    failure::Failure,
    html::{Findings, Page},
    output::{Verification, print},
    session::Session,
};

/// Earlier runs that are drawn.
const RUNS_DRAWN: u32 = 60;

/// Writes the page, if one was asked for. That nothing could be checked makes a page, too: nobody
/// shall look at last week's and believe it.
pub(super) async fn write(
    session: &Session,
    args: &Verify,
    ended: Result<&Verification, &Failure>,
    made_at: OffsetDateTime,
) -> Result<(), Failure> {
    let Some(file) = &args.html else { return Ok(()) };
    let findings = match ended {
        Ok(it) => Ok(Findings { verification: it, history: history(session, &it.report).await }),
        Err(failure) => Err(failure),
    };
    let page = Page { database: &session.database_name(), made_at, findings }.render();
    if args.prints_page() {
        return print(&page);
    }
    replace(file, &page)
        .map_err(|error| Failure::io(&format!("writing {}", file.display()), &error))
}

/// Runs, the oldest first, up to this one.
async fn history(session: &Session, this: &VerifyReport) -> Vec<VerifyReport> {
    let runs = match session.guerdon().await {
        Ok(guerdon) => guerdon.verifications(RUNS_DRAWN).await.map_err(Failure::from),
        Err(failure) => Err(failure),
    };
    let runs = runs.unwrap_or_else(|Failure { message, .. }| {
        session.output().note(&format!("the page has no history: {message}"));
        vec![]
    });
    let earlier =
        runs.into_iter().map(|VerifyRun { report }| report).filter(|it| it.run != this.run);
    let mut runs: Vec<_> = earlier.collect();
    runs.reverse();
    runs.push(this.clone());
    runs
}

/// Whoever reads the file meanwhile sees the old page or the new one, never half of one.
fn replace(file: &Path, page: &str) -> io::Result<()> {
    let beside = file.with_added_extension(format!("{}.part", std::process::id()));
    let replaced = fs::write(&beside, page).and_then(|()| fs::rename(&beside, file));
    if replaced.is_err() {
        // What is in the way of the page is in the way of this, too, or it is gone now.
        let _ = fs::remove_file(&beside);
    }
    replaced
}
