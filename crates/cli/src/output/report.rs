//! What an import did.

use super::{
    Style, View,
    style::{count, number},
    table::{Column, Table},
};
use crate::intake::{LeftOut, Report, ReportOutcome};

impl View for Report {
    fn text(&self, style: Style) -> String {
        let tournament = self.tournament.as_ref().map(|it| it.text(style)).unwrap_or_default();
        let left_out: String = self.left_out.iter().map(|it| left_out_text(it, style)).collect();
        format!("{tournament}{}{left_out}{}\n", totals(self, style), verdict(self, style))
    }
}

fn totals(report: &Report, style: Style) -> String {
    let counts = &report.tournaments;
    let columns = [Column::Word("this run"), Column::Number("")];
    let mut table = Table::new(&columns, style);
    let mut row = |what: &str, value: String| table.row([what.to_owned(), value]);
    row("tournaments imported", number(counts.imported));
    row("tournaments paid now", number(counts.paid));
    row("tournaments already paid", number(counts.already_paid));
    if counts.incomplete > 0 {
        row("tournaments incomplete", number(counts.incomplete));
    }
    if counts.left_out > 0 {
        row("tournaments left out", number(counts.left_out));
    }
    row("participants paid", number(report.participants_paid));
    row("new ledger entries", number(report.entries_posted));
    row("new badges", number(report.badges_awarded));
    row("new skill steps", number(report.steps_recorded));
    row("XP", number(report.xp_posted));
    row("credits", number(report.credits_posted));
    table.text()
}

fn left_out_text(left_out: &LeftOut, style: Style) -> String {
    let what = left_out.tournament.as_deref().unwrap_or(&left_out.file);
    let problems = left_out.problems.iter().map(|it| format!("  {}\n", it.text()));
    format!("{} {what}\n{}", style.bad("left out:"), problems.collect::<String>())
}

fn verdict(report: &Report, style: Style) -> String {
    let counts = &report.tournaments;
    let tournaments = |number| count(number, "tournament", "tournaments");
    match report.outcome {
        ReportOutcome::Imported => {
            format!("{} imported; `guerdon finalize` pays.", tournaments(counts.imported))
        }
        ReportOutcome::Distributed => style.good(&format!("Paid {}.", tournaments(counts.paid))),
        ReportOutcome::Conflict => {
            style.good("Everything had been done before: 0 new ledger entries.")
        }
        ReportOutcome::Incomplete => style.bad("Not everything was done; see above."),
    }
}
