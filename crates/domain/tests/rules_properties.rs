//! What holds of the reward rules for every input, not only for the recorded ones.

use domain::{
    FACTOR_MAX, FACTOR_MIN, FieldBaseline, LEVEL_MAX, LEVEL_MIN, MatchRecord, Placement,
    StepEvidence, TenThousandths, Tenths, bonus_xp, match_modifier, opponent_factor, skill_points,
    skill_step,
};
use proptest::{collection::vec, prelude::*};

proptest! {
    #[test]
    fn rounding_is_what_formatting_prints(value in numbers(10.0)) {
        prop_assert_eq!(Tenths::rounded(value).units(), digits(&format!("{value:.1}")));
    }

    #[test]
    fn rounding_to_four_decimals_is_what_formatting_prints(value in numbers(10_000.0)) {
        prop_assert_eq!(TenThousandths::rounded(value).units(), digits(&format!("{value:.4}")));
    }

    #[test]
    fn rounding_survives_every_bit_pattern(bits: u64) {
        let value = f64::from_bits(bits);
        let bounds = f64::from(i32::MIN)..=f64::from(i32::MAX);
        let expected = if bounds.contains(&(value * 10.0)) {
            digits(&format!("{value:.1}"))
        } else if value.is_nan() {
            0
        } else if value > 0.0 {
            i32::MAX
        } else {
            i32::MIN
        };

        prop_assert_eq!(Tenths::rounded(value).units(), expected);
    }

    #[test]
    fn a_step_stays_within_the_levels(
        level in any::<i32>().prop_map(Tenths::new),
        weight in any::<f64>(),
        evidence in evidence(),
    ) {
        let after = skill_step(level, weight, &evidence);

        prop_assert!((LEVEL_MIN..=LEVEL_MAX).contains(&after));
    }

    #[test]
    fn a_better_placement_never_leads_to_a_lower_level(
        level in levels(), weight in weights(), worse in evidence(), rank in ranks(),
    ) {
        let better = StepEvidence { placement: worse.placement.min(rank), ..worse };

        prop_assert!(skill_step(level, weight, &better) >= skill_step(level, weight, &worse));
    }

    #[test]
    fn better_matches_never_lead_to_a_lower_level(
        level in levels(), weight in weights(), evidence in evidence(), modifier in modifiers(),
    ) {
        let with = |match_modifier| {
            skill_step(level, weight, &StepEvidence { match_modifier, ..evidence })
        };
        let other = evidence.match_modifier;

        prop_assert!(with(modifier.min(other)) <= with(modifier.max(other)));
    }

    #[test]
    fn stronger_opponents_never_lead_to_a_lower_level(
        level in levels(), weight in weights(), evidence in evidence(), factor in factors(),
    ) {
        let with = |opponent_factor| {
            skill_step(level, weight, &StepEvidence { opponent_factor, ..evidence })
        };
        let other = evidence.opponent_factor;

        prop_assert!(with(factor.min(other)) <= with(factor.max(other)));
    }

    #[test]
    fn a_heavier_skill_moves_the_same_way_and_at_least_as_far(
        level in levels(), one in weights(), other in weights(), evidence in evidence(),
    ) {
        let moved = |weight| skill_step(level, weight, &evidence).units() - level.units();
        let (light, heavy) = (moved(one.min(other)), moved(one.max(other)));

        prop_assert!(light.abs() <= heavy.abs() && light * heavy >= 0, "{light} and {heavy}");
    }

    #[test]
    fn a_modifier_lies_between_minus_one_and_one(record in records()) {
        let one = TenThousandths::ONE.units();

        prop_assert!((-one..=one).contains(&match_modifier(&record).units()));
    }

    /// A draw counts as a match not won for both sides, so it has no mirror image.
    #[test]
    fn a_modifier_without_draws_is_the_opposite_of_the_opponents(record in records()) {
        let own = MatchRecord { draws: 0, ..record };
        let opponents = MatchRecord {
            wins: own.losses,
            losses: own.wins,
            draws: 0,
            goals_for: own.goals_against,
            goals_against: own.goals_for,
        };

        let sum = match_modifier(&own).units() + match_modifier(&opponents).units();

        prop_assert!(sum.abs() <= 1, "off by {sum} ten-thousandths");
    }

    #[test]
    fn another_goal_never_lowers_a_modifier(record in records()) {
        let better = MatchRecord { goals_for: record.goals_for + 1, ..record };

        prop_assert!(match_modifier(&better) >= match_modifier(&record));
    }

    #[test]
    fn a_factor_lies_between_a_half_and_two(own: f64, others: Option<f64>) {
        prop_assert!((FACTOR_MIN..=FACTOR_MAX).contains(&opponent_factor(own, others)));
    }

    #[test]
    fn the_order_of_a_field_changes_nothing(
        (sums, shuffled) in vec(baseline_sums(), 0..40)
            .prop_flat_map(|sums| (Just(sums.clone()), Just(sums).prop_shuffle())),
    ) {
        prop_assert_eq!(side(&sums), side(&shuffled));
    }

    #[test]
    fn the_factors_of_two_opponents_are_reciprocal(
        one in baseline_sums(), other in baseline_sums(),
    ) {
        let field = side(&[one, other]);
        let there = field.factor_against(one, &side(&[one])).as_f64();
        let back = field.factor_against(other, &side(&[other])).as_f64();

        // Each factor is at most half a ten-thousandth from the quotient.
        let tolerance = 0.000_05 * (there + back) + 1e-8;
        prop_assert!((there * back - 1.0).abs() <= tolerance, "{there} and {back}");
    }

    #[test]
    fn team_mates_are_no_opponents(
        own in baseline_sums(),
        mates in vec(baseline_sums(), 0..10),
        opponents in vec(baseline_sums(), 0..10),
    ) {
        let factor = |mates: &[i64]| {
            let own_side = [&[own], mates].concat();
            side(&[&own_side, &opponents[..]].concat()).factor_against(own, &side(&own_side))
        };

        prop_assert_eq!(factor(&mates), factor(&[]));
    }

    #[test]
    fn who_meets_nobody_has_the_neutral_factor(own: i64, team in vec(baseline_sums(), 0..10)) {
        let everybody = side(&team);

        prop_assert_eq!(everybody.factor_against(own, &everybody), TenThousandths::ONE);
    }

    #[test]
    fn shares_differ_from_the_base_by_their_roundings_only(
        weights in vec(weights(), 1..50), base in 0_u32..1_000,
    ) {
        let shares = skill_points(weights.iter().copied(), base);
        let total: i64 = shares.map(|it| i64::from(it.units())).sum();

        let off = (total - 10 * i64::from(base)).unsigned_abs();
        prop_assert!(2 * off <= weights.len() as u64, "off by {off} tenths");
    }

    #[test]
    fn a_heavier_skill_never_gets_fewer_points(
        mut weights in vec(weights(), 1..50), base in 0_u32..1_000,
    ) {
        weights.sort_by(f64::total_cmp);

        prop_assert!(skill_points(weights.iter().copied(), base).is_sorted());
    }

    #[test]
    fn bonus_xp_is_the_whole_part_and_grows_with_the_points(
        points in 0_i32..1_000_000, rate in 0_i64..1_000_000,
    ) {
        let xp = bonus_xp(Tenths::new(points), rate);
        let tenths_of_xp = i64::from(points) * rate;

        prop_assert!((10 * xp..10 * xp + 10).contains(&tenths_of_xp));
        prop_assert!(bonus_xp(Tenths::new(points + 1), rate) >= xp);
    }
}

/// Numbers near the halves of `scale`, where rounding is hard, and ordinary ones.
fn numbers(scale: f64) -> impl Strategy<Value = f64> {
    let near_a_half = (-100_000_i32..100_000, -2_i64..=2).prop_map(move |(whole, ulps)| {
        let half = (f64::from(whole) + 0.5) / scale;
        f64::from_bits(half.to_bits().wrapping_add_signed(ulps))
    });
    let dyadic = (-1_000_000_i32..1_000_000).prop_map(|it| f64::from(it) / 32.0);
    prop_oneof![3 => near_a_half, 1 => dyadic, 1 => -2_000.0..2_000.0]
}

/// What a formatted decimal says, in units of its last digit.
fn digits(formatted: &str) -> i32 {
    formatted.replace('.', "").parse().expect("a decimal within i32")
}

fn levels() -> impl Strategy<Value = Tenths> {
    (LEVEL_MIN.units()..=LEVEL_MAX.units()).prop_map(Tenths::new)
}

fn weights() -> impl Strategy<Value = f64> {
    0.1..=5.0
}

fn ranks() -> impl Strategy<Value = Placement> {
    (1_u32..300).prop_filter_map("ranks count from 1", Placement::new)
}

fn modifiers() -> impl Strategy<Value = TenThousandths> {
    (-10_000..=10_000).prop_map(TenThousandths::new)
}

/// Also beyond the bounds that a step clamps to.
fn factors() -> impl Strategy<Value = TenThousandths> {
    (0..40_000).prop_map(TenThousandths::new)
}

/// Also with a rank beyond the field.
fn evidence() -> impl Strategy<Value = StepEvidence> {
    (ranks(), 0_u32..300, factors(), modifiers()).prop_map(
        |(placement, field_size, opponent_factor, match_modifier)| StepEvidence {
            placement,
            field_size,
            opponent_factor,
            match_modifier,
        },
    )
}

fn records() -> impl Strategy<Value = MatchRecord> {
    let matches = (0_u32..40, 0_u32..40, 0_u32..40);
    (matches, 0_u32..200, 0_u32..200).prop_map(
        |((wins, draws, losses), goals_for, goals_against)| MatchRecord {
            wins,
            draws,
            losses,
            goals_for,
            goals_against,
        },
    )
}

/// Sums over four skills.
fn baseline_sums() -> impl Strategy<Value = i64> {
    4 * 400_i64..=4 * 990
}

fn side(baseline_sums: &[i64]) -> FieldBaseline {
    baseline_sums.iter().copied().collect()
}
