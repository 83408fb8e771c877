//! Requests that happen once, however often they are sent: who has claimed which, what each has come
//! to, and how it was answered.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::prelude::*;

use crate::ddl;

const REQUESTS: &str = "
    CREATE TABLE requests (
        request_id uuid NOT NULL,
        fingerprint text NOT NULL,
        token uuid NOT NULL,
        lease_until timestamptz NOT NULL,
        claims integer NOT NULL,
        document text,
        record text,
        answer text,
        created_at timestamptz NOT NULL,
        CONSTRAINT pk_requests PRIMARY KEY (request_id),
        CONSTRAINT ck_requests_claims CHECK (claims >= 1)
    )";

/// The ends of leases: of all requests for those who remove what is old, and of the few that are not
/// answered for those who take over. SQLite compares times without the letter at their end: see the
/// adapter's dialect.
fn by_lease(backend: DbBackend) -> [String; 2] {
    let moment = match backend {
        DbBackend::Sqlite => "rtrim(lease_until, 'Z')",
        _ => "lease_until",
    };
    [
        format!("CREATE INDEX ix_requests_lease ON requests ({moment})"),
        format!("CREATE INDEX ix_requests_open ON requests ({moment}) WHERE answer IS NULL"),
    ]
}

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::create_table(manager, REQUESTS).await?;
        for index in by_lease(manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(&index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        ddl::drop_tables(manager, &["requests"]).await
    }
}
