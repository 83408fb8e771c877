//! Contract: a level is reached once.

use domain::{LevelUp, LockOrder, PlayerId, TournamentId};
use ports::{StoreError, UnitsOfWork, spi::Recorded};

use crate::{Harness, fixtures::register, waiting::at_once};

use Recorded::{New, Replayed};

/// LEVEL-1: the first tournament keeps it; what is new beside it is reached, and another player can
/// reach it, too.
pub async fn level_is_reached_once_whatever_the_tournament(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    reach(&harness.units(), &[level_up(ids[0], 1, "one")]).await.unwrap();

    let later =
        [level_up(ids[0], 1, "two"), level_up(ids[0], 2, "two"), level_up(ids[1], 1, "two")];
    let answers = reach(&harness.units(), &later).await.unwrap();

    assert_eq!(answers, [Replayed, New, New]);
    let reached = harness.store().find_level_ups(&ids).await.unwrap();
    let reached: Vec<_> = reached.iter().map(|it| it.level_up).collect();
    assert_eq!(reached, [level_up(ids[0], 1, "one"), later[1], later[2]]);
}

/// LEVEL-1: two tournaments race for one level, round after round.
pub async fn concurrent_tournaments_reach_a_level_once(harness: &impl Harness) {
    let ids = register(harness, 10).await;

    for id in ids {
        let worker = |cup| {
            let units = harness.units();
            async move { reach(&units, &[level_up(id, 1, cup)]).await }
        };
        let answers = at_once(["one", "two", "three"].map(worker)).await;
        let new = answers.into_iter().flat_map(Result::unwrap).filter(|it| *it == New).count();
        let reached = harness.store().find_level_ups(&[id]).await.unwrap();
        assert_eq!((new, reached.len()), (1, 1));
    }
}

/// READ-1
pub async fn levels_read_back_by_player_and_level(harness: &impl Harness) {
    let ids = register(harness, 3).await;
    let ups = [level_up(ids[0], 2, "cup"), level_up(ids[0], 1, "cup"), level_up(ids[2], 1, "cup")];
    reach(&harness.units(), &ups).await.unwrap();

    let found = harness.store().find_level_ups(&ids[..2]).await.unwrap();

    let found: Vec<_> = found.into_iter().map(|it| it.level_up).collect();
    assert_eq!(found, [ups[1], ups[0]]);
}

async fn reach(units: &UnitsOfWork, ups: &[LevelUp]) -> Result<Vec<Recorded>, StoreError> {
    let mut uow = units.begin().await?;
    let players = uow.lock_players(&LockOrder::of(ups.iter().map(|it| it.player))).await?;
    let recorded = players.record_level_ups(ups).await?;
    uow.commit().await?;
    Ok(recorded)
}

fn level_up(player: PlayerId, level: u32, cup: &str) -> LevelUp {
    LevelUp { player, level, tournament: TournamentId::of(cup), revision: 0, credits: 5 }
}
