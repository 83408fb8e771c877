//! Earlier runs.

use crate::{
    failure::{Exit, Failure},
    output::{RunLine, RunList, print_line},
    session::Session,
};

/// Lists the last `limit` runs, the latest first.
pub(super) async fn list(session: &Session, limit: u32) -> Result<Exit, Failure> {
    let runs = session.guerdon().await?.verifications(limit).await?;
    let runs: Vec<_> = runs.iter().map(|it| RunLine::of(&it.report)).collect();
    let output = session.output();
    if output.is_json() {
        runs.iter().try_for_each(print_line)?;
    } else {
        output.view(&RunList(runs))?;
    }
    Ok(Exit::Done)
}
