//! `guerdon finalize`.

use app_service::{FinalizeOptions, Guerdon, GuerdonError};

use super::unpaid;
use crate::{
    args::Finalize,
    failure::{Exit, Failure},
    output::{Appointed, Payment},
    progress::Progress,
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Finalize) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    if args.at.is_some() || args.by_hand {
        let appointed = appoint(&guerdon, session, args).await;
        session.output().view(&appointed.map_err(|it| args.tournament.failure(it))?)?;
        return Ok(Exit::Done);
    }
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

/// Says when to finalize, or takes it back.
async fn appoint(
    guerdon: &Guerdon,
    session: &Session,
    args: &Finalize,
) -> Result<Appointed, GuerdonError> {
    let id = args.tournament.id;
    let changed = match args.at {
        Some(at) => guerdon.finalize_at(id, at, &session.actor()).await.map(|()| true)?,
        None => guerdon.finalize_by_hand(id).await?,
    };
    Ok(Appointed { tournament: id, finalize_at: args.at, changed })
}
