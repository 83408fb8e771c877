//! A server of one's own starts whatever others do, and leaves nothing behind.

use std::{
    io, iter,
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
};

use postgres_keeper::{ACCOUNT_VARIABLE, Keeper, PROGRAMS_VARIABLE};

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

fn keeper() -> Keeper {
    let help = "is not set: run the tests with `cargo xtask test`, which finds the programs";
    let programs = std::env::var_os(PROGRAMS_VARIABLE).map(PathBuf::from);
    let programs = programs.unwrap_or_else(|| panic!("{PROGRAMS_VARIABLE} {help}"));
    let account = std::env::var(ACCOUNT_VARIABLE).ok();
    let keeper = Keeper::new(Path::new(&programs), SETTINGS, account.as_deref());
    keeper.expect("it has a directory")
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
