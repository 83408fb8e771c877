//! Verification of SQLite and PostgreSQL.

#[path = "harness/databases.rs"]
mod databases;
#[path = "harness/documents.rs"]
mod documents;
#[path = "harness/loosen.rs"]
mod loosen;
#[path = "harness/statements.rs"]
mod statements;

mod on_sqlite {
    verification::verification!(crate::databases::SqliteSaboteur);
}

mod on_postgres {
    verification::verification!(crate::databases::PostgresSaboteur);
}
