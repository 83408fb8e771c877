//! A balance moves by posting entries; there is no method that sets one.
use domain::{Currency, PlayerId};
use ports::{Locked, Players};

async fn generous(players: Locked<'_, Players>, player: PlayerId) {
    players.set_balance(player, Currency::Credit, 1_000_000).await.unwrap();
}

fn main() {}
