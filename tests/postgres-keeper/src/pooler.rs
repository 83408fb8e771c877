//! Keeps a PgBouncer before a PostgreSQL server, likewise for as long as somebody holds it.

use std::{
    fmt::Write as _,
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command},
    thread,
};

use crate::{ATTEMPTS_MAX, WORDS_MAX, assume, free_port, quiet_shell};

/// Names the program of PgBouncer to tests that put one before a server.
pub const POOLER_VARIABLE: &str = "GUERDON_TEST_PGBOUNCER";

/// What PgBouncer says when it listens.
const READY: &str = "process up";

/// A PgBouncer that ends with this value.
#[derive(Debug)]
pub struct Pooler {
    shell: Child,
    port: u16,
}

impl Pooler {
    /// Starts `program` with `configuration` on a port of this machine that nobody else uses, and
    /// waits until it listens. `users` are lines of its `userlist.txt`, the name of which the
    /// configuration may give. It runs under `account`, `uid:gid`, if that is another one: PgBouncer
    /// refuses to be run by root.
    pub fn start(
        program: &Path,
        configuration: &str,
        users: &str,
        account: Option<&str>,
    ) -> io::Result<Self> {
        let mut words = String::new();
        for _ in 0..ATTEMPTS_MAX {
            let port = free_port()?;
            let configuration = format!("{configuration}\nlisten_port = {port}\n");
            let mut command = shell(program, &configuration, users);
            if let Some(account) = account {
                assume(&mut command, account)?;
            }
            let mut shell = command.spawn()?;
            let said = shell.stdout.take().ok_or_else(|| io::Error::other("no pipe"))?;
            let mut said = BufReader::new(said);
            if is_ready(&mut said, &mut words)? {
                drained(said);
                return Ok(Self { shell, port });
            }
            end(&mut shell);
        }
        Err(io::Error::other(format!("PgBouncer does not start:\n{words}")))
    }

    /// Where it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        end(&mut self.shell);
    }
}

fn shell(program: &Path, configuration: &str, users: &str) -> Command {
    let mut command = quiet_shell(include_str!("pooler.sh"), "guerdon-pooler-keeper");
    command.arg(program).args([configuration, users]);
    command
}

/// Reads until it listens, or until it has ended and told why.
fn is_ready(said: &mut impl BufRead, words: &mut String) -> io::Result<bool> {
    words.clear();
    for line in said.lines().take(WORDS_MAX) {
        let line = line?;
        if line.contains(READY) {
            return Ok(true);
        }
        let _ = writeln!(words, "{line}");
    }
    Ok(false)
}

/// Reads on, so that the pooler never waits for somebody to listen.
fn drained(mut said: BufReader<ChildStdout>) {
    thread::spawn(move || io::copy(&mut said, &mut io::sink()));
}

fn end(shell: &mut Child) {
    drop(shell.stdin.take());
    if let Err(error) = shell.wait() {
        let _ = io::Write::write_fmt(
            &mut io::stderr(),
            format_args!("cannot wait for PgBouncer to stop: {error}\n"),
        );
    }
}
