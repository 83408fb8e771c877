//! Contract: a player is registered once.

use domain::{NewPlayer, PlayerId, Tenths, TournamentId};
use ports::{StoreError, UnitsOfWork, spi::Recorded};

use crate::{
    Harness,
    fixtures::{ALL, new_player, player, post, register, xp_entry},
    waiting::at_once,
};

use Recorded::{New, Replayed};

/// PLAYER-1: neither name nor baseline nor belongings change; and those beside it are registered.
pub async fn known_player_is_replayed_and_stays_as_it_is(harness: &impl Harness) {
    let known = new_player(0).id;
    register(harness, 1).await;
    post(&harness.units(), &[xp_entry(TournamentId::of("cup"), known, 500)]).await.unwrap();
    let before = harness.store().find_players(&[known]).await.unwrap();
    let mut renamed = NewPlayer { name: "Another name".into(), ..new_player(0) };
    renamed.baseline.level = Tenths::new(900);

    let answers = enroll(harness.units(), vec![renamed, new_player(1)]).await.unwrap();

    assert_eq!(answers, [Replayed, New]);
    assert_eq!(harness.store().find_players(&[known]).await.unwrap(), before);
    assert_eq!(player(harness, new_player(1).id).await.accounts.xp.balance, 0);
}

/// PLAYER-1: the same players from both ends at the same moment: nobody deadlocks, and each player
/// is new to one of the two.
pub async fn concurrent_registrations_in_opposite_order_register_once(harness: &impl Harness) {
    const FIELD: usize = 20;
    for round in 0..5 {
        let forwards: Vec<_> = (round * FIELD..(round + 1) * FIELD).map(new_player).collect();
        let backwards: Vec<_> = forwards.iter().rev().cloned().collect();
        let enroll = |players| enroll(harness.units(), players);

        let mut answers = at_once([forwards, backwards].map(enroll)).await.into_iter();

        let forwards = answers.next().unwrap().unwrap();
        let backwards = answers.next().unwrap().unwrap();
        for (one, other) in forwards.into_iter().zip(backwards.into_iter().rev()) {
            assert_ne!(one, other, "a player is registered by one of the two");
        }
    }

    let registered = harness.store().list_players(None, ALL).await.unwrap();
    assert_eq!(registered.len(), 5 * FIELD);
}

/// PLAYER-1: a new player owns nothing and starts where the registration says.
pub async fn new_player_starts_at_the_baseline_with_nothing(harness: &impl Harness) {
    let mut novice = new_player(0);
    novice.baseline.level = Tenths::new(725);
    let id: PlayerId = novice.id;

    enroll(harness.units(), vec![novice.clone()]).await.unwrap();

    let registered = player(harness, id).await;
    assert_eq!(registered.baseline, novice.baseline);
    assert_eq!((registered.accounts, registered.step_seq), Default::default());
    assert_eq!((registered.progress, registered.profile), Default::default());
}

async fn enroll(units: UnitsOfWork, players: Vec<NewPlayer>) -> Result<Vec<Recorded>, StoreError> {
    let mut uow = units.begin().await?;
    let recorded = uow.register_players(&players).await?;
    uow.commit().await?;
    Ok(recorded)
}
