//! Records of a race: every Grand Prix of Italy since 1950 by the times that the file has, each under
//! a policy that says what time was to be beaten.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::{collections::BTreeSet, fs};

use app_service::{Actor, FinalizeOptions, Guerdon, SubmitOptions};
use domain::{
    BadgeType, Better, Finish, NewPlayer, NewTournament, PlayerId, RankedEntry, RankedList,
    Results, RewardPolicy, TournamentId,
};
use memory_adapter::MemoryStore;
use serde_json::{Value, json};

/// A race, and the milliseconds of each driver whose time is known.
type Race = (String, Vec<(String, u64)>);

#[tokio::test]
async fn whoever_beat_the_fastest_italian_grand_prix_so_far_has_broken_the_record() {
    let store = MemoryStore::new();
    let guerdon = Guerdon::new(store.shared());
    let races = races();
    let (mut record, mut expected) = (None, BTreeSet::new());

    for (key, times) in &races {
        run(&guerdon, key, times, record).await;
        let beaten = times.iter().filter(|it| record.is_some_and(|record| it.1 < record));
        expected.extend(beaten.map(|it| (PlayerId::of(&it.0), TournamentId::of(key))));
        record = times.iter().map(|it| it.1).chain(record).min();
    }

    assert_eq!((races.len(), record), (65, Some(4_024_540)), "1978, when it was cut short");
    assert_eq!(expected.len(), 47);
    assert_eq!(broken(&store), expected);
}

/// Pays one race, in which less than `record` is a record.
async fn run(guerdon: &Guerdon, key: &str, times: &[(String, u64)], record: Option<u64>) {
    let me = Actor::new("a test");
    let players: Vec<_> = times.iter().map(|it| NewPlayer::new(&*it.0, &*it.0)).collect();
    guerdon.register_players(&players).await.unwrap();
    let policy = RewardPolicy::from_document(&policy(record)).unwrap();
    let tournament = NewTournament { policy, ..NewTournament::new(key, key) };
    let id = tournament.id;
    guerdon.create_tournament(tournament).await.unwrap();
    let time = |ms: u64| Finish::Marked(seconds(ms).parse().unwrap());
    let entries = times.iter().map(|it| RankedEntry::new(PlayerId::of(&it.0), time(it.1)));
    let list = RankedList::Measured { better: Better::Lower, entries: entries.collect() };
    let reading = SubmitOptions::default();
    guerdon.submit_results(id, &Results::Ranked(list), reading, &me).await.unwrap();
    let paid = guerdon.finalize(id, FinalizeOptions::default(), &me).await.unwrap();
    assert!(paid.is_complete());
}

fn policy(record: Option<u64>) -> Value {
    let Some(record) = record else { return json!({ "version": 1 }) };
    let beaten = seconds(record - 1);
    let text = format!(
        r#"{{ "version": 1, "badges": {{ "rules": [{{ "badge": "RECORD_BREAKER",
            "when": [{{ "evidence": "measured", "at_most": {beaten} }}] }}] }} }}"#
    );
    serde_json::from_str(&text).unwrap()
}

/// As somebody would write them.
fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1_000, ms % 1_000)
}

fn broken(store: &MemoryStore) -> BTreeSet<(PlayerId, TournamentId)> {
    let state = store.snapshot();
    let badges = state.players.iter().flat_map(|(player, row)| {
        let records = row.badges.keys().filter(|it| it.1 == BadgeType::RecordBreaker);
        records.map(move |it| (player, it.0)).collect::<Vec<_>>()
    });
    badges.collect()
}

/// Reads the columns that matter; of two cars of one driver the first.
fn races() -> Vec<Race> {
    let text = fs::read_to_string(real_data::path("f1/race-results-1950-2014.csv")).unwrap();
    let mut races: Vec<Race> = vec![];
    for line in text.lines().filter(|it| it.split(',').next().unwrap().ends_with("-italy")) {
        let fields: Vec<_> = line.split(',').collect();
        let [race, _, _, _, driver, _, _, time, ..] = fields[..] else { panic!("{line}") };
        if races.last().is_none_or(|it| it.0 != race) {
            races.push((race.to_owned(), vec![]));
        }
        let times = &mut races.last_mut().unwrap().1;
        if !time.is_empty() && times.iter().all(|it| it.0 != driver) {
            times.push((driver.to_owned(), milliseconds(time)));
        }
    }
    races
}

/// Of `1:14:19.838`.
fn milliseconds(time: &str) -> u64 {
    let (clock, ms) = time.split_once('.').unwrap();
    let seconds = clock.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u64>().unwrap());
    seconds * 1_000 + ms.parse::<u64>().unwrap()
}
