//! Locks: of whose rows, and on how many nodes.

use super::{Breach, behind, family};
use crate::words::{Part, position};

const CLAUSES: [&str; 4] = ["for update", "for no key update", "for share", "for key share"];

pub(super) fn breaches(part: Part<'_>) -> Option<Breach> {
    let table = table(part)?;
    let Some(column) = family(&table)?.distributed_by() else {
        return Some(Breach::LockOfWhole(table));
    };
    let own = part.own();
    let narrow = own.windows(3).any(|it| it[0] == column && it[1] == "=" && it[2].starts_with('$'));
    (!narrow).then_some(Breach::WideLock(table))
}

/// The table whose rows a part locks.
pub(super) fn table(part: Part<'_>) -> Option<String> {
    let own = part.own();
    let locks = CLAUSES.iter().any(|it| position(&own, it).is_some());
    let table = locks.then(|| behind(&own, "from").cloned()).flatten()?;
    family(&table).is_some().then_some(table)
}
