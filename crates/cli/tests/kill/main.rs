//! `kill -9`, for real: of `guerdon` in the middle of paying ten thousand, of correcting what it has
//! paid, and of giving badges for it; and of its database server.
//!
//! Somebody is killed when so many statements have been seen in the log, a number drawn at random
//! over the length of an undisturbed run; the same command is run again until it gets to its end.
//! A few kills each by default, dozens with `GUERDON_EXHAUSTIVE=1`.

#![cfg(unix)]

mod cup;
mod database;
mod dice;
mod job;
mod life;

use std::io::Write;

use test_databases::DurableServer;

use crate::{
    cup::Cup,
    database::{Prepared, contents},
    dice::{Dice, Toll},
    job::Job,
    life::Life,
};

const PAYING: Toll = Toll { short: 5, long: 50 };
const FOLLOWING: Toll = Toll { short: 4, long: 12 };

/// Kills that one database goes through at most.
const KILLS_A_RUN: u64 = 5;

#[tokio::test]
async fn ten_thousand_are_paid_once_however_often_the_process_is_killed_on_sqlite() {
    kill_processes(&Prepared::on_sqlite(ten_thousand()), &Job::Pay, PAYING).await;
}

#[tokio::test]
async fn ten_thousand_are_paid_once_however_often_the_process_is_killed_on_postgres() {
    kill_processes(&Prepared::on_postgres(ten_thousand()).await, &Job::Pay, PAYING).await;
}

#[tokio::test]
async fn differences_are_paid_once_however_often_a_correction_is_killed_on_sqlite() {
    kill_corrections(Prepared::on_sqlite(two_thousand())).await;
}

#[tokio::test]
async fn differences_are_paid_once_however_often_a_correction_is_killed_on_postgres() {
    kill_corrections(Prepared::on_postgres(two_thousand()).await).await;
}

#[tokio::test]
async fn badges_of_the_past_are_given_once_however_often_a_backfill_is_killed_on_sqlite() {
    let prepared = Prepared::on_sqlite(two_thousand()).paid();
    kill_processes(&prepared, &Job::Backfill, FOLLOWING).await;
}

#[tokio::test]
async fn badges_of_the_past_are_given_once_however_often_a_backfill_is_killed_on_postgres() {
    let prepared = Prepared::on_postgres(two_thousand()).await.paid();
    kill_processes(&prepared, &Job::Backfill, FOLLOWING).await;
}

#[tokio::test]
async fn ten_thousand_are_paid_once_however_often_the_server_is_killed() {
    let cup = ten_thousand();
    let mut dice = Dice::of(PAYING, "server");
    let mut server = DurableServer::start();
    let url = server.url();
    cup.import_afresh(&url);
    let (statements, expected) = undisturbed(&cup, &Job::Pay, &url).await;
    let mut kills = 0;
    while kills < dice.kills {
        cup.import_afresh(&url);
        let kills_max = KILLS_A_RUN.min(dice.kills - kills);
        // A server dies again and again under one process.
        let lifetime = || dice.lifetime(2 * statements / KILLS_A_RUN);
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

async fn kill_corrections(prepared: Prepared) {
    let prepared = prepared.paid();
    let plan = prepared.cup.plan_without_winner(prepared.copied().await.url());
    kill_processes(&prepared, &Job::Disqualify(plan), FOLLOWING).await;
}

/// Until there were kills enough, and one of them at least came halfway.
async fn kill_processes(prepared: &Prepared, job: &Job, toll: Toll) {
    let cup = &prepared.cup;
    let mut dice = Dice::of(toll, prepared.name);
    let database = prepared.copied().await;
    let (statements, expected) = undisturbed(cup, job, database.url()).await;
    let (mut kills, mut halfway) = (0, 0);
    while kills < dice.kills || halfway == 0 {
        let database = prepared.copied().await;
        let url = database.url();
        let until = kills + dice.kills.saturating_sub(kills).clamp(1, KILLS_A_RUN);
        while kills < until {
            let mut life = Life::of(job.command(cup, url));
            if !life.lasts(dice.lifetime(statements)) {
                assert!(life.ends().success(), "whoever is not killed gets to its end");
                break;
            }
            life.end_with_a_kill();
            (kills, halfway) = (kills + 1, halfway + u64::from(job.is_halfway(url).await));
            assert!(job.adds_up(cup, url).await, "after kill {kills}, {}", dice.seed());
        }
        assert!(Life::of(job.command(cup, url)).ends().success(), "the last one gets to its end");
        assert_same(&expected, &job.comes_to(cup, url).await);
        assert!(job.adds_up(cup, url).await, "in the end, {}", dice.seed());
    }
    let (name, seed) = (prepared.name, dice.seed());
    show(&format!("{job}: {kills} kills survived on {name}, {halfway} of them halfway, {seed}"));
}

/// What a run that nobody disturbs comes to, and how many statements it takes.
async fn undisturbed(cup: &Cup, job: &Job, url: &str) -> (u64, String) {
    let mut life = Life::of(job.command(cup, url));
    assert!(!life.lasts(u64::MAX), "it ends");
    let statements = life.statements();
    assert!(life.ends().success());
    assert!(statements > 100, "{statements} statements are too few to be killed between");
    let contents = job.comes_to(cup, url).await;
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

fn ten_thousand() -> Cup {
    Cup::of(10_000, 200)
}

fn two_thousand() -> Cup {
    Cup::of(2_000, 100)
}
