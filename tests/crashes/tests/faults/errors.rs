//! Every error that a database can answer with: the ones that pass are waited out, the ones that
//! last are named, and whatever happens, nothing is written by halves.

mod codes;
mod exhausted;
mod full;
mod locked;
mod text;

use std::sync::Arc;

use app_service::{Guerdon, GuerdonError};
use crashes::{DatabaseGround, Ground, UseCase, difference, everything};
use ports::{StoreError, spi::Store};
use sea_orm_adapter::{ConnectOptions, SeaOrmStore};

/// The scene of a fault: a use case that is about to be carried out.
struct Scene {
    ground: DatabaseGround,
    use_case: UseCase,
    /// The store, past every fault.
    healthy: Arc<dyn Store>,
    /// What has been stored so far.
    before: String,
    /// What an undisturbed run comes to.
    expected: String,
}

impl Scene {
    async fn set(ground: DatabaseGround, use_case: UseCase) -> Self {
        let expected = crashes::undisturbed(use_case, &ground).await;
        let healthy = ground.emptied().await;
        use_case.prepare(&healthy).await;
        let before = everything(&ground, healthy.as_ref()).await;
        Self { ground, use_case, healthy, before, expected }
    }

    /// Guerdon on a store of its own, opened in a way of its own.
    async fn opened(&self, options: impl FnOnce(&mut ConnectOptions)) -> (SeaOrmStore, Guerdon) {
        let mut opened = ConnectOptions::new(self.ground.url());
        options(&mut opened);
        let store = SeaOrmStore::connect_with(&opened).await.expect("the database opens");
        let guerdon = self.use_case.guerdon(Arc::new(store.clone()));
        (store, guerdon)
    }

    /// Says something to the database, past the store.
    async fn say(&self, sql: &str) {
        use sea_orm::ConnectionTrait;
        let said = self.ground.store().connection().execute_unprepared(sql).await;
        said.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The use case has failed, and nothing has been written.
    async fn assert_untouched(&self, ended: Result<(), GuerdonError>) -> StoreError {
        let Err(GuerdonError::Store(error)) = ended else { panic!("not {ended:?}") };
        self.assert_stored(&self.before).await;
        error
    }

    /// Asking again completes it.
    async fn assert_completes(&self, guerdon: &Guerdon) {
        let again = self.use_case.run_again(guerdon).await;
        assert!(again.is_ok(), "{again:?}");
        self.assert_stored(&self.expected).await;
    }

    async fn assert_stored(&self, expected: &str) {
        let actual = everything(&self.ground, self.healthy.as_ref()).await;
        let different = difference(expected, &actual);
        assert!(actual == expected, "{} differs:\n{different}", self.use_case);
    }
}
