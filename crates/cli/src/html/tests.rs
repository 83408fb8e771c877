//! What a browser gets.

use app_service::VerifyReport;
use time::Duration;
use uuid::Uuid;

use super::{Findings, Page};
use crate::{
    failure::Failure,
    output::{
        Verification,
        verification::{
            Locks,
            fixtures::{green, red, slow_locks, verification, violation},
        },
    },
};

const SCRIPT: &str = "<script>alert('x')</script>\" onload=\"x";

#[test]
fn the_verdict_is_the_heading_and_the_title() {
    let pages = [page(&verification(green(), None), &[]), page(&verification(red(), None), &[])];

    assert!(pages[0].contains("<h1>Everything holds: 16 of 16 invariants</h1>"), "{}", pages[0]);
    assert!(pages[0].contains("<title>✓ Everything holds"), "{}", pages[0]);
    assert!(pages[1].contains("<h1>1 invariant does not hold</h1>"), "{}", pages[1]);
    assert!(pages[1].contains("the balance was changed by hand"), "{}", pages[1]);
    assert!(pages[1].contains("permission denied for pg_constraint"), "{}", pages[1]);
}

#[test]
fn every_page_is_well_formed_and_loads_nothing() {
    let locks = || Some(Locks::Measured(slow_locks()));
    let unread = Some(Locks::Unread { unchecked: "no table".to_owned() });
    let history = season();
    let failure = Failure::refused("x", "cannot reach it").help("look");
    let pages = [
        page(&verification(green(), locks()), &history),
        page(&verification(red(), unread), &history[..1]),
        page(&verification(red(), locks()), &[]),
        failed("sqlite://cup.db", &failure),
    ];

    for page in pages {
        assert_well_formed(&page);
        for loading in ["<script", " src=", "<link rel=\"stylesheet", "@import", "url(", "onload"] {
            assert!(!page.contains(loading), "{loading}: {page}");
        }
    }
}

#[test]
fn what_somebody_else_wrote_is_text_and_nothing_more() {
    let mut report = red();
    report.checks[2].violations = vec![violation(SCRIPT)];
    report.checks[2].violations[0].likely_cause = SCRIPT.to_owned();
    report.checks[2].violations[0].rows[0].key = SCRIPT.to_owned();
    report.checks[5].unchecked = Some(SCRIPT.to_owned());
    let mut locks = slow_locks();
    locks.rows[0].kind = SCRIPT.to_owned();
    locks.rows[0].caller = SCRIPT.to_owned();
    locks.retries[0].cause = SCRIPT.to_owned();
    locks.exceeded = vec![SCRIPT.to_owned()];
    let mut it = verification(report, Some(Locks::Measured(locks)));
    it.database = SCRIPT.to_owned();
    let failure = Failure::refused("x", SCRIPT).help(SCRIPT);

    let checked = page(&it, &[]);
    let failed = failed(SCRIPT, &failure);

    for page in [checked, failed] {
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains("\" onload"), "{page}");
        assert!(
            page.contains("&lt;script&gt;alert('x')&lt;/script&gt;&quot; onload=&quot;x"),
            "{page}"
        );
        assert_well_formed(&page);
    }
}

#[test]
fn history_is_drawn_from_the_oldest_run_to_this_one() {
    let history = season();

    let page = page(&verification(green(), None), &history);

    let strip = page.split("<figure").nth(1).unwrap();
    assert_eq!(strip.matches("<title>").count(), history.len());
    assert!(strip.contains("2 of 3 held"), "{strip}");
    let (first, last) = (strip.find("2026-11-16").unwrap(), strip.find("2026-11-30").unwrap());
    assert!(first < last, "{strip}");
    assert!(page.contains("before: 3"), "{page}");
}

#[test]
fn a_wait_over_its_limit_is_drawn_over_it() {
    let page = page(&verification(green(), Some(Locks::Measured(slow_locks()))), &[]);

    let (wait, hold) = page.split_once("hold</span>").unwrap();
    let wait = wait.split("<article class=\"lock\"").nth(1).unwrap();
    assert!(wait.contains("class=\"over\""), "{wait}");
    assert!(!hold.contains("class=\"over\""), "{hold}");
    assert!(page.contains("limit 200 ms"), "{page}");
}

#[test]
fn a_database_out_of_reach_makes_a_page_that_says_so() {
    let failure = Failure::refused("x", "cannot reach it").help("check --database-url");

    let page = failed("sqlite://cup.db", &failure);

    assert!(page.contains("<h1>Nothing could be checked</h1>"), "{page}");
    assert!(page.contains("cannot reach it") && page.contains("check --database-url"), "{page}");
    assert!(!page.contains("Everything holds"), "{page}");
}

fn page(it: &Verification, history: &[VerifyReport]) -> String {
    let findings = Ok(Findings { verification: it, history: history.to_vec() });
    Page { database: &it.database, made_at: it.report.finished_at, findings }.render()
}

fn failed(database: &str, failure: &Failure) -> String {
    Page { database, made_at: green().finished_at, findings: Err(failure) }.render()
}

/// Three Mondays, of which the second was bad.
fn season() -> Vec<VerifyReport> {
    let weeks_ago = |weeks: u32, report: VerifyReport| VerifyReport {
        run: Uuid::from_u128(1 + u128::from(weeks)),
        started_at: report.started_at - Duration::weeks(weeks.into()),
        finished_at: report.finished_at - Duration::weeks(weeks.into()),
        ..report
    };
    vec![weeks_ago(2, green()), weeks_ago(1, red()), green()]
}

/// Every element that is opened is closed, in order.
fn assert_well_formed(page: &str) {
    let mut open: Vec<&str> = vec![];
    let body = page.strip_prefix("<!DOCTYPE html>").expect("a document");
    for tag in body.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("<{tag}"));
        let name = tag.split_whitespace().next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{page}"),
            None if ["meta", "link"].contains(&name) => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}
