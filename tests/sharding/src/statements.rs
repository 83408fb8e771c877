//! What of a statement a database that shards refuses, or does otherwise than one node.

mod inserts;
mod locks;

use std::collections::BTreeSet;

use migrations::families::{Family, TABLES};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::words::{Words, position};

/// A rule that a statement breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breach {
    /// `CASE x WHEN v`, which fails where it is pushed down; `CASE WHEN x = v` does not.
    SimpleCase,
    /// A query inside of `VALUES`.
    QueryInValues,
    /// An advisory lock: each node has its own.
    AdvisoryLock,
    /// A function that answers otherwise on each node, or each time: refused in `DO UPDATE` and
    /// `RETURNING`, and nowhere needed: times and ids come in as parameters.
    Unsteady(String),
    /// An isolation that holds on each node by itself, and not across them.
    Isolation,
    /// A setting that reaches the node that it is sent to and no other.
    Setting,
    /// A conflict clause that names a constraint: shards call theirs otherwise.
    NamedConstraint,
    /// `INSERT … SELECT … RETURNING` with neither an alias nor a conflict clause.
    NamelessInsert(String),
    /// `ON CONFLICT DO NOTHING` without `RETURNING`: the number of rows that is answered is wrong.
    Uncounted(String),
    /// An insert of a batch with neither `ON CONFLICT` nor `RETURNING`: its errors lose their code.
    Codeless(String),
    /// A lock on rows that may be on several nodes.
    WideLock(String),
    /// A lock on rows of a table that is not distributed.
    LockOfWhole(String),
    /// Tables of more than one family, whose rows are not on the same nodes.
    Crossing(BTreeSet<Family>),
}

/// Names of functions that are not immutable, in one of their forms at least.
#[derive(Debug)]
pub struct Unsteady(BTreeSet<String>);

impl Unsteady {
    /// As the database itself has it.
    pub async fn of(db: &DatabaseConnection) -> Self {
        let text = "SELECT DISTINCT proname::text FROM pg_proc WHERE provolatile <> 'i'";
        let statement = Statement::from_string(DbBackend::Postgres, text);
        let rows = db.query_all_raw(statement).await.unwrap();
        let called = rows.iter().map(|it| it.try_get_by_index(0).unwrap());
        Self(called.collect())
    }
}

/// Everything that is wrong with a statement, each kind once.
#[must_use]
pub fn breaches(text: &str, unsteady: &Unsteady) -> BTreeSet<Breach> {
    let words = Words::of(text);
    let mut breaches = BTreeSet::new();
    breaches.extend(simple_case(&words));
    breaches.extend(inserts::query_in_values(&words));
    breaches.extend(unsteady_functions(&words, unsteady));
    breaches.extend(of_the_session(&words));
    for part in words.parts() {
        breaches.extend(inserts::breaches(part));
        breaches.extend(locks::breaches(part));
    }
    breaches.extend(crossing(&words));
    breaches
}

/// Whether a statement has a clause that locks rows of this table.
#[must_use]
pub fn locks(text: &str, table: &str) -> bool {
    Words::of(text).parts().into_iter().any(|it| locks::table(it).as_deref() == Some(table))
}

fn simple_case(words: &Words) -> Option<Breach> {
    let words = words.all();
    words.windows(2).any(|it| it[0] == "case" && it[1] != "when").then_some(Breach::SimpleCase)
}

fn unsteady_functions(words: &Words, unsteady: &Unsteady) -> Vec<Breach> {
    const KEYWORDS: [&str; 5] =
        ["current_timestamp", "current_date", "current_time", "localtime", "localtimestamp"];
    let advisory = |it: &str| it.starts_with("pg_") && it.contains("advisory");
    let mut breaches = vec![];
    for pair in words.all().windows(2) {
        let (word, called) = (pair[0].as_str(), pair[1] == "(");
        if called && advisory(word) {
            breaches.push(Breach::AdvisoryLock);
        }
        if KEYWORDS.contains(&word) || (called && unsteady.0.contains(word)) {
            breaches.push(Breach::Unsteady(word.to_owned()));
        }
    }
    breaches
}

fn of_the_session(words: &Words) -> Vec<Breach> {
    let isolated = words.have("isolation level") && !words.have("isolation level read committed");
    let mut breaches = vec![];
    if isolated {
        breaches.push(Breach::Isolation);
    }
    if words.all().first().is_some_and(|it| it == "set") && !words.have("set transaction") {
        breaches.push(Breach::Setting);
    }
    if words.have("on constraint") {
        breaches.push(Breach::NamedConstraint);
    }
    breaches
}

/// Tables stand behind these words, and nothing else of their names does.
fn crossing(words: &Words) -> Option<Breach> {
    let named = |pair: &[String]| {
        let behind = ["from", "join", "into", "update"].contains(&pair[0].as_str());
        behind.then(|| family(&pair[1])).flatten()
    };
    let families: BTreeSet<_> = words.all().windows(2).filter_map(named).collect();
    (families.len() > 1).then_some(Breach::Crossing(families))
}

fn family(table: &str) -> Option<Family> {
    TABLES.iter().find(|it| it.0 == table).map(|it| it.1)
}

/// The word behind `sequence`.
fn behind<'a>(words: &'a [String], sequence: &str) -> Option<&'a String> {
    words.get(position(words, sequence)? + sequence.split(' ').count())
}
