//! The HTTP interface, as far as it is the command's.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::Stdio,
};

use crate::guerdon::Guerdon;

#[test]
fn only_the_loopback_is_listened_on() {
    let guerdon = Guerdon::with_imported_cup();

    for address in ["0.0.0.0:0", "[::]:0"] {
        let refused = guerdon.run(&["serve", "--listen", address]);

        assert_eq!(refused.code, 2);
        assert!(refused.stderr.contains("who they are"), "{}", refused.stderr);
    }
}

#[test]
fn what_is_served_is_what_the_database_holds() {
    let guerdon = Guerdon::with_imported_cup();
    let mut command = guerdon.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut server = command.stderr(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    let stderr = server.stderr.take().expect("a pipe");
    BufReader::new(stderr).read_line(&mut line).expect("a line");
    let address = line.trim().rsplit("//").next().expect("an address");

    let mut stream = TcpStream::connect(address).expect("it listens");
    let request = "GET /v1/tournaments/cup HTTP/1.1\r\nhost: guerdon\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("it answers");
    server.kill().expect("it runs");
    server.wait().expect("it ends");

    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
    assert!(response.contains("\"key\":\"cup\""), "{response}");
}
