//! The HTTP interface, as far as it is the command's.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    thread::{self, JoinHandle},
};

use crate::guerdon::Guerdon;

/// Looks at what must come, each a process of its own.
const LOOKS_MAX: u32 = 2_000;

#[test]
fn development_is_for_the_loopback_only() {
    let guerdon = Guerdon::with_imported_cup();

    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let refused = guerdon.run(&["serve", "--development", "--listen", address]);

        assert_eq!(refused.code, 2);
        assert!(refused.stderr.contains("who they are"), "{}", refused.stderr);
    }
}

#[test]
fn what_is_served_is_what_the_database_holds() {
    let guerdon = Guerdon::with_imported_cup();
    let server = Server::start(&mut guerdon.command(&["serve", "--development"]));

    let response = server.get("/v1/tournaments/cup", "");

    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
    assert!(response.contains("\"key\":\"cup\""), "{response}");
}

#[test]
fn without_development_a_key_is_needed() {
    let guerdon = Guerdon::with_imported_cup();
    let created = guerdon.json(&["api-key", "create", "reader", "--role", "viewer"]);
    let key = format!("authorization: Bearer {}\r\n", created["secret"].as_str().unwrap());
    let server = Server::start(&mut guerdon.command(&["serve"]));

    let refused = server.get("/v1/tournaments/cup", "");
    let answered = server.get("/v1/tournaments/cup", &key);
    guerdon.json(&["api-key", "revoke", created["prefix"].as_str().unwrap()]);
    let revoked = server.get("/v1/tournaments/cup", &key);

    assert!(refused.starts_with("HTTP/1.1 401"), "{refused}");
    assert!(answered.starts_with("HTTP/1.1 200"), "{answered}");
    assert!(revoked.starts_with("HTTP/1.1 401"), "{revoked}");
}

/// Appointed on the command line, finalized by the process that serves.
#[test]
fn tournament_is_finalized_at_its_time_by_whoever_serves() {
    let guerdon = Guerdon::with_imported_cup();
    let late = guerdon.run(&["finalize", "cup", "--at", "tomorrow"]);
    let appointed = guerdon.json(&["finalize", "cup", "--at", "2026-01-01T00:00:00+01:00"]);
    let server = Server::start(&mut guerdon.command(&["serve", "--development"]));

    let status = || guerdon.json(&["summary", "cup"])["status"].clone();
    let paid = (0..LOOKS_MAX).any(|_| status() == "rewards_distributed");

    assert!(paid, "nobody finalizes it");
    assert_eq!((late.code, appointed["changed"].as_bool()), (2, Some(true)));
    assert_eq!(appointed["finalize_at"], "2025-12-31T23:00:00Z");
    let by_hand = guerdon.json(&["finalize", "cup", "--by-hand"]);
    assert_eq!(by_hand["changed"].as_bool(), Some(false));
    drop(server);
}

/// With everything switched on, statements and connections included.
#[cfg(unix)]
#[test]
fn the_log_of_a_service_holds_no_secret_and_it_stops_when_it_is_told_to() {
    let guerdon = Guerdon::with_imported_cup();
    let created = guerdon.json(&["api-key", "create", "reader", "--role", "viewer"]);
    let whole = created["secret"].as_str().unwrap();
    let key = format!("authorization: Bearer {whole}\r\n");
    let server = Server::start(guerdon.command(&["serve"]).env("RUST_LOG", "trace"));

    let answered = server.get("/v1/tournaments/cup", &key);
    let (code, log) = server.terminate();

    assert!(answered.starts_with("HTTP/1.1 200"), "{answered}");
    assert_eq!(code, 0, "{log}");
    assert!(log.contains("looking for an API key"), "{log}");
    assert!(!log.contains(whole.rsplit_once('_').unwrap().1), "{log}");
}

/// A server, on a port that nobody else has. It ends with its test.
struct Server {
    process: Child,
    address: String,
    /// Whoever reads what it logs: a pipe that nobody empties would hold it up.
    log: Option<JoinHandle<String>>,
}

impl Server {
    fn start(command: &mut Command) -> Self {
        let command = command.args(["--listen", "127.0.0.1:0"]).stderr(Stdio::piped());
        let mut process = command.spawn().expect("it starts");
        let mut stderr = BufReader::new(process.stderr.take().expect("a pipe"));
        let mut line = String::new();
        while !line.starts_with("listening on ") {
            line.clear();
            assert!(stderr.read_line(&mut line).expect("a line") > 0, "it ended");
        }
        let address = line.trim().rsplit("//").next().expect("an address").to_owned();
        let log = thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).expect("it is text");
            log
        });
        Self { process, address, log: Some(log) }
    }

    /// Reads a path, with these lines among the headers.
    fn get(&self, path: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: guerdon\r\n{headers}connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("it answers");
        response
    }

    /// Stops it as services are stopped; answers its exit code and the rest of its log.
    #[cfg(unix)]
    fn terminate(mut self) -> (i32, String) {
        let id = self.process.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.is_ok_and(|it| it.success()));
        let code = self.process.wait().expect("it ends").code().expect("by itself");
        (code, self.log.take().expect("it is read").join().expect("it is text"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
