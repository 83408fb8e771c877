//! The search has teeth: a broken promise is found, printed, and seen again by its order alone.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{LockOrder, PlayerId};
use interposed::{InterposedStore, Interposer};
use ports::{
    StoreError,
    spi::{LockedPlayer, Store, Transaction},
};
use schedules::{Order, Search, catalogue};

/// Reads players whom it should lock.
struct LocksNothing(Arc<dyn Store>);

#[async_trait]
impl Interposer for LocksNothing {
    async fn select_players_for_update(
        &self,
        _tx: &dyn Transaction,
        players: &LockOrder<PlayerId>,
    ) -> Result<Vec<LockedPlayer>, StoreError> {
        let found = self.0.find_players(players.as_slice()).await?;
        Ok(found.into_iter().map(|it| LockedPlayer { id: it.id, state: it.state }).collect())
    }
}

fn broken(store: Arc<dyn Store>) -> Arc<dyn Store> {
    InterposedStore::new(Arc::clone(&store), Arc::new(LocksNothing(store))).shared()
}

#[test]
fn broken_promise_is_found_printed_and_seen_again() {
    let scenario = catalogue::find("assess-assess").expect("it is in the catalogue");
    let search = Search::of(scenario).through(broken);

    let violation = search.clone().first_violation().expect("one coach is not heard");

    let printed = violation.to_string();
    let command = format!("cargo xtask schedule replay 'assess-assess@memory:{}'", violation.order);
    assert!(printed.contains(&command), "{printed}");
    let order = Order::parse(&violation.order.to_string()).expect("an order reads as it prints");
    let again = search.these(vec![order]).first_violation().expect("it goes wrong again");
    assert_eq!(again, violation);
}
