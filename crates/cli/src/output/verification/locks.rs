//! How long locks were waited for and held.

use app_service::{LockReport, LockRow, Quantiles};

use super::{Locks, duration_text};
use crate::output::{
    Style,
    style::{count, number},
    table::{Column, Table},
};

/// What the locks were like, and what is too long.
pub(super) fn text(locks: &Locks, style: Style) -> String {
    match locks {
        Locks::Measured(it) => format!("\n{}", measured(it, style)),
        Locks::Unread { unchecked } => {
            let title = style.doubtful("locks: could not be looked at");
            format!("\n{title}\n  because     {unchecked}\n")
        }
    }
}

fn measured(report: &LockReport, style: Style) -> String {
    let mut lines = vec![limits(report)];
    for it in &report.retries {
        let times = count(it.total, "time", "times");
        lines.push(format!("{} was run again {times}: {}", it.caller, it.cause));
    }
    lines.extend(report.exceeded.iter().map(|it| style.bad(&format!("too much: {it}"))));
    format!("{}{}\n", table(&report.rows, style), lines.join("\n"))
}

fn table(rows: &[LockRow], style: Style) -> String {
    if rows.is_empty() {
        return "No lock has been recorded yet.\n".to_owned();
    }
    let columns = [
        Column::Word("lock"),
        Column::Word("taken by"),
        Column::Number("times"),
        Column::Number("rows"),
        Column::Number("wait p50"),
        Column::Number("p95"),
        Column::Number("p99"),
        Column::Number("hold p50"),
        Column::Number("p95"),
        Column::Number("p99"),
    ];
    let mut table = Table::new(&columns, style);
    for it in rows {
        let named = [it.kind.clone(), it.caller.clone()];
        let counted = [number(it.taken_total), number(it.rows_total)];
        let measured = [it.wait, it.hold].into_iter().flat_map(quantiles);
        table.row(named.into_iter().chain(counted).chain(measured));
    }
    table.text()
}

fn quantiles(it: Quantiles) -> [String; 3] {
    [it.p50_ms, it.p95_ms, it.p99_ms].map(duration_text)
}

fn limits(report: &LockReport) -> String {
    let limits = report.thresholds;
    let ms = |it: std::time::Duration| duration_text(it.as_secs_f64() * 1_000.0);
    format!(
        "{} (limit {}); p95 limits: players {}, tournament {}",
        count(report.deadlocks_total, "deadlock", "deadlocks"),
        limits.deadlocks_max,
        ms(limits.players_p95_max),
        ms(limits.tournament_p95_max)
    )
}
