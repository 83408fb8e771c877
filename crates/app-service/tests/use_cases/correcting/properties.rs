//! Whatever a season was and whatever is corrected of it.

use proptest::prelude::*;

use super::season::{block_on, correct, season, standing};
use crate::{audit::audit, properties::results};

const CUPS: usize = 5;

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whoever was in the results has a place in the own history, which a correction finds.
    #[test]
    fn a_correction_ends_where_the_right_results_would_have_led(
        fields in prop::collection::vec(prop::array::uniform6(1_u8..9), CUPS),
        corrected in 0..CUPS,
        truth in prop::array::uniform6(1_u8..9),
        chunk_size in 1_u32..8,
    ) {
        block_on(async {
            let (arena, cups) = season(&fields, chunk_size).await;
            let mut right = fields.clone();
            right[corrected] = truth;
            let (expected, _) = season(&right, chunk_size).await;

            let paid = correct(&arena, cups[corrected], &results(&arena.players, truth)).await;

            assert!(paid.is_none_or(|it| it.is_complete()));
            assert_eq!(standing(&arena).await, standing(&expected).await);
            audit(&arena, &cups).await;
        });
    }

    /// Also those who were not in the results before, or are no more.
    #[test]
    fn correcting_back_leads_back(
        fields in prop::collection::vec(prop::array::uniform6(0_u8..9), CUPS),
        corrected in 0..CUPS,
        truth in prop::array::uniform6(0_u8..9),
        chunk_size in 1_u32..8,
    ) {
        block_on(async {
            let (arena, cups) = season(&fields, chunk_size).await;
            let cup = cups[corrected];
            let before = standing(&arena).await;

            let there = correct(&arena, cup, &results(&arena.players, truth)).await;
            audit(&arena, &cups).await;
            let back = correct(&arena, cup, &results(&arena.players, fields[corrected])).await;

            assert_eq!(there.is_some(), back.is_some());
            assert!(back.is_none_or(|it| it.tournament.revision == 2));
            assert_eq!(standing(&arena).await, before);
            audit(&arena, &cups).await;
        });
    }
}
