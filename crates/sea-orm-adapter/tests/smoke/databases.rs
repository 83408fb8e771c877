//! The two databases, and a macro that runs a case on both.

use sea_orm_adapter::SeaOrmStore;
use test_databases::TestDatabase;

/// A store, and whatever keeps its database there.
pub(crate) struct Fresh<Database> {
    pub(crate) store: SeaOrmStore,
    _database: Database,
}

/// A store on an empty database of its own.
pub(crate) async fn fresh<Database: TestDatabase>() -> Fresh<Database> {
    let database = Database::fresh().await;
    let store = SeaOrmStore::connect(database.address()).await.unwrap();
    Fresh { store, _database: database }
}

/// Makes two tests of each `async fn(SeaOrmStore)`.
macro_rules! on_both {
    ($($case:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $case() {
                let fresh = crate::databases::fresh::<test_databases::SqliteDatabase>().await;
                super::$case(fresh.store.clone()).await;
            })+
        }

        mod postgres {
            $(#[tokio::test]
            async fn $case() {
                let fresh = crate::databases::fresh::<test_databases::PostgresDatabase>().await;
                super::$case(fresh.store.clone()).await;
            })+
        }
    };
}
pub(crate) use on_both;
