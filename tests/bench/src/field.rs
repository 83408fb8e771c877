//! Who competes, and how it ends.

use std::ops::Range;

use app_service::domain::{
    Finish, NewPlayer, NewTournament, Placement, RankedEntry, RankedList, Results, RewardPolicy,
};
use serde_json::json;

use crate::Failure;

/// The `n`th player.
pub(crate) fn player(n: u32) -> NewPlayer {
    NewPlayer::new(format!("player-{n:07}"), format!("Player {n}"))
}

/// A tournament under the policy that the floor knows by heart: the usual one, and credits for the
/// best three of ten.
pub(crate) fn tournament(key: &str) -> Result<NewTournament, Failure> {
    let tier = |place: u32, xp: i64, credits: i64, points: u32| json!({ "from": place, "to": place, "xp": xp, "credits": credits, "skill_points": points });
    let document = json!({
        "version": 1,
        "tiers": [
            tier(1, 500, 100, 10),
            tier(2, 300, 50, 7),
            tier(3, 200, 25, 5),
            { "top_percent": 30, "xp": 50, "credits": 5, "skill_points": 1 },
        ],
    });
    let policy = RewardPolicy::from_document(&document).map_err(|it| format!("{it:?}"))?;
    Ok(NewTournament { policy, ..NewTournament::new(key, key) })
}

/// So many of `players`, in an order that the seed draws.
pub(crate) fn results(size: u32, players: Range<u32>, seed: u64) -> Results {
    let mut players: Vec<u32> = players.collect();
    fastrand::Rng::with_seed(seed).shuffle(&mut players);
    let finish = |rank| Placement::new(rank).map_or(Finish::Absent, Finish::Marked);
    let entry = |(rank, n): (u32, u32)| RankedEntry::new(player(n).id, finish(rank));
    let players = players.into_iter().take(size as usize);
    Results::Ranked(RankedList::Placements((1..).zip(players).map(entry).collect()))
}
