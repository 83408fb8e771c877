//! A whole season of Formula One, paid to its constructors and shared by their drivers.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    io::Write as _,
};

use serde_json::{Value, json};

use crate::guerdon::Guerdon;

/// The season: nobody drove for two constructors, and three of them ended without a point.
const YEAR: &str = "2012";
/// What the constructors share, an amount that divides into nothing.
const POOL: i64 = 10_000_019;

/// A constructor as the races of the season have it.
#[derive(Debug, Default)]
struct Constructor {
    points: f64,
    /// The best place that any of its cars has had.
    best: u32,
    drivers: BTreeSet<String>,
}

#[test]
fn constructors_share_a_pool_and_their_drivers_share_it_equally() {
    let season = season();
    let policy = policy();
    let guerdon = Guerdon::new()
        .file("season.csv", &results(&season))
        .file("policy.json", &policy.to_string());

    let paid = guerdon.json(&PAY);
    let verified = guerdon.run(&["verify"]);

    let drivers: BTreeMap<String, (i64, i64)> = guerdon.players().iter().map(account).collect();
    let mut all = (0, 0);
    for (place, (name, constructor)) in ranking(&season).into_iter().enumerate() {
        let of_driver = |it: &String| drivers[it];
        let shares: Vec<_> = constructor.drivers.iter().map(of_driver).collect();
        let (xp, credits) = shares.iter().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
        let prize = prize(place, season.len());
        assert_eq!((xp, credits), prize, "{name} in place {}", place + 1);
        // XP of the placement and XP of skill points are divided one by one.
        assert!(apart(shares.iter().map(|it| it.0)) <= 2, "{name}: {shares:?}");
        assert!(apart(shares.iter().map(|it| it.1)) <= 1, "{name}: {shares:?}");
        all = (all.0 + xp, all.1 + credits);
    }
    assert_eq!(all.1, POOL + 175, "the pool and the usual credits of the first three");
    assert_eq!((&paid["credits_posted"], &paid["xp_posted"]), (&json!(all.1), &json!(all.0)));
    assert_eq!(paid["tournament"]["field_size"], season.len());
    assert_eq!(paid["participants_paid"], drivers.len());
    assert_eq!(verified.code, 0, "{}", verified.stdout);
    let _ = writeln!(
        std::io::stderr(),
        "season of teams: {YEAR}, {} constructors, {} drivers, {} credits and {} XP",
        season.len(),
        drivers.len(),
        all.1,
        all.0
    );
}

const PAY: [&str; 14] = [
    "run",
    "season.csv",
    "--policy",
    "policy.json",
    "--player-column",
    "driver",
    "--team-column",
    "constructor",
    "--value-column",
    "points",
    "--better",
    "higher",
    "--tie-break-column",
    "best",
];

/// The usual table, and a pool that weighs a place by how many are behind it.
fn policy() -> Value {
    let weight = |place: usize| json!({ "from": place + 1, "weight": weight(place) });
    json!({
        "version": 1,
        "ties": "ordinal",
        "teams": { "share": "equal" },
        "pool": { "credits": {
            "amount": POOL,
            "weights": (0..10).map(weight).collect::<Vec<_>>(),
        } },
    })
}

fn weight(place: usize) -> i64 {
    [25, 18, 15, 12, 10, 8, 6, 4, 2, 1].get(place).copied().unwrap_or(0)
}

/// What a constructor has won, XP and credits, worked out unit by unit: whole shares first, then the
/// units that are left to the largest fractions.
fn prize(place: usize, field: usize) -> (i64, i64) {
    let weights: i64 = (0..field).map(weight).sum();
    let mut fractions: Vec<_> =
        (0..field).map(|it| (POOL * weight(it) % weights, std::cmp::Reverse(it))).collect();
    fractions.sort_unstable();
    let whole: i64 = (0..field).map(|it| POOL * weight(it) / weights).sum();
    let left = usize::try_from(POOL - whole).expect("fewer units than constructors");
    let lucky = fractions.iter().rev().take(left).any(|it| it.1.0 == place);
    let usual = [(600, 100), (371, 50), (247, 25)].get(place).copied().unwrap_or((57, 0));
    (usual.0, usual.1 + POOL * weight(place) / weights + i64::from(lucky))
}

/// The constructors of the season, from its races.
fn season() -> BTreeMap<String, Constructor> {
    let path = real_data::path("f1/race-results-1950-2014.csv");
    let mut races = csv::Reader::from_path(path).expect("the file is there");
    let mut season: BTreeMap<String, Constructor> = BTreeMap::new();
    for row in races.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("it is CSV");
        if !row["date"].starts_with(YEAR) {
            continue;
        }
        let constructor = season.entry(row["constructor_id"].clone()).or_default();
        constructor.points += row["points"].parse().unwrap_or(0.0);
        let place = row["position"].parse().unwrap_or(u32::MAX);
        let best = if constructor.drivers.is_empty() { u32::MAX } else { constructor.best };
        constructor.best = best.min(place);
        constructor.drivers.insert(row["driver_id"].clone());
    }
    season
}

/// Best first: by points, then by the best place of a race.
fn ranking(season: &BTreeMap<String, Constructor>) -> Vec<(&String, &Constructor)> {
    let mut ranking: Vec<_> = season.iter().collect();
    ranking.sort_by(|(_, a), (_, b)| b.points.total_cmp(&a.points).then(a.best.cmp(&b.best)));
    ranking
}

/// The season as a file of results: every driver with the points of the constructor.
fn results(season: &BTreeMap<String, Constructor>) -> String {
    let mut file = "driver,constructor,points,best\n".to_owned();
    for (name, Constructor { points, best, drivers }) in season {
        for driver in drivers {
            let _ = writeln!(file, "{driver},{name},{points},{best}");
        }
    }
    file
}

fn account(player: &Value) -> (String, (i64, i64)) {
    let amount = |name: &str| player[name].as_i64().expect("an amount");
    let key = player["key"].as_str().expect("a key");
    (key.to_owned(), (amount("xp_balance"), amount("credit_balance")))
}

fn apart(shares: impl Iterator<Item = i64> + Clone) -> i64 {
    shares.clone().max().unwrap_or(0) - shares.min().unwrap_or(0)
}
