//! The two databases, and a macro that runs a case on both.

use sea_orm_adapter::SeaOrmStore;
use test_databases::{PostgresDatabase, SqliteDatabase, fresh_postgres, fresh_sqlite};

/// A store, and whatever keeps its database there.
pub(crate) struct Fresh<Database> {
    pub(crate) store: SeaOrmStore,
    _database: Database,
}

pub(crate) async fn sqlite() -> Fresh<SqliteDatabase> {
    let database = fresh_sqlite().await;
    let store = SeaOrmStore::connect(database.url()).await.unwrap();
    Fresh { store, _database: database }
}

pub(crate) async fn postgres() -> Fresh<PostgresDatabase> {
    let database = fresh_postgres().await;
    let store = SeaOrmStore::connect(database.url()).await.unwrap();
    Fresh { store, _database: database }
}

/// Makes two tests of each `async fn(SeaOrmStore)`.
macro_rules! on_both {
    ($($case:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $case() {
                let fresh = crate::databases::sqlite().await;
                super::$case(fresh.store.clone()).await;
            })+
        }

        mod postgres {
            $(#[tokio::test]
            async fn $case() {
                let fresh = crate::databases::postgres().await;
                super::$case(fresh.store.clone()).await;
            })+
        }
    };
}
pub(crate) use on_both;
