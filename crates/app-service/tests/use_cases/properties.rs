//! Whatever is asked in whatever order: everybody is paid once, and all of it adds up.

use app_service::{DistributeScope, Distribution, GuerdonError};
use domain::{Finish, Placement, PlayerId, Results, TournamentId, TournamentStatus};
use futures::future::join_all;
use proptest::prelude::*;

use crate::{
    arena::{Arena, list, row},
    audit::audit,
};

pub(crate) const PLAYERS: usize = 6;
const CUPS: usize = 3;

/// How each player ends one tournament: 0 does not take part, 1 to 3 have no placement, all others
/// are ranked by their number.
pub(crate) type Field = [u8; PLAYERS];

/// Somebody who asks.
#[derive(Debug, Clone, Copy)]
enum Call {
    Finalize,
    Distribute,
    DistributeFailed,
    Player(usize),
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_everybody_is_paid_once(
        fields in prop::array::uniform3(prop::array::uniform6(0_u8..9)),
        chunk_size in 1_u32..8,
        workers in 1_u32..4,
        rounds in prop::collection::vec(prop::collection::vec((0..CUPS, call()), 1..5), 1..5),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        runtime.unwrap().block_on(async {
            let arena = Arena::of(PLAYERS).await.chunked(chunk_size, workers);
            let cups = announce(&arena, &fields).await;
            for round in rounds {
                let calls = round.into_iter().map(|(cup, call)| ask(&arena, cups[cup], call));
                join_all(calls).await;
                audit(&arena, &cups).await;
            }
            finish(&arena, &cups).await;
            audit(&arena, &cups).await;
        });
    }
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        3 => Just(Call::Finalize),
        2 => Just(Call::Distribute),
        1 => Just(Call::DistributeFailed),
        1 => (0..PLAYERS).prop_map(Call::Player),
    ]
}

async fn announce(arena: &Arena, fields: &[Field; CUPS]) -> Vec<TournamentId> {
    let mut cups = vec![];
    for (field, number) in fields.iter().zip(0..) {
        let results = results(&arena.players, *field);
        cups.push(arena.cup_of(&format!("cup-{number}"), &results).await);
    }
    cups
}

/// One row at least: the first player takes part in everything.
pub(crate) fn results(players: &[PlayerId], field: Field) -> Results {
    let better = |number: u8| field.iter().filter(|it| **it > 3 && **it < number).count();
    let finish = |number: u8| match number {
        1 => Finish::Absent,
        2 => Finish::Disqualified,
        0 | 3 => Finish::Unplaced,
        _ => u32::try_from(better(number) + 1)
            .ok()
            .and_then(Placement::new)
            .map_or(Finish::Unplaced, Finish::Marked),
    };
    let rows = players.iter().zip(&field);
    let taking_part = rows.enumerate().filter(|(at, (_, number))| *at == 0 || **number > 0);
    list(taking_part.map(|(_, (player, number))| row(*player, finish(*number))))
}

/// Every answer is one of those that are promised.
async fn ask(arena: &Arena, cup: TournamentId, call: Call) {
    let answer = match call {
        Call::Finalize => arena.finalize(cup).await,
        Call::Distribute => arena.distribute(cup, DistributeScope::Pending).await,
        Call::DistributeFailed => arena.distribute(cup, DistributeScope::PendingAndFailed).await,
        Call::Player(at) => arena.distribute(cup, DistributeScope::Player(arena.players[at])).await,
    };
    assert_promised(&answer);
}

async fn finish(arena: &Arena, cups: &[TournamentId]) {
    for cup in cups {
        assert_promised(&arena.finalize(*cup).await);
        let summary = arena.guerdon.summary(*cup).await.unwrap_or_else(|it| panic!("{it}"));
        assert_eq!(summary.status, TournamentStatus::RewardsDistributed);
        assert_eq!((summary.awards_pending, summary.awards_failed), (0, 0));
    }
}

fn assert_promised(answer: &Result<Distribution, GuerdonError>) {
    use GuerdonError::{Conflict, NoAward, NotFinalized};
    let promised =
        matches!(answer, Ok(_) | Err(Conflict { .. } | NotFinalized { .. } | NoAward { .. }));
    assert!(promised, "{answer:?}");
}
