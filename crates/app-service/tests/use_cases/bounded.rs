//! No call on a port carries more than a chunk, however large the field is.

mod counting;

use std::{collections::BTreeMap, sync::Arc};

use app_service::{
    Actor, CorrectedResults, Correction, DistributeScope, FinalizeOptions, Guerdon, Outcome,
    ProgressListener, Settings, SubmitOptions, VerifyOptions,
};
use domain::{NewTournament, PlayerId, TournamentId};
use interposed::InterposedStore;
use memory_adapter::MemoryStore;
use ports::RetryPolicy;

use self::counting::Counting;
use crate::arena::{newcomer, ranked};

/// Many times a chunk.
const PLAYERS: usize = 60;
const CHUNK: u32 = 3;

/// Calls about the several things that a player has or gets: each counts its players, not its rows.
const SEVERAL_A_PLAYER: [&str; 7] = [
    "find_badges",
    "find_entries",
    "insert_badges",
    "insert_ledger_entries",
    "restore_badges",
    "revoke_badges",
    "select_policies",
];
/// So many things a player gets of one tournament.
const THINGS_MAX: usize = 8;

#[tokio::test]
async fn no_call_of_a_season_carries_more_than_a_chunk() {
    let counted = Arc::new(Counting::default());
    let store = InterposedStore::new(MemoryStore::new().shared(), Arc::clone(&counted) as _);
    let settings = Settings { chunk_size: CHUNK, workers: 2, retries: RetryPolicy::default() };
    let guerdon = Guerdon::new(store.shared()).with_settings(settings);

    season(&guerdon).await;

    let most = counted.most();
    let too_many: BTreeMap<_, _> = most.iter().filter(|it| *it.1 > allowed(it.0)).collect();
    assert!(too_many.is_empty(), "more rows than a chunk of {CHUNK}: {too_many:?}");
    for reached in [
        "insert_players",
        "insert_results",
        "select_field",
        "list_field",
        "insert_awards",
        "upsert_awards",
        "select_awards_for_update",
        "list_players",
    ] {
        assert!(most.get(reached).is_some_and(|it| *it > 0), "{reached} is not counted: {most:?}");
    }
}

fn allowed(call: &str) -> usize {
    let players = CHUNK as usize + 1;
    if SEVERAL_A_PLAYER.contains(&call) { players * THINGS_MAX } else { players }
}

/// Registers, submits, previews, pays in chunks, pays again, corrects, verifies and exports.
async fn season(guerdon: &Guerdon) {
    let me = Actor::new("season");
    let new: Vec<_> = (0..PLAYERS).map(newcomer).collect();
    guerdon.register_players(&new).await.unwrap();
    let players: Vec<_> = new.iter().map(|it| it.id).collect();
    let cup = announced(guerdon, "cup", &players).await;
    let preview = guerdon.preview(cup, 1).await.unwrap();
    assert_eq!(preview.participants, PLAYERS as u64);
    let paid = guerdon.finalize(cup, FinalizeOptions::default(), &me).await.unwrap();
    assert_eq!(paid.applied, PLAYERS as u64);
    let scope = DistributeScope::PendingAndFailed;
    let again = guerdon.distribute(cup, scope, &ProgressListener::default(), &me).await;
    assert!(again.is_err(), "{again:?}");
    correct(guerdon, cup, &players).await;
    let verified = guerdon.verify(VerifyOptions::default()).await.unwrap();
    assert_eq!(verified.outcome, Outcome::Held);
    assert_eq!(export(guerdon, cup).await, [PLAYERS, PLAYERS]);
}

async fn announced(guerdon: &Guerdon, key: &str, players: &[PlayerId]) -> TournamentId {
    let me = Actor::new("season");
    let tournament = NewTournament::new(key, key);
    let id = tournament.id;
    guerdon.create_tournament(tournament).await.unwrap();
    let options = SubmitOptions::default();
    guerdon.submit_results(id, &ranked(players), options, &me).await.unwrap();
    id
}

/// The other way round.
async fn correct(guerdon: &Guerdon, cup: TournamentId, players: &[PlayerId]) {
    let order: Vec<_> = players.iter().rev().copied().collect();
    let reading = SubmitOptions::default();
    let results = CorrectedResults::Anew { results: ranked(&order), reading };
    let preview = guerdon.preview_correction(cup, &results, 1).await.unwrap();
    let correction = Correction {
        results,
        expected_plan: preview.plan_hash,
        reason: "read upside down".to_owned(),
        progress: ProgressListener::default(),
    };
    let corrected = guerdon.correct(cup, correction, &Actor::new("season")).await.unwrap();
    assert!(corrected.is_complete());
}

/// How many players and awards there are.
async fn export(guerdon: &Guerdon, cup: TournamentId) -> [usize; 2] {
    let (mut players, mut awards) = (vec![], vec![]);
    loop {
        let page = guerdon.players(players.last().copied(), CHUNK).await.unwrap();
        if page.is_empty() {
            break;
        }
        players.extend(page.iter().map(|it| it.id));
    }
    loop {
        let page = guerdon.awards(cup, awards.last().copied(), CHUNK).await.unwrap();
        if page.is_empty() {
            break;
        }
        awards.extend(page.iter().map(|it| it.player));
    }
    [players.len(), awards.len()]
}
