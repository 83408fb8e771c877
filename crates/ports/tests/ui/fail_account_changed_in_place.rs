//! What a lock has read is read only: changing it in memory would change nothing that is stored.
use domain::PlayerId;
use ports::{Locked, Players};

fn wishful(players: &mut Locked<'_, Players>, player: PlayerId) {
    if let Some(Ok(player)) = players.get(player) {
        player.accounts.credit.balance = 1_000_000;
    }
}

fn main() {}
