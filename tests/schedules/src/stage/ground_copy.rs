//! The ground of a scenario in a database, kept aside, and laid again for each run.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

/// A copy of every table, and the statements that put it back.
#[derive(Debug)]
pub(crate) struct GroundCopy {
    lay: String,
}

impl GroundCopy {
    /// Keeps what `connection` finds now.
    pub(crate) async fn of(connection: &DatabaseConnection) -> Self {
        let tables = tables(connection).await;
        for table in &tables {
            let keep = format!("CREATE TABLE ground_{table} AS SELECT * FROM {table}");
            connection.execute_unprepared(&keep).await.expect("a table is copied");
        }
        let lay = |table: &String| {
            format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM ground_{table};")
        };
        Self { lay: format!("BEGIN; {} COMMIT", tables.iter().map(lay).collect::<String>()) }
    }

    /// Lays it again.
    pub(crate) async fn lay(&self, connection: &DatabaseConnection) {
        connection.execute_unprepared(&self.lay).await.expect("the ground is laid again");
    }
}

/// The tables of the schema.
async fn tables(connection: &DatabaseConnection) -> Vec<String> {
    let backend = connection.get_database_backend();
    let text = match backend {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
             AND name <> 'seaql_migrations' ORDER BY name"
        }
        _ => {
            "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' \
             AND tablename <> 'seaql_migrations' ORDER BY tablename"
        }
    };
    let statement = Statement::from_string(backend, text);
    let rows = connection.query_all_raw(statement).await.expect("the tables are listed");
    rows.iter().map(|it| it.try_get("", "name").expect("a table has a name")).collect()
}
