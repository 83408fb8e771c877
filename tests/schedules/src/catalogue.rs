//! Every scenario that is walked. A new pair is a line here, and one in `tests/orders/main.rs`, which
//! makes it a test on each adapter; a new use case is a [`Deed`](crate::Deed).

use domain::ChargeOrigin;

use crate::{
    Amendment::{FirstDisqualified, Order},
    Cup,
    Deed::{
        Assess, AssessAll, Backfill, Correct, Decorate, Distribute, Expire, Finalize, Post, Refund,
        Resubmit, Settle, Spend,
    },
    Ground,
    Ranking::{Backwards, Forwards},
    Scenario,
};

const CUP: &str = "cup";
const OTHER: &str = "other-cup";
const COACH: crate::Deed = Assess { coach: 1, player: 0 };
const OTHER_COACH: crate::Deed = Assess { coach: 2, player: 0 };
const REVERSE: crate::Deed = Correct(CUP, Order(Backwards));

/// The pairs.
#[must_use]
pub fn pairs() -> Vec<Scenario> {
    [pairs_of_first_plans(), pairs_of_corrections(), pairs_of_backfills(), pairs_with_levels()]
        .concat()
}

/// Of the two tournaments behind a backfill, the rule has judged at least the first one.
fn pairs_of_backfills() -> Vec<Scenario> {
    let then = |other| Ground::of(&[Cup::paid(CUP), other]);
    let won_by_the_other_one = Cup::frozen(OTHER).backwards();
    vec![
        Scenario::new("backfill-backfill", then(Cup::paid(OTHER)).in_chunks_of(1), &[Backfill; 2]),
        Scenario::new(
            "backfill-distribute",
            then(won_by_the_other_one),
            &[Backfill, Distribute(OTHER)],
        ),
        Scenario::new("backfill-correct", then(Cup::paid(OTHER)), &[Backfill, REVERSE]),
    ]
}

/// Either tournament lifts the players to levels that the other one would lift them to as well.
fn pairs_with_levels() -> Vec<Scenario> {
    let [cup, other] = [Cup::frozen(CUP), Cup::frozen(OTHER).backwards()].map(Cup::with_levels);
    let [paid, next] = [Cup::paid(CUP), Cup::played(OTHER)].map(Cup::with_levels);
    vec![
        Scenario::new(
            "two-cups-with-levels",
            Ground::of(&[cup, other]),
            &[Distribute(CUP), Distribute(OTHER)],
        ),
        Scenario::new(
            "correct-finalize-other-with-levels",
            Ground::of(&[paid, next]),
            &[REVERSE, Finalize(OTHER)],
        ),
    ]
}

fn pairs_of_corrections() -> Vec<Scenario> {
    let paid = || Ground::of(&[Cup::paid(CUP)]);
    let beside = |other| Ground::of(&[Cup::paid(CUP), other]);
    let half_paid = Ground::of(&[Cup::half_paid(CUP)]);
    let other_way_round = Correct(OTHER, Order(Forwards));
    vec![
        Scenario::new("correct-correct", paid(), &[REVERSE; 2]),
        Scenario::new(
            "correct-correct-otherwise",
            paid(),
            &[REVERSE, Correct(CUP, FirstDisqualified)],
        ),
        Scenario::new(
            "correct-two-cups-opposed",
            beside(Cup::paid(OTHER).backwards()),
            &[REVERSE, other_way_round],
        ),
        Scenario::new("correct-assess", paid(), &[REVERSE, COACH]),
        Scenario::new("correct-spend", paid(), &[REVERSE, Spend(1)]),
        Scenario::new(
            "correct-finalize-other",
            beside(Cup::played(OTHER)),
            &[REVERSE, Finalize(OTHER)],
        ),
        Scenario::new("correct-distribute", half_paid, &[REVERSE, Distribute(CUP)]).unit_by_unit(),
    ]
}

fn pairs_of_first_plans() -> Vec<Scenario> {
    let played = || Ground::of(&[Cup::played(CUP)]);
    let frozen = || Ground::of(&[Cup::frozen(CUP)]);
    let paid = || Ground::of(&[Cup::paid(CUP)]);
    let two = |other| Ground::of(&[Cup::frozen(CUP), other]);
    let both = [Distribute(CUP), Distribute(OTHER)];
    let all = |coach, order| AssessAll { coach, order };
    vec![
        Scenario::new("finalize-finalize", played(), &[Finalize(CUP); 2]),
        Scenario::new(
            "finalize-distribute",
            played().in_chunks_of(1),
            &[Finalize(CUP), Distribute(CUP)],
        ),
        Scenario::new("distribute-distribute", frozen().in_chunks_of(1), &[Distribute(CUP); 2]),
        Scenario::new("two-cups", two(Cup::frozen(OTHER)), &both),
        Scenario::new("two-cups-opposed", two(Cup::frozen(OTHER).backwards()), &both),
        Scenario::new("distribute-assess", frozen(), &[Distribute(CUP), COACH]),
        Scenario::new("assess-assess", frozen(), &[COACH, OTHER_COACH]),
        Scenario::new("distribute-assess-all", frozen(), &[Distribute(CUP), all(1, Backwards)]),
        Scenario::new("assess-all-opposed", frozen(), &[all(1, Forwards), all(2, Backwards)]),
        Scenario::new("submit-finalize", played(), &[Resubmit(CUP), Finalize(CUP)]),
        Scenario::new("post-post", played(), &[Post(CUP); 2]),
        Scenario::new(
            "decorate-decorate",
            Ground::of(&[Cup::played(CUP), Cup::played(OTHER)]),
            &[Decorate(CUP), Decorate(OTHER)],
        ),
        Scenario::new(
            "distribute-spend",
            Ground::of(&[Cup::paid(CUP), Cup::frozen(OTHER)]),
            &[Distribute(OTHER), Spend(1)],
        ),
        Scenario::new("spend-spend", paid(), &[Spend(1), Spend(2)]),
        Scenario::new("spend-again", paid(), &[Spend(1); 2]),
        Scenario::new("settle-expire", paid().charged(ChargeOrigin::Hold), &[Settle, Expire]),
        Scenario::new("expire-expire", paid().charged(ChargeOrigin::Hold), &[Expire; 2]),
        Scenario::new(
            "refund-refund",
            paid().charged(ChargeOrigin::Spend),
            &[Refund(1), Refund(2)],
        ),
        Scenario::new(
            "submit-distribute",
            Ground::of(&[Cup::paid(CUP)]),
            &[Resubmit(CUP), Distribute(CUP)],
        ),
    ]
}

/// The triples.
#[must_use]
pub fn triples() -> Vec<Scenario> {
    let played = || Ground::of(&[Cup::played(CUP)]);
    let two = || Ground::of(&[Cup::frozen(CUP), Cup::frozen(OTHER).backwards()]);
    let (f, d) = (Finalize(CUP), Distribute(CUP));
    vec![
        Scenario::new("finalize-finalize-finalize", played(), &[f; 3]),
        Scenario::new("finalize-finalize-distribute", played(), &[f, f, d]),
        Scenario::new("finalize-distribute-distribute", played(), &[f, d, d]),
        Scenario::new("distribute-distribute-distribute", Ground::of(&[Cup::frozen(CUP)]), &[d; 3]),
        Scenario::new("two-cups-and-coach", two(), &[d, Distribute(OTHER), COACH]),
    ]
}

/// Those that pay chunk by chunk with too many orders to walk all of them every day.
#[must_use]
pub fn chunked() -> Vec<Scenario> {
    let played = || Ground::of(&[Cup::played(CUP)]).in_chunks_of(1);
    let frozen = Ground::of(&[Cup::frozen(CUP)]).in_chunks_of(1);
    let half_paid = Ground::of(&[Cup::half_paid(CUP)]).in_chunks_of(1);
    let paid_and = |other| Ground::of(&[Cup::paid(CUP), other]).in_chunks_of(1);
    let beside_pages =
        |name, other, deed| Scenario::new(name, paid_and(other), &[Backfill, deed]).unit_by_unit();
    let (frozen_other, paid_other) = (Cup::frozen(OTHER).backwards(), Cup::paid(OTHER));
    let (f, d) = (Finalize(CUP), Distribute(CUP));
    vec![
        beside_pages("backfill-distribute-in-chunks", frozen_other, Distribute(OTHER)),
        beside_pages("backfill-correct-in-chunks", paid_other, REVERSE),
        Scenario::new("correct-distribute-in-chunks", half_paid, &[REVERSE, d]).unit_by_unit(),
        Scenario::new("finalize-finalize-distribute-in-chunks", played(), &[f, f, d]),
        Scenario::new("finalize-distribute-distribute-in-chunks", played(), &[f, d, d]),
        Scenario::new("distribute-distribute-distribute-in-chunks", frozen, &[d; 3]),
    ]
}

/// Every scenario.
#[must_use]
pub fn all() -> Vec<Scenario> {
    [pairs(), triples(), chunked()].concat()
}

/// The scenario of this name; behind a slash, with so many players.
#[must_use]
pub fn find(name: &str) -> Option<Scenario> {
    match name.split_once('/') {
        None => all().into_iter().find(|it| it.name == name),
        Some((name, players)) => Some(find(name)?.with_players(players.parse().ok()?)),
    }
}
