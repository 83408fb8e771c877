//! From a driver's code to what the caller does next. Codes decide, never texts.

use migrations::families::TABLES;
use ports::{BoxError, StoreError, TransientCause};
use sea_orm::{
    ConnAcquireErr, DbErr, RuntimeErr,
    sqlx::{self, error::DatabaseError},
};
use thiserror::Error;

use crate::sql::Step;

/// The database has no schema, or an old one.
#[derive(Debug, Error)]
#[error("the database lacks its schema, or part of it: run `guerdon migrate up`")]
pub struct NoSchema(#[source] pub(crate) Option<BoxError>);

/// What a failed statement means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Transient(TransientCause),
    /// The row, or the write, breaks a rule.
    Broken,
    /// The text holds what no text in a database can.
    NotText,
    NoSchema,
    Other,
}

const NOT_TEXT: &str = "text must not contain a NUL character";

/// What a statement's error means before the commit.
pub(crate) fn during(step: Step) -> impl FnOnce(DbErr) -> StoreError {
    move |error| match meaning(&error) {
        Meaning::Transient(cause) => {
            StoreError::Transient { cause, during: step.during, source: error.into() }
        }
        Meaning::Broken => broken(step.table, error),
        Meaning::NotText => StoreError::Invalid { rule: NOT_TEXT },
        Meaning::NoSchema => unusable(step.during, NoSchema(Some(error.into()))),
        Meaning::Other => unusable(step.during, error),
    }
}

/// What a commit's error means: unless the database says that it rolled back, nobody knows.
pub(crate) fn committing(error: DbErr) -> StoreError {
    use TransientCause::{Deadlock, Serialization};
    match meaning(&error) {
        Meaning::Transient(cause @ (Deadlock | Serialization)) => {
            StoreError::Transient { cause, during: "commit", source: error.into() }
        }
        Meaning::Broken => broken("transaction", error),
        _ => StoreError::CommitUnknown { source: error.into() },
    }
}

/// The store cannot be used, for a reason that trying again does not remove.
pub(crate) fn unusable(during: &'static str, source: impl Into<BoxError>) -> StoreError {
    StoreError::Unusable { during, source: source.into() }
}

/// A write, or a row, that breaks `rule`.
pub(crate) fn corrupt(table: &'static str, rule: &str) -> StoreError {
    StoreError::Corrupt { table, rule: rule.into(), source: None }
}

fn broken(table: &'static str, error: DbErr) -> StoreError {
    let said = database_error(&error);
    let named = said.and_then(DatabaseError::table);
    // A shard has a name of its own, which nobody knows.
    let table = TABLES.into_iter().map(|it| it.0).find(|it| named == Some(*it)).unwrap_or(table);
    let rule = said.map_or_else(String::new, |it| it.constraint().unwrap_or(it.message()).into());
    StoreError::Corrupt { table, rule, source: Some(error.into()) }
}

fn meaning(error: &DbErr) -> Meaning {
    use TransientCause::{ConnectionLost, PoolExhausted};
    if let DbErr::ConnectionAcquire(reason) = error {
        return match reason {
            ConnAcquireErr::Timeout => Meaning::Transient(PoolExhausted),
            ConnAcquireErr::ConnectionClosed => Meaning::Other,
        };
    }
    match sqlx_error(error) {
        Some(sqlx::Error::Database(said)) => meaning_of_code(said.as_ref()),
        Some(sqlx::Error::PoolTimedOut) => Meaning::Transient(PoolExhausted),
        Some(sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed) => {
            Meaning::Transient(ConnectionLost)
        }
        _ => Meaning::Other,
    }
}

/// PostgreSQL's codes have five characters; SQLite's are numbers, the primary code in the low byte.
fn meaning_of_code(said: &dyn DatabaseError) -> Meaning {
    let code = said.code().unwrap_or_default();
    match (code.len(), code.parse::<u32>()) {
        (5, _) => meaning_of_sqlstate(&code),
        (_, Ok(number)) => meaning_of_sqlite(number & 0xff, said.message()),
        _ => Meaning::Other,
    }
}

/// PostgreSQL, appendix A.
fn meaning_of_sqlstate(code: &str) -> Meaning {
    use TransientCause as Cause;
    match code {
        "40001" => Meaning::Transient(Cause::Serialization),
        "40P01" => Meaning::Transient(Cause::Deadlock),
        "55P03" => Meaning::Transient(Cause::LockTimeout),
        "53300" => Meaning::Transient(Cause::PoolExhausted),
        // It took longer than the database allows, or somebody cancelled it.
        "57014" => Meaning::Transient(Cause::Cancelled),
        // A standby, until the failover is over.
        "25006" => Meaning::Transient(Cause::ReadOnly),
        // Shut down, crashed, starting up, idle for too long: another connection may do better.
        "57P01" | "57P02" | "57P03" | "57P05" | "25P03" => {
            Meaning::Transient(Cause::ConnectionLost)
        }
        "42P01" | "42703" => Meaning::NoSchema,
        // In a column of text, and in a document.
        "22021" | "22P05" => Meaning::NotText,
        _ => match code.get(..2) {
            Some("08") => Meaning::Transient(Cause::ConnectionLost),
            // A value that its column cannot hold breaks a rule just as one that a check refuses.
            Some("22" | "23") => Meaning::Broken,
            _ => Meaning::Other,
        },
    }
}

/// <https://sqlite.org/rescode.html>
fn meaning_of_sqlite(code: u32, message: &str) -> Meaning {
    const ERROR: u32 = 1;
    const BUSY: u32 = 5;
    const LOCKED: u32 = 6;
    const CONSTRAINT: u32 = 19;
    const MISMATCH: u32 = 20;
    match code {
        BUSY | LOCKED => Meaning::Transient(TransientCause::Busy),
        CONSTRAINT | MISMATCH => Meaning::Broken,
        // SQLite has no code of its own for a missing table: here, and only here, its words decide.
        ERROR if message.starts_with("no such") => Meaning::NoSchema,
        _ => Meaning::Other,
    }
}

fn database_error(error: &DbErr) -> Option<&dyn DatabaseError> {
    match sqlx_error(error)? {
        sqlx::Error::Database(said) => Some(said.as_ref()),
        _ => None,
    }
}

fn sqlx_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(it))
        | DbErr::Exec(RuntimeErr::SqlxError(it))
        | DbErr::Query(RuntimeErr::SqlxError(it)) => Some(it.as_ref()),
        _ => None,
    }
}
