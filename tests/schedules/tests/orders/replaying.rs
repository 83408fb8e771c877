//! The search has teeth, and a memory: a planted fault is found, printed, and seen again by the
//! printed command alone.

use std::{
    process::{Command, Output},
    sync::Arc,
};

use async_trait::async_trait;
use interposed::{InterposedStore, Interposer};
use ports::{
    Actor, StoreError,
    spi::{TournamentChange, Transaction},
};
use schedules::{Adapter, Fault, NotASchedule, Order, Planted, Schedule, Search, Violation};

use crate::scenario;

fn found_on(adapter: Adapter) -> Violation {
    let search = Search::of(scenario("assess-assess")).on(adapter);
    let violation = search.planted(Planted::UnlockedPlayers).first_violation();
    violation.expect("two coaches write over each other")
}

#[test]
fn planted_fault_is_found_on_every_adapter_that_runs_writers_side_by_side() {
    for adapter in [Adapter::Memory, Adapter::Postgres] {
        let violation = found_on(adapter);

        let fault = violation.fault.to_string();
        assert!(fault.starts_with("INV-S01 does not hold: technique at 60.0"), "{fault}");
    }
}

#[test]
fn violation_prints_the_one_command_that_shows_it_again() {
    let violation = found_on(Adapter::Memory);

    let printed = violation.to_string();

    let schedule = violation.schedule.to_string();
    assert!(schedule.starts_with("assess-assess+unlocked-players@memory:"), "{schedule}");
    let command = format!("cargo xtask schedule replay '{schedule}'");
    assert!(printed.contains(&command), "{printed}");
    assert!(printed.contains("select_players_for_update → Ok(["), "{printed}");
}

#[test]
fn replayed_violation_is_the_same_one() {
    let violation = found_on(Adapter::Memory);
    let schedule = violation.schedule.to_string();

    let again = Search::replay(&schedule).expect("a schedule reads as it prints");

    assert_eq!(again.first_violation(), Some(violation));
}

/// The trail is compared, too: no port reads who has changed a tournament.
#[test]
fn change_in_a_false_name_is_found_on_every_adapter() {
    for adapter in Adapter::ALL {
        let search = Search::of(scenario("finalize-finalize")).on(adapter).at_most(1);
        let search = search.through(|it| InterposedStore::new(it, Arc::new(FalseName)).shared());

        let violation = search.first_violation().expect("the history differs");

        let Fault::NotSerial { difference } = violation.fault else { panic!("{violation}") };
        assert!(difference.starts_with("change with \""), "{difference}");
        assert!(difference.contains("by nobody"), "{difference}");
    }
}

/// Changes tournaments in the name of nobody.
struct FalseName;

#[async_trait]
impl Interposer for FalseName {
    async fn update_tournament(
        &self,
        tx: &dyn Transaction,
        change: &TournamentChange,
    ) -> Result<bool, StoreError> {
        let change = TournamentChange { actor: Actor::new("nobody"), ..change.clone() };
        tx.update_tournament(&change).await
    }
}

#[test]
fn replay_says_by_its_exit_code_whether_the_order_goes_wrong() {
    let schedule = found_on(Adapter::Memory).schedule;
    let sound = Schedule { planted: None, ..schedule.clone() };

    assert_eq!(replay(&schedule.to_string()).status.code(), Some(1));
    assert_eq!(replay(&sound.to_string()).status.code(), Some(0));
    assert_eq!(replay("assess-assess").status.code(), Some(2));
}

#[test]
fn replay_shows_who_waited_for_whom() {
    let schedule = "assess-assess@memory:0101000011";

    let shown = String::from_utf8_lossy(&replay(schedule).stdout).into_owned();

    assert!(shown.contains("1 waits for a lock"), "{shown}");
    assert!(shown.contains("1 goes on: select_players_for_update"), "{shown}");
}

#[test]
fn text_that_is_no_schedule_is_refused_with_what_is_wrong_with_it() {
    let refused = |text: &str| text.parse::<Schedule>().err();

    assert_eq!(refused("finalize-finalize"), Some(NotASchedule::Form));
    assert_eq!(refused("x@memory:01"), Some(NotASchedule::Scenario("x".to_owned())));
    assert_eq!(refused("two-cups+x@memory:01"), Some(NotASchedule::Fault("x".to_owned())));
    assert_eq!(refused("two-cups@paper:01"), Some(NotASchedule::Adapter("paper".to_owned())));
    assert_eq!(refused("two-cups@memory:0x"), Some(NotASchedule::Order("0x".to_owned())));
    assert_eq!(Order::parse("0110").map(|it| it.to_string()), Some("0110".to_owned()));
}

fn replay(schedule: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schedules"));
    command.args(["replay", schedule]).output().expect("the program starts")
}
