//! Contract: leaders over a set of tournaments.

use domain::{Paid, PlayerId, TournamentId};
use ports::spi::{LeaderMeasure, LeaderRecord, Verdict};

use crate::{
    Harness,
    fixtures::{ALL, frozen, mark_and_commit, named, raw, register},
};

/// READ-3: what was paid for these tournaments and no other, most first, equal ones under one rank in ascending id.
pub async fn leaders_come_most_first_and_equal_ones_share_a_rank(harness: &impl Harness) {
    let (ids, cups) = season(harness).await;

    let leaders = by(harness, &cups, LeaderMeasure::Xp).await;

    let ranks: Vec<_> = leaders.iter().map(|it| (it.player, it.rank, it.xp)).collect();
    assert_eq!(ranks, [(ids[1], 1, 700), (ids[0], 2, 600), (ids[2], 2, 600), (ids[3], 4, 50)]);
}

/// READ-3: each measure has an order of its own, of everything that a player has come to.
pub async fn leaders_are_ranked_by_the_measure_that_was_asked_for(harness: &impl Harness) {
    let (ids, cups) = season(harness).await;

    let [credits, wins, podiums] =
        [LeaderMeasure::Credits, LeaderMeasure::Wins, LeaderMeasure::Podiums]
            .map(|measure| by(harness, &cups, measure));
    let (credits, wins, podiums) = (credits.await, wins.await, podiums.await);

    let order = |it: &[LeaderRecord]| it.iter().map(|it| (it.player, it.rank)).collect::<Vec<_>>();
    assert_eq!(order(&credits), [(ids[2], 1), (ids[0], 2), (ids[1], 3), (ids[3], 4)]);
    assert_eq!(order(&wins), [(ids[1], 1), (ids[0], 1), (ids[2], 3), (ids[3], 3)]);
    assert_eq!(order(&podiums), [(ids[1], 1), (ids[0], 1), (ids[2], 1), (ids[3], 4)]);
    let second = LeaderRecord {
        player: ids[0],
        rank: 1,
        xp: 600,
        credits: 20,
        tournaments: 2,
        wins: 1,
        podiums: 2,
    };
    assert_eq!(podiums[1], second);
}

/// READ-2, READ-3: the rank on a page is that among all.
pub async fn pages_of_leaders_make_the_whole(harness: &impl Harness) {
    let (_, cups) = season(harness).await;
    for measure in [LeaderMeasure::Xp, LeaderMeasure::Wins] {
        let whole = by(harness, &cups, measure).await;

        let mut pages: Vec<LeaderRecord> = vec![];
        loop {
            let after = pages.last().map(|it| it.place(measure));
            let page = harness.store().list_leaders(&cups, measure, after, 1).await.unwrap();
            assert!(page.len() <= 1, "the limit was not kept: {page:?}");
            if page.is_empty() {
                break;
            }
            pages.extend(page);
        }

        assert_eq!(pages, whole);
    }
}

/// READ-3: whoever has been paid for none of them, or asked for none, leads nothing.
pub async fn tournaments_that_paid_nobody_have_no_leaders(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;

    let unpaid = by(harness, &[cup, TournamentId::of("unknown")], LeaderMeasure::Xp).await;
    let none = by(harness, &[], LeaderMeasure::Wins).await;

    assert_eq!((unpaid, none), (vec![], vec![]));
}

/// READ-3: an award that is to be paid again counts with what was paid for it, and with the
/// placement that it has now.
pub async fn leader_whose_award_is_corrected_has_what_was_paid(harness: &impl Harness) {
    let ids = register(harness, 2).await;
    let cup = frozen(harness, "cup", &ids).await;
    pay(harness, cup, ids[0], (500, 100)).await;
    let mut plan = crate::fixtures::planned(harness, cup).await;
    plan[0].evidence.outcome = domain::Outcome::Disqualified;
    plan[0].reward = domain::Reward::default();

    let tx = raw(harness).await;
    tx.upsert_awards(cup, 1, &plan).await.unwrap();
    tx.commit().await.unwrap();
    let leaders = by(harness, &[cup], LeaderMeasure::Xp).await;

    let seen: Vec<_> =
        leaders.iter().map(|it| (it.player, it.xp, it.tournaments, it.wins)).collect();
    assert_eq!(seen, [(ids[0], 500, 0, 0)]);
}

/// Two cups of four players, won by the first and the second, in which the fourth is last once
/// and never paid for it the other time; and a third cup that is not asked for.
async fn season(harness: &impl Harness) -> (Vec<PlayerId>, [TournamentId; 2]) {
    let ids = register(harness, 4).await;
    let one = frozen(harness, "one", &ids).await;
    let two = frozen(harness, "two", &[ids[1], ids[0], ids[2], ids[3]]).await;
    let other = frozen(harness, "other", &ids).await;
    let amounts = [
        (one, [(500, 10), (400, 0), (300, 30), (50, 0)]),
        (two, [(100, 10), (300, 5), (300, 0), (0, 0)]),
        (other, [(0, 0), (0, 0), (0, 0), (9_000, 900)]),
    ];
    for (cup, amounts) in amounts {
        let paid = if cup == two { 3 } else { 4 };
        for (id, amounts) in ids.iter().zip(amounts).take(paid) {
            pay(harness, cup, *id, amounts).await;
        }
    }
    (ids, [two, one])
}

async fn pay(harness: &impl Harness, cup: TournamentId, player: PlayerId, amounts: (i64, i64)) {
    let (xp, credits) = amounts;
    let verdict = Verdict::Applied(Paid { revision: 0, xp, credits });
    mark_and_commit(&harness.units(), cup, &named(player), &verdict).await;
}

async fn by(
    harness: &impl Harness,
    cups: &[TournamentId],
    measure: LeaderMeasure,
) -> Vec<LeaderRecord> {
    harness.store().list_leaders(cups, measure, None, ALL).await.unwrap()
}
