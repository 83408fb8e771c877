//! Whatever was measured, and whatever is measured anew.

use domain::{BadgeType, PlayerId};
use proptest::prelude::*;
use serde_json::json;

use super::season::{block_on, correct};
use crate::{
    arena::{Arena, timed},
    audit::audit,
};

/// The time to beat, and its neighbours, apart by the last bit.
const TIMES: [f64; 5] = [9.57, 9.58_f64.next_down(), 9.58, 9.58_f64.next_up(), 9.59];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_record_is_held_by_whoever_is_measured_to_have_broken_it_now(
        measured in prop::collection::vec(prop::array::uniform4(0..TIMES.len()), 1..5)
    ) {
        block_on(async {
            let arena = Arena::of(4).await;
            let rule = json!({ "badge": "RECORD_BREAKER",
                               "when": [{ "evidence": "measured", "at_most": 9.58 }] });
            let policy = json!({ "version": 7, "badges": { "rules": [rule] } });
            let cup = arena.cup_under(&policy, "cup", &arena.players).await;
            let times = |chosen: &[usize; 4]| chosen.map(|it| TIMES[it]);
            let results = |chosen| timed(arena.players.iter().copied().zip(times(chosen)));
            arena.submit(cup, &results(&measured[0])).await.unwrap();
            assert!(arena.finalize(cup).await.unwrap().is_complete());

            for anew in &measured {
                let paid = correct(&arena, cup, &results(anew)).await;

                assert!(paid.is_none_or(|it| it.is_complete()));
                for (player, time) in arena.players.iter().zip(times(anew)) {
                    assert_eq!(has_record(&arena, *player).await, time <= 9.58, "{time}");
                }
                audit(&arena, &[cup]).await;
            }
        });
    }
}

async fn has_record(arena: &Arena, player: PlayerId) -> bool {
    let badges = arena.guerdon.profile(player).await.unwrap().badges;
    badges.iter().any(|it| it.badge == BadgeType::RecordBreaker && it.revoked.is_none())
}
