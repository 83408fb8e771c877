//! Who leads over a season.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    guerdon::Guerdon,
    season::{RACE, SEASON, WINNER, paid_season, season},
};

#[test]
fn a_season_is_led_by_whom_its_races_say() {
    let guerdon = paid_season();

    let leaders = guerdon.lines(&["leaderboard", "--key-prefix", SEASON, "--by", "wins"]);

    assert_eq!(counted(&leaders), counted_by_hand());
    assert_eq!((&leaders[0]["wins"], leaders.len()), (&json!(5), 27));
    let ranks: Vec<_> = leaders.iter().take(6).map(|it| &it["rank"]).collect();
    assert_eq!(ranks, [1, 1, 3, 4, 5, 6].map(Value::from).iter().collect::<Vec<_>>());
    let balances: BTreeMap<_, _> =
        guerdon.players().iter().map(|it| amounts(it, "key", "_balance")).collect();
    let paid: BTreeMap<_, _> = leaders.iter().map(|it| amounts(it, "player_key", "")).collect();
    assert_eq!(paid, balances, "nothing but these races has paid anybody");
}

#[test]
fn a_correction_moves_leaders_and_only_those_of_its_tournament() {
    let guerdon = paid_season();
    let strike = ["disqualify", RACE, WINNER, "--reason", "wing below minimum weight"];
    let shown = guerdon.json(&strike);
    let plan = shown["corrections"][0]["plan_hash"].as_str().expect("a plan").to_owned();
    let second = "2010-02-australia";
    let before = guerdon.lines(&["leaderboard", second]);

    let _ = guerdon.json(&[&strike[..], &["--plan", &plan]].concat());

    let race = guerdon.lines(&["leaderboard", RACE, "--by", "wins"]);
    assert_eq!((&race[0]["player_key"], &race[0]["wins"]), (&json!("felipe-massa"), &json!(1)));
    let struck = race.iter().find(|it| it["player_key"] == WINNER).expect("still there");
    assert_eq!((&struck["xp"], &struck["tournaments"]), (&json!(0), &json!(0)));
    assert_eq!(guerdon.lines(&["leaderboard", second]), before);
}

#[test]
fn people_see_the_first_and_that_there_are_more() {
    let guerdon = Guerdon::with_paid_cup();

    let shown = guerdon.run(&["leaderboard", "--all", "--limit", "2"]);

    assert_eq!(shown.code, 0, "{shown:?}");
    assert!(shown.stdout.starts_with("1 tournament, by XP\n"), "{}", shown.stdout);
    assert!(shown.stdout.contains(" 2   grace"), "{}", shown.stdout);
    assert!(!shown.stdout.contains("edsger"), "{}", shown.stdout);
    assert!(shown.stdout.ends_with("There are more: --limit N shows them.\n"), "{}", shown.stdout);
}

#[test]
fn tournaments_that_do_not_exist_are_all_named_at_once() {
    let guerdon = Guerdon::with_paid_cup();

    let unknown = guerdon.run(&["leaderboard", "cup", "tour", "league"]);
    let nothing = guerdon.run(&["leaderboard", "--key-prefix", "2031-"]);
    let none = guerdon.run(&["leaderboard"]);

    assert_eq!((unknown.code, nothing.code, none.code), (2, 2, 2));
    assert!(unknown.stderr.contains("\n  tour\n  league\n"), "{}", unknown.stderr);
    assert!(nothing.stderr.contains("begins with `2031-`"), "{}", nothing.stderr);
}

/// Wins and podiums of everybody who has any.
fn counted(leaders: &[Value]) -> BTreeMap<String, (u64, u64)> {
    let number = |it: &Value, name: &str| it[name].as_u64().expect("a number");
    let key = |it: &Value| it["player_key"].as_str().expect("a key").to_owned();
    let all = leaders.iter().map(|it| (key(it), (number(it, "wins"), number(it, "podiums"))));
    all.filter(|it| it.1.1 > 0).collect()
}

/// The same out of the file.
fn counted_by_hand() -> BTreeMap<String, (u64, u64)> {
    let season = season();
    let mut counted: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut races = csv::Reader::from_reader(season.as_bytes());
    for row in races.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("it is CSV");
        let place = row["position"].parse().unwrap_or(u32::MAX);
        if place <= 3 {
            let (wins, podiums) = counted.entry(row["driver_id"].clone()).or_default();
            *wins += u64::from(place == 1);
            *podiums += 1;
        }
    }
    counted
}

fn amounts(it: &Value, key: &str, suffix: &str) -> (String, (i64, i64)) {
    let amount = |name: &str| it[format!("{name}{suffix}")].as_i64().expect("an amount");
    let credits = if suffix.is_empty() { "credits" } else { "credit" };
    (it[key].as_str().expect("a key").to_owned(), (amount("xp"), amount(credits)))
}
