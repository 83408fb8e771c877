//! What people and programs are told.

use app_service::Outcome;
use serde_json::json;

use super::{
    Locks, RunLine, RunList, Watched,
    fixtures::{green, red, slow_locks, verification},
};
use crate::{
    args::Colors,
    failure::{Exit, Failure},
    output::{Style, View},
};

#[test]
fn what_holds_is_said_in_a_row_each_and_a_sentence() {
    let text = told(&verification(green(), None));

    let wanted = "\
Verified sqlite://cup.db
  2026-11-30 09:00:00 UTC
  everything: 24,000 rows in 1.2 s
 invariant   what must hold                   verdict    rows   violations   ms
────────────────────────────────────────────────────────────────────────────────
 INV-R01     one award for each participant   held      1,500            0   12
";
    assert!(text.starts_with(wanted), "{text}");
    assert!(text.ends_with("\nEverything holds: 16 of 16 invariants.\n"), "{text}");
}

#[test]
fn a_violation_names_rows_cause_and_remedy() {
    let text = told(&verification(red(), None));

    let wanted = "
INV-R03 balances are their ledgers: 3 violations
  What a player owns is not what the ledger says.
   1. accounts player_id=ada currency=XP
      ledger_entries player_id=ada currency=XP seq=7
      found     601
      expected  600
      cause     the balance was changed by hand
      and 2 more: --limit shows them
  what to do  Believe the ledger: it is append-only. Find out what wrote to `accounts` or
              `ledger_entries` beside Guerdon (a script, a restore, a console), and";
    assert!(text.contains(wanted), "{text}");
    let unchecked = "\
INV-R06 constraints are live: could not be checked
  because     permission denied for pg_constraint
";
    assert!(text.contains(unchecked), "{text}");
    let verdict = "\n1 invariant does not hold, 3 violations, 1 invariant could not be checked.\n";
    assert!(text.ends_with(verdict), "{text}");
}

#[test]
fn a_lock_limit_that_is_exceeded_makes_it_red() {
    let it = verification(green(), Some(Locks::Measured(slow_locks())));

    let text = told(&it);

    assert_eq!((it.verdict, Exit::from(it.verdict)), (Outcome::Violated, Exit::Partial));
    assert!(text.contains("250 ms"), "{text}");
    assert!(text.contains("too much: players waited for by apply"), "{text}");
    assert!(text.contains("apply was run again 2 times: lock timeout"), "{text}");
    assert!(text.ends_with("\n1 lock limit exceeded.\n"), "{text}");
}

#[test]
fn locks_that_cannot_be_looked_at_are_not_called_well() {
    let unread = || Some(Locks::Unread { unchecked: "no table".to_owned() });

    let (held, violated) = (verification(green(), unread()), verification(red(), unread()));

    assert_eq!((held.verdict, Exit::from(held.verdict)), (Outcome::Unchecked, Exit::Refused));
    assert_eq!(violated.verdict, Outcome::Violated);
}

#[test]
fn programs_read_the_report_with_its_verdict() {
    let json = serde_json::to_value(verification(red(), None)).unwrap();

    assert_eq!((&json["verdict"], &json["violations_total"]), (&json!("violated"), &json!(3)));
    assert_eq!(json["checks"][2]["violations"][0]["found"], "601");
    assert_eq!(json["checks"][5]["outcome"], "unchecked");
    assert_eq!(json["started_at"], "2026-11-30T09:00:00Z");
    assert!(json.get("locks").is_none(), "{json}");
}

#[test]
fn a_watch_says_one_line_a_run() {
    let (began, failure) = (green().started_at, Failure::failed("x", "cannot reach it"));

    let lines = [
        told(&Watched::of(Ok(verification(green(), None)), began)),
        told(&Watched::of(Err(failure), began)),
    ];

    let wanted = [
        "2026-11-30 09:00:00 UTC  held       Everything holds: 16 of 16 invariants \
         (everything: 24,000 rows in 1.2 s)\n",
        "2026-11-30 09:00:00 UTC  UNCHECKED  cannot reach it\n",
    ];
    assert_eq!(lines, wanted);
}

#[test]
fn earlier_runs_say_what_did_not_hold() {
    let list = RunList([red(), green()].iter().map(RunLine::of).collect());

    let text = told(&list);

    let wanted = " \
 began                     verdict      rows   violations    took
───────────────────────────────────────────────────────────────────────────────────────────────
 2026-11-30 09:00:00 UTC   VIOLATED   22,500            3   1.2 s   INV-R03, INV-R06 unchecked
 2026-11-30 09:00:00 UTC   held       24,000            0   1.2 s
";
    assert_eq!(text, wanted);
}

#[test]
fn what_is_wrong_is_red_and_what_holds_stays_in_the_background() {
    let it = verification(red(), None);

    let text = it.text(Style::on_stdout(Colors::Always));

    assert!(text.contains("\u{1b}[1;31mINV-R03 balances are their ledgers"), "{text:?}");
    assert!(!text.contains("\u{1b}[1;31mINV-R01"), "{text:?}");
}

fn told(view: &impl View) -> String {
    view.text(Style::on_stdout(Colors::Never))
}
