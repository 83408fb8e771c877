//! Registers players.

use std::sync::Arc;

use domain::NewPlayer;
use ports::{UnitOfWork, spi::Recorded};
use serde::{Serialize, Serializer};

use crate::{
    Guerdon, GuerdonError,
    requests::{Keeping, Told},
    text,
};

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
        let mut told: Arc<Vec<Told>> = Arc::new(self.kept()?.unwrap_or_default());
        let rest = players.get(told.len()..).unwrap_or_default();
        for chunk in rest.chunks(self.settings.chunk() as usize) {
            let page = Page { chunk: chunk.into(), before: Arc::clone(&told) };
            let keeping = self.keeping();
            let unit = move |uow| register(uow, page.clone(), keeping.clone());
            let some = self.units.run("register", unit).await?;
            Arc::make_mut(&mut told).extend(some);
        }
        Ok(told.iter().map(|it| it.0).collect())
    }
}

/// Players who are registered in one transaction.
#[derive(Clone)]
struct Page {
    chunk: Arc<[NewPlayer]>,
    /// What the players before them were.
    before: Arc<Vec<Told>>,
}

/// What all players up to the end of a page were, as a request has it.
#[derive(Serialize)]
#[serde(transparent)]
struct Registered<'a>(#[serde(serialize_with = "as_one")] [&'a [Told]; 2]);

async fn register(
    mut uow: UnitOfWork,
    page: Page,
    keeping: Keeping,
) -> Result<Vec<Told>, GuerdonError> {
    let Page { chunk, before } = page;
    let told = uow.register_players(&chunk).await?;
    // What was recorded before this page is no answer to it.
    let own = keeping.found::<Vec<Told>>(&uow).await?;
    if let Some(mut own) = own.filter(|it| it.len() > before.len()) {
        return Ok(own.split_off(before.len()));
    }
    let told: Vec<_> = told.into_iter().map(Told).collect();
    keeping.commit(uow, &Registered([&before, &told])).await?;
    Ok(told)
}

fn as_one<S: Serializer>(parts: &[&[Told]; 2], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(parts.iter().copied().flatten())
}
