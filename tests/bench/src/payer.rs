//! Guerdon on a database that has all players in it: whoever announces tournaments, and pays them.

use std::{ops::Range, sync::Arc};

use app_service::{
    Actor, FinalizeOptions, Guerdon, Invariant, Outcome, Settings, SubmitOptions, VerifyOptions,
    domain::TournamentId,
};
use sea_orm::DbBackend;
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};

use crate::{Failure, field};

/// Guerdon, and the store that it is on.
#[derive(Clone)]
pub(crate) struct Payer {
    pub(crate) guerdon: Guerdon,
    pub(crate) store: SeaOrmStore,
}

impl Payer {
    /// On the database at `url`, whatever is in it.
    pub(crate) async fn at(options: &ConnectOptions) -> Result<Self, Failure> {
        let store = SeaOrmStore::connect_with(options).await?;
        Ok(Self { guerdon: Guerdon::new(Arc::new(store.clone())), store })
    }

    /// On a fresh database at `url`, with so many players.
    pub(crate) async fn among(url: &str, players_max: u32) -> Result<Self, Failure> {
        let payer = Self::at(&ConnectOptions::new(url)).await?;
        payer.store.migrate().await?;
        let players: Vec<_> = (0..players_max).map(field::player).collect();
        payer.guerdon.register_players(&players).await?;
        Ok(payer)
    }

    /// The same store, by other settings; what it counts of locks is its own.
    pub(crate) fn with_settings(&self, settings: Settings) -> Self {
        let guerdon = Guerdon::new(Arc::new(self.store.clone())).with_settings(settings);
        Self { guerdon, store: self.store.clone() }
    }

    /// Whether it pays on PostgreSQL, where the floor does, too.
    pub(crate) fn is_on_postgres(&self) -> bool {
        self.store.connection().get_database_backend() == DbBackend::Postgres
    }

    /// A tournament whose results are in: so many of `players`, in an order that the seed draws.
    pub(crate) async fn announce(
        &self,
        key: &str,
        size: u32,
        players: Range<u32>,
        seed: u64,
    ) -> Result<TournamentId, Failure> {
        let tournament = field::tournament(key)?;
        let id = tournament.id;
        let _ = self.guerdon.create_tournament(tournament).await?;
        let results = field::results(size, players, seed);
        self.guerdon.submit_results(id, &results, SubmitOptions::default(), &actor()).await?;
        Ok(id)
    }

    /// Pays a tournament whose results are in, to the last participant.
    pub(crate) async fn pay(&self, id: TournamentId) -> Result<(), Failure> {
        let paid = self.guerdon.finalize(id, FinalizeOptions::default(), &actor()).await?;
        if !paid.is_complete() {
            return Err(format!("not everybody was paid: {paid:?}").into());
        }
        Ok(())
    }

    /// Everything that was written must hold, but for `excused`.
    pub(crate) async fn verify(&self, excused: &[Invariant]) -> Result<(), Failure> {
        let report = self.guerdon.verify(VerifyOptions::default()).await?;
        let broken = report.checks.iter().filter(|it| it.outcome != Outcome::Held);
        let broken: Vec<_> = broken.filter(|it| !excused.contains(&it.invariant)).collect();
        if broken.is_empty() {
            return Ok(());
        }
        Err(format!("what was written does not hold: {broken:#?}").into())
    }
}

pub(crate) fn actor() -> Actor {
    Actor::new("bench")
}
