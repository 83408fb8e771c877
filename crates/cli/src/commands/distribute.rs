//! `guerdon distribute`.

use app_service::{DistributeScope, GuerdonError};

use super::unpaid;
use crate::{
    args::Distribute,
    failure::{Exit, Failure},
    output::Payment,
    progress::Progress,
    session::Session,
};

pub(super) async fn run(session: &Session, args: &Distribute) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let progress = Progress::counting("participants", session.output().shows_progress());
    let (id, actor) = (args.tournament.id, session.actor());
    let ended = guerdon.distribute(id, scope(args), &progress.listener(), &actor).await;
    progress.clear();
    let distributed = match ended {
        Ok(paid) if args.player.is_some() && paid.failed.is_empty() => Payment::Distributed(paid),
        Ok(paid) => unpaid::explain(&guerdon, paid).await?,
        Err(GuerdonError::Conflict { existing }) => Payment::Conflict { tournament: existing },
        Err(error) => return Err(args.tournament.failure(error)),
    };
    session.output().view(&distributed)?;
    Ok(distributed.exit())
}

fn scope(args: &Distribute) -> DistributeScope {
    match &args.player {
        Some(player) => DistributeScope::Player(player.id),
        None if args.retry_failed => DistributeScope::PendingAndFailed,
        None => DistributeScope::Pending,
    }
}
