//! `guerdon disqualify`.

use app_service::CorrectedResults;

use super::correct::Correcting;
use crate::{
    args::Disqualify,
    failure::{Exit, Failure},
    session::Session,
};

pub(super) async fn run(session: &Session, args: Disqualify) -> Result<Exit, Failure> {
    let Disqualify { tournament, players, pay } = args;
    let guerdon = session.guerdon().await?;
    let correcting = Correcting { session, guerdon: &guerdon, pay: &pay };
    let struck = CorrectedResults::Disqualified(players.iter().map(|it| it.id).collect());
    let corrected = correcting.correct(tournament.id, struck).await.map_err(|mut failure| {
        for player in &players {
            failure = player.failure(failure);
        }
        tournament.failure(failure)
    })?;
    correcting.show(vec![corrected])
}
