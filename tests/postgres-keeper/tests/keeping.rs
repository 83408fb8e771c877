//! A server of one's own starts whatever others do, and leaves nothing behind.

use std::{
    io, iter,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::PathBuf,
};

use postgres_keeper::{ACCOUNT_VARIABLE, Keeper, POOLER_VARIABLE, PROGRAMS_VARIABLE, Pooler};

const POOLING: &str =
    "[databases]\n[pgbouncer]\nlisten_addr = 127.0.0.1\nunix_socket_dir =\nauth_type = any\n";
const SETTINGS: &str = "listen_addresses = '127.0.0.1'\nfsync = off\n";

#[test]
fn whoever_loses_its_port_takes_another_one() {
    let (_taken, taken) = listener();
    let free = || listener().1;
    let mut keeper = keeper();

    let port = keeper.start_on(iter::once(taken).chain(iter::repeat_with(free)).map(Ok));

    assert!(port.is_ok_and(|it| it != taken && connected(it).is_ok()));
}

#[test]
fn whoever_finds_no_port_says_what_is_in_the_way() {
    let (_taken, port) = listener();
    let mut keeper = keeper();

    let error = keeper.restart(port).expect_err("somebody else listens");

    assert!(error.to_string().contains("could not bind"), "{error}");
}

#[test]
fn a_server_that_was_killed_starts_again_where_it_was() {
    let mut keeper = keeper();
    let port = keeper.start().expect("it starts");

    for _ in 0..3 {
        keeper.crash(&[]).expect("it is killed");
        assert!(connected(port).is_err(), "nobody listens");
        keeper.restart(port).expect("it starts again");
        assert!(connected(port).is_ok(), "it listens");
    }
}

#[test]
fn whoever_goes_away_leaves_no_server_and_no_directory() {
    let mut keeper = keeper();
    let port = keeper.start().expect("it starts");
    let directory = keeper.directory().to_owned();

    drop(keeper);

    assert!(connected(port).is_err(), "nobody listens");
    assert!(!directory.exists(), "{} is still there", directory.display());
}

#[test]
fn a_pooler_goes_away_with_whoever_keeps_it() {
    let pooler = pooler(POOLING).expect("it starts");
    let port = pooler.port();
    let listened = connected(port).is_ok();

    drop(pooler);

    assert!(listened && connected(port).is_err(), "it listened, and nobody listens any more");
}

#[test]
fn a_pooler_that_does_not_start_says_what_is_in_the_way() {
    let error = pooler("[pgbouncer]\npool_mode = guess\n").expect_err("there is no such mode");

    assert!(error.to_string().contains("pool_mode"), "{error}");
}

fn keeper() -> Keeper {
    let programs = told(PROGRAMS_VARIABLE);
    let account = std::env::var(ACCOUNT_VARIABLE).ok();
    let keeper = Keeper::new(&programs, SETTINGS, account.as_deref());
    keeper.expect("it has a directory")
}

fn pooler(configuration: &str) -> io::Result<Pooler> {
    let account = std::env::var(ACCOUNT_VARIABLE).ok();
    Pooler::start(&told(POOLER_VARIABLE), configuration, "", account.as_deref())
}

fn told(variable: &str) -> PathBuf {
    let help = "is not set: run the tests with `cargo xtask test`, which finds the programs";
    let told = std::env::var_os(variable).map(PathBuf::from);
    told.unwrap_or_else(|| panic!("{variable} {help}"))
}

/// Somebody else who listens, and where.
fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    let port = listener.local_addr().expect("it is bound").port();
    (listener, port)
}

fn connected(port: u16) -> io::Result<TcpStream> {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port))
}
