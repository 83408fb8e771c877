//! Registers players.

use std::sync::Arc;

use domain::NewPlayer;
use ports::spi::Recorded;

use crate::{Guerdon, GuerdonError, text};

impl Guerdon {
    /// Registers players; those who are known stay as they are. Answers in the order of `players`.
    ///
    /// Committed chunk by chunk: asking again after a failure registers the rest. A key or name
    /// that is no readable text is [`GuerdonError::NotText`], and nobody is registered.
    #[tracing::instrument(skip_all, fields(players = players.len()))]
    pub async fn register_players(
        &self,
        players: &[NewPlayer],
    ) -> Result<Vec<Recorded>, GuerdonError> {
        for player in players {
            text::check_player(player)?;
        }
        let mut recorded = Vec::with_capacity(players.len());
        for chunk in players.chunks(self.settings.chunk() as usize) {
            let chunk: Arc<[NewPlayer]> = chunk.into();
            let unit = move |mut uow: ports::UnitOfWork| {
                let chunk = Arc::clone(&chunk);
                async move {
                    let recorded = uow.register_players(&chunk).await?;
                    uow.commit().await?;
                    Ok::<_, GuerdonError>(recorded)
                }
            };
            recorded.extend(self.units.run("register", unit).await?);
        }
        Ok(recorded)
    }
}
