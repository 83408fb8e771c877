//! `guerdon finalize`.

use app_service::{FinalizeOptions, GuerdonError};

use super::unpaid;
use crate::{
    args::Finalize,
    failure::{Exit, Failure},
    output::Payment,
    progress::Progress,
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Finalize) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let progress = Progress::counting("participants", session.output().shows_progress());
    let options = FinalizeOptions { expected_plan: args.plan, progress: progress.listener() };
    let ended = guerdon.finalize(args.tournament.id, options, &session.actor()).await;
    progress.clear();
    let distributed = match ended {
        Ok(distribution) => unpaid::explain(&guerdon, distribution).await?,
        Err(GuerdonError::Conflict { existing }) => Payment::Conflict { tournament: existing },
        Err(error) => return Err(args.tournament.failure(error)),
    };
    session.output().view(&distributed)?;
    Ok(distributed.exit())
}
