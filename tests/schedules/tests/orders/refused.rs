//! A store that refuses somebody: whoever tries again finds what the first try had claimed.

use std::sync::Arc;

use async_trait::async_trait;
use domain::NewEntry;
use interposed::{InterposedStore, Interposer};
use ports::{
    StoreError, Timestamp,
    spi::{Recorded, Transaction},
};
use schedules::{Cup, Deed, Fault, Ground, Scenario, Search};

/// The roll-back of a transaction that is only dropped may come after the next claim, and after the
/// one behind that.
#[test]
fn chunk_that_was_refused_is_let_go_of_before_it_is_tried_again() {
    let frozen = Ground::of(&[Cup::frozen("cup")]);
    let scenario = Scenario::new("distribute", frozen, &[Deed::Distribute("cup")]);
    let refused = |it| InterposedStore::new(it, Arc::new(RefusesEntries)).shared();
    let search = Search::of(scenario).through(refused);

    let report = search.looking_for(|it| matches!(it, Fault::Endless)).run();

    report.expect_clean();
    assert!(report.runs > 0, "nothing was walked");
}

/// Posts nothing for anybody.
struct RefusesEntries;

#[async_trait]
impl Interposer for RefusesEntries {
    async fn insert_ledger_entries(
        &self,
        _: &dyn Transaction,
        _: &[NewEntry],
        _: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        let rule = "nobody is paid here".to_owned();
        Err(StoreError::Corrupt { table: "ledger_entries", rule, source: None })
    }
}
