//! A badge for what was done long ago: three podiums in a row, over sixty-five seasons of Formula One,
//! as the command gives it and as the file itself has it.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Write as _,
    path::Path,
};

use app_service::{Actor, FinalizeOptions, Guerdon, ProgressListener, SubmitOptions, SystemClock};
use cli::import::{Import, ImportOptions};
use domain::{BadgeRule, NewTournament, OnDuplicate, OnGap, PlayerId, TournamentId};
use memory_adapter::{MemoryStore, State};
use tokio::sync::OnceCell;

const FILE: &str = "f1/race-results-1950-2014.csv";

#[tokio::test]
async fn three_podiums_in_a_row_are_found_in_sixty_five_seasons() {
    let (store, guerdon) = seasons().await;
    let rule = three_podiums();
    let expected = from_the_file();

    let clock = SystemClock::shared();
    let started = clock.monotonic();
    let preview = guerdon.preview_backfill(&rule, 0).await.unwrap();
    let previewed = clock.monotonic();
    let given = guerdon.backfill(&rule, &ProgressListener::default(), &me()).await.unwrap();
    let ended = clock.monotonic();

    let _ = writeln!(
        std::io::stderr(),
        "three podiums in a row: {} badges, {} players, previewed in {:.2?}, given in {:.2?}",
        given.badges,
        given.players,
        previewed.saturating_sub(started),
        ended.saturating_sub(previewed),
    );
    assert_eq!((preview.badges, preview.players_given), (67, 67));
    assert_eq!((given.badges, given.players), (67, 823));
    let badges: BTreeMap<_, _> = had(&store, &rule).into_iter().collect();
    assert_eq!(badges.len(), 67, "once in a life");
    assert_eq!(badges, expected);
}

/// Every race at whose end somebody has three podiums or more in a row, each a badge of its own.
#[tokio::test]
async fn every_further_podium_of_a_row_counts_where_the_rule_says_so() {
    let (store, guerdon) = seasons().await;
    let often = BadgeRule { once_in_a_life: false, ..three_podiums() };

    let given = guerdon.backfill(&often, &ProgressListener::default(), &me()).await.unwrap();

    assert_eq!(given.badges, 566);
    assert_eq!(had(&store, &often), rows_of_three(&races()));
}

/// The file, paid race by race, in a store of the caller's own.
async fn seasons() -> (MemoryStore, Guerdon) {
    static PAID: OnceCell<State> = OnceCell::const_new();
    let store = MemoryStore::from(PAID.get_or_init(paid).await.clone());
    let guerdon = Guerdon::new(store.shared());
    (store, guerdon)
}

async fn paid() -> State {
    let store = MemoryStore::new();
    let guerdon = Guerdon::new(store.shared());
    let reading = SubmitOptions { on_duplicate: OnDuplicate::Best, on_gap: OnGap::Close };
    let import = Import::open(&real_data::path(FILE), &ImportOptions::default()).unwrap();
    let races: Vec<_> = import.tournaments().map(|it| it.unwrap()).collect();
    for race in races {
        guerdon.register_players(&race.players).await.unwrap();
        let tournament = NewTournament::new(race.key.clone(), race.name.clone());
        let id = tournament.id;
        guerdon.create_tournament(tournament).await.unwrap();
        guerdon.submit_results(id, &race.results, reading, &me()).await.unwrap();
        let paid = guerdon.finalize(id, FinalizeOptions::default(), &me()).await.unwrap();
        assert!(paid.is_complete());
    }
    store.snapshot()
}

fn three_podiums() -> BadgeRule {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/badges/three-podiums.json");
    let document = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    BadgeRule::from_document(&document).unwrap()
}

fn me() -> Actor {
    Actor::new("a test")
}

/// Who has the badge of the rule, and for which races.
fn had(store: &MemoryStore, rule: &BadgeRule) -> BTreeSet<(PlayerId, TournamentId)> {
    let state = store.snapshot();
    let badges = state.players.iter().flat_map(|(player, row)| {
        let own = row.badges.keys().filter(|it| it.1 == rule.badge);
        own.map(move |it| (player, it.0)).collect::<Vec<_>>()
    });
    badges.collect()
}

/// How a driver ended one race.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    At(u32),
    Unclassified,
    DidNotRace,
    Disqualified,
}

/// One race: its key, and how each driver ended it, the better of two cars counting.
type Race = (String, BTreeMap<String, End>);

/// Reads the columns that matter, without anything of Guerdon's.
fn races() -> Vec<Race> {
    let text = fs::read_to_string(real_data::path(FILE)).unwrap();
    let mut races: Vec<Race> = vec![];
    for line in text.lines().skip(1) {
        let fields: Vec<_> = line.splitn(6, ',').collect();
        let [race, _, _, position, driver, _] = fields[..] else { panic!("{line}") };
        if races.last().is_none_or(|it| it.0 != race) {
            races.push((race.to_owned(), BTreeMap::new()));
        }
        let end = match position {
            "DNF" | "NC" => End::Unclassified,
            "DSQ" => End::Disqualified,
            "DNQ" | "DNPQ" | "DNS" | "DNP" | "EX" => End::DidNotRace,
            number => End::At(number.parse().unwrap()),
        };
        let drivers = &mut races.last_mut().unwrap().1;
        let better = drivers.get(driver).map_or(end, |it| end.min(*it));
        drivers.insert(driver.to_owned(), better);
    }
    races
}

/// The races at whose end a driver had been among the first three in three races running, or more.
/// A race that the driver did not start is none.
fn rows_of_three(races: &[Race]) -> BTreeSet<(PlayerId, TournamentId)> {
    let mut row: BTreeMap<&str, u32> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for (race, drivers) in races {
        let ahead = |place: u32| drivers.values().filter(|it| **it < End::At(place)).count();
        for (driver, end) in drivers.iter().filter(|it| *it.1 != End::DidNotRace) {
            let podium = matches!(end, End::At(place) if ahead(*place) < 3);
            let row = row.entry(driver).or_default();
            *row = if podium { *row + 1 } else { 0 };
            if *row >= 3 {
                found.insert((PlayerId::of(driver), TournamentId::of(race)));
            }
        }
    }
    found
}

/// The first such race of each driver.
fn from_the_file() -> BTreeMap<PlayerId, TournamentId> {
    let races = races();
    let found = rows_of_three(&races);
    let mut first = BTreeMap::new();
    for (race, drivers) in &races {
        let race = TournamentId::of(race);
        for driver in drivers.keys().map(|it| PlayerId::of(it)) {
            if found.contains(&(driver, race)) {
                first.entry(driver).or_insert(race);
            }
        }
    }
    first
}
