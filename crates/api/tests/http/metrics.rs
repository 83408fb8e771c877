//! What a scraper is told.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use app_service::{
    CheckReport, Invariant, Outcome, Timestamp, VerifyReport,
    domain::{PlayerId, TournamentId},
};
use ports::RetryPolicy;

use crate::{
    client::{self, Client, finalize, get},
    silent::Silent,
};

#[tokio::test]
async fn a_finalize_over_http_shows_in_the_metrics() {
    let client = Client::new().await;
    client.send(finalize("cup", "")).await;

    let (media_type, text) = client.scrape().await;

    assert_eq!(media_type, "text/plain; version=0.0.4; charset=utf-8");
    let samples = samples(&text);
    for lock in ["transaction", "tournament", "players"] {
        for what in ["wait", "hold"] {
            let name = format!("guerdon_lock_{what}_seconds");
            let labels = format!(r#"{{lock="{lock}",caller="finalize"}}"#);
            assert_eq!(samples[&format!("{name}_count{labels}")], "1", "{text}");
            let within = format!(r#"{name}_bucket{{lock="{lock}",caller="finalize",le="+Inf"}}"#);
            assert_eq!(samples[&within], "1", "{text}");
            let sum: f64 = samples[&format!("{name}_sum{labels}")].parse().unwrap();
            assert!(sum < 60.0, "in seconds: {text}");
        }
    }
    assert_eq!(samples["guerdon_deadlocks_total"], "0");
}

/// Every family is described once, every series is there once, every value is a number.
#[tokio::test]
async fn the_metrics_are_well_formed() {
    let client = Client::new().await;
    client.send(finalize("cup", "")).await;
    client.guerdon().record_verification(&report()).await.unwrap();

    let (_, text) = client.scrape().await;

    assert!(text.ends_with('\n'));
    let described: Vec<_> = text.lines().filter_map(|it| it.strip_prefix("# TYPE ")).collect();
    let families: BTreeSet<_> = described.iter().filter_map(|it| it.split(' ').next()).collect();
    assert_eq!(families.len(), described.len(), "a family is described once: {described:?}");
    for series in samples(&text).keys() {
        let name = series.split('{').next().unwrap();
        let suffixes = ["_bucket", "_count", "_sum"];
        let family = suffixes.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name);
        assert!(families.contains(family) || families.contains(name), "{series}");
    }
}

/// What callers send is never a label.
#[tokio::test]
async fn requests_about_others_make_no_new_series() {
    let client = Client::new().await;
    client.send(finalize("cup", "")).await;
    let (_, before) = client.scrape().await;

    for number in 0..20 {
        client.send(finalize(&format!("unknown-{number}"), "")).await;
        client.send(get(&format!("/v1/players/stranger-{number}/rewards/cup"))).await;
    }

    let (_, text) = client.scrape().await;
    let series = |text| samples(text).into_keys().collect::<BTreeSet<_>>();
    assert_eq!(series(&text), series(&before));
    let named = [TournamentId::of("cup").to_string(), PlayerId::of("ada").to_string()];
    assert!(!named.iter().any(|it| text.contains(it)), "{text}");
}

#[tokio::test]
async fn retries_and_deadlocks_are_counted_where_they_happen() {
    let twice = RetryPolicy { attempts_max: 2, ..RetryPolicy::NEVER };
    let client = Client::trying(client::deadlocking(), twice);
    client.send(finalize("cup", "")).await;

    let (_, text) = client.scrape().await;

    let samples = samples(&text);
    assert_eq!(samples["guerdon_deadlocks_total"], "2", "{text}");
    let retries = r#"guerdon_retries_total{caller="finalize",cause="deadlock"}"#;
    assert_eq!(samples[retries], "1", "{text}");
}

/// Whoever sends traffic here shall hear of it.
#[tokio::test]
async fn after_a_verification_that_found_violations_the_service_is_not_ready() {
    let client = Client::new().await;
    client.guerdon().record_verification(&report()).await.unwrap();

    let (status, problem) = client.send(get("/readyz")).await;

    assert_eq!((status.as_u16(), &problem["code"]), (503, &"invariants-violated".into()));
}

/// What could not be looked at is not said to hold.
#[tokio::test]
async fn the_last_verification_shows_its_violations() {
    let client = Client::new().await;
    client.guerdon().record_verification(&report()).await.unwrap();

    let (_, text) = client.scrape().await;

    let samples = samples(&text);
    let violations = |code| {
        let series = format!(r#"guerdon_invariant_violations{{invariant="{code}",scope="full"}}"#);
        samples.get(&series).map(String::as_str)
    };
    assert_eq!(
        ["INV-R01", "INV-R03", "INV-R06"].map(violations),
        [Some("0"), Some("7"), None],
        "{text}"
    );
    let unchecked = |code| {
        samples[&format!(r#"guerdon_invariant_unchecked{{invariant="{code}",scope="full"}}"#)]
            .as_str()
    };
    assert_eq!(["INV-R01", "INV-R03", "INV-R06"].map(unchecked), ["0", "0", "1"]);
    assert_eq!(samples[r#"guerdon_last_verification_timestamp_seconds{scope="full"}"#], "3600");
}

/// What an hourly look at the changes has found does not hide what the weekly look at all has.
#[tokio::test]
async fn a_later_look_at_what_changed_does_not_hide_the_last_look_at_everything() {
    let client = Client::new().await;
    client.guerdon().record_verification(&report()).await.unwrap();
    let mut changes = report();
    changes.run = uuid::Uuid::from_u128(changes.run.as_u128() + 1);
    changes.since = Some(changes.started_at);
    changes.started_at += Duration::from_hours(1);
    changes.checks.clear();
    client.guerdon().record_verification(&changes).await.unwrap();

    let (_, text) = client.scrape().await;

    let samples = samples(&text);
    assert_eq!(samples[r#"guerdon_invariant_violations{invariant="INV-R03",scope="full"}"#], "7");
    assert_eq!(samples[r#"guerdon_last_verification_timestamp_seconds{scope="since"}"#], "3600");
}

/// Nothing was verified, the database is down, every connection is in use.
#[tokio::test(start_paused = true)]
async fn without_a_verification_there_are_metrics_all_the_same() {
    let silent = client::with_logbook(|| Arc::new(Silent));
    let stores = [client::without_logbook(), silent].map(Client::on);

    for client in [Client::new().await].into_iter().chain(stores) {
        let (_, text) = client.scrape().await;

        assert_eq!(samples(&text)["guerdon_deadlocks_total"], "0");
        assert!(!text.contains("verification"), "{text}");
    }
}

/// Every series with its value, which is a number.
fn samples(text: &str) -> BTreeMap<String, String> {
    let mut samples = BTreeMap::new();
    for line in text.lines().filter(|it| !it.starts_with("# ")) {
        let (series, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line}"));
        assert!(value.parse::<f64>().is_ok(), "{line}");
        let known = samples.insert(series.to_owned(), value.to_owned());
        assert_eq!(known, None, "{line}");
    }
    samples
}

fn report() -> VerifyReport {
    let started_at = Timestamp::UNIX_EPOCH;
    let check = |(invariant, outcome, violations_total)| CheckReport {
        invariant,
        outcome,
        rows_checked: 100,
        duration_ms: 5,
        violations_total,
        violations: vec![],
        unchecked: None,
    };
    let checks = [
        (Invariant::R01, Outcome::Held, 0),
        (Invariant::R03, Outcome::Violated, 7),
        (Invariant::R06, Outcome::Unchecked, 0),
    ];
    VerifyReport {
        run: uuid::Uuid::from_u128(1),
        started_at,
        finished_at: started_at + Duration::from_hours(1),
        since: None,
        strict: false,
        outcome: Outcome::Violated,
        checks: checks.map(check).into(),
    }
}
