//! A PostgreSQL database of one's own, on the server that `cargo xtask test` provides.
//!
//! The schema is built once, in a template; each test copies the template.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// Names the server on which databases can be created: `postgres://user@host:port/postgres`.
pub const SERVER_VARIABLE: &str = "GUERDON_TEST_POSTGRES_URL";

/// The template of this process.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// A database that is dropped with this value.
#[derive(Debug)]
pub struct PostgresDatabase {
    name: String,
    url: String,
}

impl PostgresDatabase {
    /// Where it is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Another database with all that is in this one, to which nobody may be connected.
    pub async fn copied(&self) -> Self {
        create(&format!("TEMPLATE {}", self.name)).await
    }
}

impl Drop for PostgresDatabase {
    /// Best effort, on a runtime of its own: the one of the test may be shutting down. What is left
    /// goes away with the server.
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let drop = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            if let Ok(runtime) = runtime {
                runtime.block_on(on_server(&sql));
            }
        });
        let _ = drop.join();
    }
}

/// A database with its schema in place.
pub async fn fresh_postgres() -> PostgresDatabase {
    let template = TEMPLATE.get_or_init(template).await;
    create(&format!("TEMPLATE {template}")).await
}

/// A database without a schema.
pub async fn blank_postgres() -> PostgresDatabase {
    create("").await
}

async fn create(how: &str) -> PostgresDatabase {
    let name = format!("guerdon_{}", Uuid::now_v7().simple());
    on_server(&format!("CREATE DATABASE {name} {how}")).await;
    let url = url_of(&name);
    PostgresDatabase { name, url }
}

/// The template lives as long as the server: a copy may be made at any time.
async fn template() -> String {
    let database = std::mem::ManuallyDrop::new(create("").await);
    let connection = Database::connect(database.url()).await.unwrap();
    migrations::up(&connection).await.unwrap();
    connection.close().await.unwrap();
    database.name.clone()
}

async fn on_server(sql: &str) {
    let server = server();
    let connection: DatabaseConnection = Database::connect(&server).await.unwrap();
    connection.execute_unprepared(sql).await.unwrap();
    connection.close().await.unwrap();
}

fn url_of(database: &str) -> String {
    let server = server();
    let (address, options) = server.split_once('?').unwrap_or((&server, ""));
    let (host, _) = address.rsplit_once('/').unwrap();
    format!("{host}/{database}?{options}")
}

pub(crate) fn server() -> String {
    let help = "is not set: run the tests with `cargo xtask test`, which starts a server";
    std::env::var(SERVER_VARIABLE).unwrap_or_else(|_| panic!("{SERVER_VARIABLE} {help}"))
}
