//! AUDIT-4: tournaments and players of whom anything was recorded since.
//!
//! To find them is to look at every record of several tables. It is done once for all checks of an
//! audit, as long as their ids are few. Where they are many, so that each check looks at most of the
//! database anyway, each finds them along the way.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use ports::{StoreError, Timestamp, spi::audit::AuditScope};
use uuid::Uuid;

use crate::{
    connection::Connection,
    decode::Row,
    sql::{Sql, Step},
};

#[cfg(test)]
mod tests;

/// Ids in memory at a time.
const IDS_MAX: u32 = 20_000;
const FINDING: Step = Step { during: "finding who was touched", table: "ledger_entries" };

/// What rows belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Tournaments,
    Players,
}

/// Those whose rows are looked at.
#[derive(Debug, Clone)]
pub(super) enum Owners {
    Everybody,
    These(Arc<[Uuid]>),
    /// More than are held in memory: the statement finds them itself.
    TouchedSince(Kind, Timestamp),
}

/// Who was touched, as found by the first check that asked.
pub(crate) struct Touched {
    found: Mutex<BTreeMap<(Kind, Timestamp), Owners>>,
    ids_max: u32,
}

/// The same in portions that fit in memory, ascending.
pub(super) struct Portions {
    rest: Rest,
    ids_max: u32,
}

enum Rest {
    Last(Owners),
    Behind(Kind, Timestamp, Option<Uuid>),
    Nobody,
}

impl Default for Touched {
    fn default() -> Self {
        Self { found: Mutex::default(), ids_max: IDS_MAX }
    }
}

impl Touched {
    /// Whom `scope` is about.
    pub(super) async fn within(
        &self,
        scope: &AuditScope,
        kind: Kind,
        connection: &Connection<'_>,
    ) -> Result<Owners, StoreError> {
        let Some(since) = scope.since else { return Ok(Owners::Everybody) };
        let known = || self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(owners) = known().get(&(kind, since)).cloned() {
            return Ok(owners);
        }
        let ids = find(connection, kind, since, None, self.ids_max + 1).await?;
        let owners = if ids.len() > self.ids_max as usize {
            Owners::TouchedSince(kind, since)
        } else {
            Owners::These(ids.into())
        };
        known().insert((kind, since), owners.clone());
        Ok(owners)
    }

    /// `owners`, portion by portion.
    pub(super) fn portions(&self, owners: Owners) -> Portions {
        let rest = match owners {
            Owners::TouchedSince(kind, since) => Rest::Behind(kind, since, None),
            owners => Rest::Last(owners),
        };
        Portions { rest, ids_max: self.ids_max }
    }
}

impl Owners {
    /// A condition on `column`: that it names one of them; nothing when that is anybody.
    pub(super) fn own(&self, column: &str, sql: &mut Sql) -> String {
        match self {
            Self::Everybody => String::new(),
            Self::These(ids) => format!(" AND {column} {}", sql.one_of(ids.iter().copied())),
            Self::TouchedSince(..) => format!(" AND {column} IN (SELECT owner FROM touched)"),
        }
    }

    /// What stands before a statement with such conditions, however many it has.
    pub(super) fn with(&self, sql: &mut Sql) -> String {
        match self {
            Self::TouchedSince(kind, since) => {
                let records = records(*kind, *since, None, sql);
                format!("WITH touched (owner) AS MATERIALIZED ({records}) ")
            }
            _ => String::new(),
        }
    }
}

impl Portions {
    /// The next portion, which is never [`Owners::TouchedSince`].
    pub(super) async fn next(
        &mut self,
        connection: &Connection<'_>,
    ) -> Result<Option<Owners>, StoreError> {
        match std::mem::replace(&mut self.rest, Rest::Nobody) {
            Rest::Nobody => Ok(None),
            Rest::Last(owners) => Ok(Some(owners)),
            Rest::Behind(kind, since, after) => {
                let ids = find(connection, kind, since, after, self.ids_max).await?;
                if ids.len() == self.ids_max as usize {
                    self.rest = Rest::Behind(kind, since, ids.last().copied());
                }
                Ok(Some(Owners::These(ids.into())))
            }
        }
    }
}

async fn find(
    connection: &Connection<'_>,
    kind: Kind,
    since: Timestamp,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<Uuid>, StoreError> {
    let mut sql = connection.sql();
    let records = records(kind, since, after, &mut sql);
    let text = format!("SELECT owner FROM ({records}) AS touched ORDER BY owner LIMIT {limit}");
    connection.rows(FINDING, sql, text, |row: &Row<'_>| row.get("owner")).await
}

/// A query of the owners of whatever was recorded since, each once.
fn records(kind: Kind, since: Timestamp, after: Option<Uuid>, sql: &mut Sql) -> String {
    let (owner, tables) = match kind {
        Kind::Tournaments => (
            "tournament_id",
            &[
                ("tournament_changes", "occurred_at"),
                ("awards", "applied_at"),
                ("ledger_entries", "recorded_at"),
                ("skill_steps", "taken_at"),
            ][..],
        ),
        // Steps that a correction takes again, and badges that it revokes, keep their time: the
        // award that was applied with them has its own.
        Kind::Players => (
            "player_id",
            &[
                ("awards", "applied_at"),
                ("ledger_entries", "recorded_at"),
                ("charges", "changed_at"),
                ("badges", "earned_at"),
                ("skill_steps", "taken_at"),
                ("assessments", "assessed_at"),
            ][..],
        ),
    };
    let since = sql.moment(since);
    let behind = after.map(|it| format!(" AND {owner} > {}", sql.uuid(&it))).unwrap_or_default();
    let dialect = sql.dialect();
    let recorded = tables.iter().map(|(table, at)| {
        let at = dialect.moment(at);
        // An entry may be of no tournament.
        format!(
            "SELECT {owner} AS owner FROM {table} \
             WHERE {at} >= {since} AND {owner} IS NOT NULL{behind}"
        )
    });
    recorded.collect::<Vec<_>>().join(" UNION ")
}
