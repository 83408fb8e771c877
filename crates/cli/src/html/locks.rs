//! How long locks were waited for and held, against what is too long.

use std::time::Duration;

use app_service::{LockReport, LockRow, LockThresholds, Quantiles};
use maud::{Markup, html};

use super::chart::{Span, span};
use crate::output::{
    count, number,
    verification::{Locks, duration_text, moment_text},
};

/// Where a limit is drawn as long as nothing is longer.
const LIMIT_AT: f64 = 0.8;

/// How long locks were waited for and held.
pub(super) fn section(locks: &Locks) -> Markup {
    html! {
        section.locks {
            h2 { "Locks" }
            @match locks {
                Locks::Measured(it) => (measured(it)),
                Locks::Unread { unchecked } => {
                    article.card.doubtful { p { "Could not be looked at: " (unchecked) } }
                },
            }
        }
    }
}

fn measured(report: &LockReport) -> Markup {
    let unlimited = report.rows.iter().filter(|it| limit_ms(&it.kind, report.thresholds).is_none());
    let longest = unlimited.map(longest_ms).fold(0.0, f64::max);
    html! {
        p.lead { (scope(report)) }
        @if !report.exceeded.is_empty() {
            article.card.bad { ul { @for it in &report.exceeded { li { (it) } } } }
        }
        @if !report.rows.is_empty() { (legend()) }
        @for rows in report.rows.chunk_by(|one, next| one.kind == next.kind) {
            (kind(rows, limit_ms(&rows[0].kind, report.thresholds), longest))
        }
        (repeated(report))
    }
}

fn scope(report: &LockReport) -> String {
    match report.since {
        Some(since) => format!("Since {}.", moment_text(since)),
        None if report.rows.is_empty() => "No lock has been recorded yet.".to_owned(),
        None => "Since the first lock that was recorded.".to_owned(),
    }
}

fn legend() -> Markup {
    html! {
        p.legend aria-hidden="true" {
            span { i.p50 {} "median" } span { i.p95 {} "p95" } span { i.p99 {} "p99" }
            span { i.over {} "p95 over its limit" } span { i.limit {} "limit of p95" }
        }
    }
}

/// All callers of one kind of lock. Kinds without a limit share the scale that ends at `longest`.
fn kind(rows: &[LockRow], limit: Option<f64>, longest: f64) -> Markup {
    let here = rows.iter().map(longest_ms).fold(0.0, f64::max);
    let scale = limit.map_or(longest, |it| here.max(it / LIMIT_AT)).max(f64::MIN_POSITIVE);
    html! {
        article.lock {
            @if let Some(limit) = limit { p.most { "p95 at most " (duration_text(limit)) } }
            @for row in rows {
                h3 { (row.kind) " " span { "by " (row.caller) ", " (counted(row)) } }
                (measure("wait", row.wait, limit, scale))
                (measure("hold", row.hold, limit, scale))
            }
        }
    }
}

fn counted(row: &LockRow) -> String {
    let times = count(row.taken_total, "time", "times");
    match row.rows_total {
        0 => times,
        rows => format!("{times}, {}", count(rows, "row", "rows")),
    }
}

fn measure(what: &str, it: Quantiles, limit: Option<f64>, scale: f64) -> Markup {
    let numbers = [("p50", it.p50_ms), ("p95", it.p95_ms), ("p99", it.p99_ms)];
    let told = numbers.map(|(name, ms)| format!("{name} {}", duration_text(ms))).join(" · ");
    let p95 = if limit.is_some_and(|limit| it.p95_ms > limit) { "over" } else { "p95" };
    let parts =
        vec![(it.p99_ms / scale, "p99"), (it.p95_ms / scale, p95), (it.p50_ms / scale, "p50")];
    html! {
        div.measure {
            span.what { (what) }
            (span(&format!("{what}: {told}"), &Span { parts, limit: limit.map(|it| it / scale) }))
            span.told { (told) }
        }
    }
}

/// The end of the longest part that is drawn.
fn longest_ms(row: &LockRow) -> f64 {
    [row.wait, row.hold].iter().fold(0.0, |longest, it| longest.max(it.p99_ms).max(it.p95_ms))
}

/// How long is too long for this kind of lock; some have no limit.
fn limit_ms(kind: &str, thresholds: LockThresholds) -> Option<f64> {
    let ms = |it: Duration| Some(it.as_secs_f64() * 1_000.0);
    match kind {
        "players" => ms(thresholds.players_p95_max),
        kind if kind.starts_with("tournament") => ms(thresholds.tournament_p95_max),
        _ => None,
    }
}

fn repeated(report: &LockReport) -> Markup {
    let deadlocks = count(report.deadlocks_total, "deadlock", "deadlocks");
    html! {
        p.repeated {
            strong { (deadlocks) } " (limit " (number(report.thresholds.deadlocks_max)) ")"
            @if report.retries.is_empty() { ", nothing was run again." } @else { "." }
        }
        @if !report.retries.is_empty() {
            ul.retries {
                @for it in &report.retries {
                    li { (it.caller) " was run again " (count(it.total, "time", "times")) ": " (it.cause) }
                }
            }
        }
    }
}
