//! `guerdon player`.

use crate::{
    args::PlayerName,
    failure::{Exit, Failure},
    output::PlayerSheet,
    session::Session,
};

pub(super) async fn run(session: &Session, player: &PlayerName) -> Result<Exit, Failure> {
    let guerdon = session.guerdon().await?;
    let profile = guerdon.profile(player.id).await.map_err(|error| player.failure(error))?;
    session.output().view(&PlayerSheet(profile))?;
    Ok(Exit::Done)
}
