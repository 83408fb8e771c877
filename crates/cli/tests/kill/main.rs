//! `kill -9`, for real: of `guerdon` in the middle of paying ten thousand, and of its database server.
//!
//! Somebody is killed when so many statements have been seen in the log, a number drawn at random
//! over the length of an undisturbed run; the same command is run again until it gets to its end.
//! Five kills each by default, fifty with `GUERDON_EXHAUSTIVE=1`.

#![cfg(unix)]

mod cup;
mod database;
mod dice;
mod life;

use std::io::Write;

use test_databases::DurableServer;

use crate::{
    cup::Cup,
    database::{Prepared, contents, paid_by_halves},
    dice::Dice,
    life::Life,
};

/// Kills that one distribution goes through, on average one for each fifth of it.
const KILLS_A_RUN: u64 = 5;

#[tokio::test]
async fn ten_thousand_are_paid_once_however_often_the_process_is_killed_on_sqlite() {
    kill_processes(&Prepared::on_sqlite(Cup::new())).await;
}

#[tokio::test]
async fn ten_thousand_are_paid_once_however_often_the_process_is_killed_on_postgres() {
    kill_processes(&Prepared::on_postgres(Cup::new()).await).await;
}

#[tokio::test]
async fn ten_thousand_are_paid_once_however_often_the_server_is_killed() {
    let cup = Cup::new();
    let mut dice = Dice::new("server");
    let mut server = DurableServer::start();
    let url = server.url();
    cup.import_afresh(&url);
    let (statements, expected) = undisturbed(&cup, &url).await;
    let mut kills = 0;
    while kills < dice.kills {
        cup.import_afresh(&url);
        let kills_max = KILLS_A_RUN.min(dice.kills - kills);
        let lifetime = || dice.lifetime(statements);
        kills += killed_until_paid(&cup, &mut server, kills_max, lifetime).await;
        assert_same(&expected, &contents(&url).await);
    }
    show(&format!("server: {kills} kills survived by PostgreSQL, {}", dice.seed()));
}

/// Pays the cup while the server is killed again and again; answers how often it was. The process
/// may outlive the server and go on; if it does not, the next one does.
async fn killed_until_paid(
    cup: &Cup,
    server: &mut DurableServer,
    kills_max: u64,
    mut lifetime: impl FnMut() -> u64 + Send,
) -> u64 {
    let mut kills = 0;
    loop {
        let before = kills;
        let mut life = Life::of(cup.run(&server.url()));
        while kills < kills_max && life.lasts(lifetime()) {
            server.crash().await;
            server.restart();
            kills += 1;
        }
        if life.ends().success() {
            return kills;
        }
        assert!(kills > before, "a process failed whose server was not killed");
    }
}

async fn kill_processes(prepared: &Prepared) {
    let cup = &prepared.cup;
    let mut dice = Dice::new(prepared.name);
    let database = prepared.copied().await;
    let (statements, expected) = undisturbed(cup, database.url()).await;
    let mut kills = 0;
    while kills < dice.kills {
        let database = prepared.copied().await;
        let (url, until) = (database.url(), dice.kills.min(kills + KILLS_A_RUN));
        while kills < until {
            let mut life = Life::of(cup.run(url));
            if !life.lasts(dice.lifetime(statements)) {
                assert!(life.ends().success(), "whoever is not killed gets to its end");
                break;
            }
            life.end_with_a_kill();
            kills += 1;
            assert_eq!(paid_by_halves(url).await, 0, "after kill {kills}, {}", dice.seed());
        }
        assert!(Life::of(cup.run(url)).ends().success(), "the last one gets to its end");
        assert_same(&expected, &contents(url).await);
    }
    show(&format!("process: {kills} kills survived on {}, {}", prepared.name, dice.seed()));
}

/// What a run that nobody disturbs comes to, and how many statements it takes.
async fn undisturbed(cup: &Cup, url: &str) -> (u64, String) {
    let mut life = Life::of(cup.run(url));
    assert!(!life.lasts(u64::MAX), "it ends");
    let statements = life.statements();
    assert!(life.ends().success());
    assert!(statements > 100, "{statements} statements are too few to be killed between");
    let contents = contents(url).await;
    assert!(contents.contains("rewards_distributed"), "it pays");
    (statements, contents)
}

fn assert_same(expected: &str, actual: &str) {
    let different = expected.lines().zip(actual.lines()).find(|(a, b)| a != b);
    assert!(expected == actual, "the databases differ: {different:?}");
}

fn show(figures: &str) {
    let _ = writeln!(std::io::stderr(), "{figures}");
}
