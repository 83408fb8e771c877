//! The orders of every scenario, on SQLite and on PostgreSQL.

use std::io::Write as _;

use schedules::{Adapter, Search, catalogue};

fn walk(name: &str, adapter: Adapter) {
    let scenario = catalogue::find(name).expect("it is in the catalogue");

    let report = Search::of(scenario).on(adapter).visible_steps_only().at_most(60).run();

    let _ = writeln!(std::io::stderr(), "{report}");
    report.expect_clean();
}

#[test]
fn all_on_sqlite() {
    for s in catalogue::pairs() { walk(&s.name, Adapter::Sqlite); }
}
#[test]
fn all_on_postgres() {
    for s in catalogue::pairs() { walk(&s.name, Adapter::Postgres); }
}
