//! Who does what at once: as few callers, players and chunks as show what goes wrong.

use domain::ChargeOrigin;
use schedules::{
    Amendment, Cup,
    Deed::{
        Assess, Backfill, Correct, Decorate, Distribute, Expire, Finalize, Post, Refund, Resubmit,
        Settle, Spend,
    },
    Ground, Ranking, Scenario,
};

const CUP: &str = "cup";
const OTHER: &str = "other-cup";
const COACH: schedules::Deed = Assess { coach: 1, player: 0 };
const OTHER_COACH: schedules::Deed = Assess { coach: 2, player: 0 };

pub(crate) fn submit_and_finalize() -> Scenario {
    Scenario::new("submit ‖ finalize", played(2), &[Resubmit(CUP), Finalize(CUP)])
}

pub(crate) fn finalize_twice() -> Scenario {
    Scenario::new("finalize ‖ finalize", played(1), &[Finalize(CUP); 2])
}

pub(crate) fn distribute_twice() -> Scenario {
    Scenario::new("distribute ‖ distribute", frozen(), &[Distribute(CUP); 2])
}

pub(crate) fn distribute_and_assess() -> Scenario {
    Scenario::new("distribute ‖ assess", frozen(), &[Distribute(CUP), COACH])
}

pub(crate) fn assess_twice() -> Scenario {
    Scenario::new("assess ‖ assess", frozen(), &[COACH, OTHER_COACH])
}

pub(crate) fn post_twice() -> Scenario {
    Scenario::new("post ‖ post", played(1), &[Post(CUP); 2])
}

pub(crate) fn decorate_twice() -> Scenario {
    let ground = Ground::of(&[Cup::played(CUP), Cup::played(OTHER)]).with_players(1);
    Scenario::new("decorate ‖ decorate", ground, &[Decorate(CUP), Decorate(OTHER)])
}

pub(crate) fn two_cups() -> Scenario {
    let ground = Ground::of(&[Cup::frozen(CUP), Cup::frozen(OTHER)]).with_players(1);
    Scenario::new(
        "distribute ‖ distribute of two cups",
        ground,
        &[Distribute(CUP), Distribute(OTHER)],
    )
}

/// The same of tournaments that reach the same levels.
pub(crate) fn two_cups_with_levels() -> Scenario {
    let ground = Ground::of(&[CUP, OTHER].map(|it| Cup::frozen(it).with_levels()));
    Scenario::new(
        "distribute ‖ distribute of two cups with levels",
        ground.with_players(1),
        &[Distribute(CUP), Distribute(OTHER)],
    )
}

pub(crate) fn backfill_twice() -> Scenario {
    let ground = paid().with_players(2).in_chunks_of(1);
    Scenario::new("backfill ‖ backfill", ground, &[Backfill; 2])
}

/// Whoever has won before the correction has not won behind it.
pub(crate) fn backfill_and_correct() -> Scenario {
    let backwards = Correct(CUP, Amendment::Order(Ranking::Backwards));
    Scenario::new("backfill ‖ correct", paid().with_players(2), &[Backfill, backwards])
}

/// Two tournaments that have placed the same players the other way round, while a coach has one of them.
pub(crate) fn two_cups_and_a_coach() -> Scenario {
    let ground = Ground::of(&[Cup::frozen(CUP), Cup::frozen(OTHER).backwards()]);
    Scenario::new(
        "distribute ‖ distribute of two cups ‖ assess",
        ground,
        &[Distribute(CUP), Distribute(OTHER), COACH],
    )
}

pub(crate) fn post_and_distribute() -> Scenario {
    let ground = Ground::of(&[Cup::frozen(CUP), Cup::played(OTHER)]).with_players(1);
    Scenario::new("post ‖ distribute", ground, &[Post(OTHER), Distribute(CUP)])
}

/// Each of the two could pay for what it buys, and the player not for both.
pub(crate) fn spend_twice() -> Scenario {
    Scenario::new("spend ‖ spend", paid(), &[Spend(1), Spend(2)])
}

pub(crate) fn settle_and_expire() -> Scenario {
    Scenario::new("settle ‖ expire", paid().charged(ChargeOrigin::Hold), &[Settle, Expire])
}

pub(crate) fn refund_twice() -> Scenario {
    let ground = paid().charged(ChargeOrigin::Spend);
    Scenario::new("refund ‖ refund", ground, &[Refund(1), Refund(2)])
}

fn paid() -> Ground {
    Ground::of(&[Cup::paid(CUP)]).with_players(1)
}

fn played(players: usize) -> Ground {
    Ground::of(&[Cup::played(CUP)]).with_players(players)
}

fn frozen() -> Ground {
    Ground::of(&[Cup::frozen(CUP)]).with_players(1)
}
