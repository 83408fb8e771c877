//! Keeps a private PostgreSQL server for as long as somebody holds it, and not a moment longer.
//!
//! Who may be killed cannot promise to clean up. So a small shell, the keeper, makes the server's
//! directory, starts and stops the server, and waits on a pipe that we hold open: it also hears of a
//! SIGKILL.

mod pooler;

use std::{
    ffi::OsStr,
    fs,
    io::{self, BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

pub use self::pooler::{POOLER_VARIABLE, Pooler};

/// Names the directory of the server programs to tests that keep a server of their own.
pub const PROGRAMS_VARIABLE: &str = "GUERDON_TEST_POSTGRES_BIN";

/// Names the account that runs such a server, as `uid:gid`; not set where it is that of the tests.
pub const ACCOUNT_VARIABLE: &str = "GUERDON_TEST_POSTGRES_ACCOUNT";

/// So often a server is started: somebody else may be quicker to take a port that was free.
const ATTEMPTS_MAX: usize = 5;

/// How much of its log a server that does not start is quoted with.
const WORDS_MAX: usize = 20;

/// A server with a directory of its own. Dropping it ends the server and deletes the directory.
#[derive(Debug)]
pub struct Keeper {
    shell: Child,
    answers: BufReader<ChildStdout>,
    directory: PathBuf,
}

impl Keeper {
    /// Makes the directory of a server, with `settings` behind those of `postgresql.conf`. It runs
    /// under `account`, `uid:gid`, if that is another one: PostgreSQL refuses to be run by root.
    pub fn new(programs: &Path, settings: &str, account: Option<&str>) -> io::Result<Self> {
        let mut command = shell(programs, settings);
        if let Some(account) = account {
            assume(&mut command, account)?;
        }
        let mut shell = command.spawn()?;
        let stdout = shell.stdout.take().ok_or_else(silent)?;
        let mut keeper = Self { shell, answers: BufReader::new(stdout), directory: PathBuf::new() };
        keeper.directory = keeper.answer()?.into();
        Ok(keeper)
    }

    /// The directory of the server.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// All that the server has said.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.directory.join("server.log")).unwrap_or_default()
    }

    /// Starts the server on a port that nobody else uses, and waits until it accepts connections.
    pub fn start(&mut self) -> io::Result<u16> {
        self.start_on(std::iter::repeat_with(free_port))
    }

    /// The same on a port that it had before, from what is on the disk.
    pub fn restart(&mut self, port: u16) -> io::Result<()> {
        self.start_on(std::iter::repeat_with(|| Ok(port))).map(drop)
    }

    /// The same on the first of `ports` on which it starts; answers which one that is.
    pub fn start_on(&mut self, ports: impl Iterator<Item = io::Result<u16>>) -> io::Result<u16> {
        for port in ports.take(ATTEMPTS_MAX) {
            let port = port?;
            if self.ask(&format!("start {port}"))? == "ready" {
                return Ok(port);
            }
        }
        let log = self.log();
        let lines: Vec<_> = log.lines().collect();
        let words = lines[lines.len().saturating_sub(WORDS_MAX)..].join("\n");
        Err(io::Error::other(format!("PostgreSQL does not start:\n{words}")))
    }

    /// SIGKILL, for the server and for its processes of these numbers. No process of it is left then.
    pub fn crash(&mut self, processes: &[String]) -> io::Result<()> {
        self.ask(&format!("crash {}", processes.join(" "))).map(drop)
    }

    fn ask(&mut self, command: &str) -> io::Result<String> {
        let shell = self.shell.stdin.as_mut().ok_or_else(silent)?;
        writeln!(shell, "{command}")?;
        self.answer()
    }

    fn answer(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let answer = line.trim().to_owned();
        if answer.is_empty() { Err(silent()) } else { Ok(answer) }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        if let Err(error) = self.shell.wait() {
            let _ = writeln!(io::stderr(), "cannot wait for PostgreSQL to stop: {error}");
        }
    }
}

fn assume(command: &mut Command, account: &str) -> io::Result<()> {
    let numbers = account.split_once(':');
    let numbers = numbers.and_then(|(user, group)| Some((user.parse().ok()?, group.parse().ok()?)));
    let no_account = || io::Error::other(format!("{account} is no uid:gid"));
    let (user, group) = numbers.ok_or_else(no_account)?;
    // Dropping the user id as root drops the supplementary groups, too.
    command.uid(user).gid(group);
    Ok(())
}

fn shell(programs: &Path, settings: &str) -> Command {
    let mut command = quiet_shell(include_str!("keeper.sh"), "guerdon-postgres-keeper");
    command.args([programs.as_os_str(), OsStr::new(settings)]);
    command
}

/// A shell that runs `script`, and hears of our end through its standard input.
fn quiet_shell(script: &str, name: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", script, name])
        .env("LC_ALL", "C")
        .current_dir("/")
        // Out of reach of the terminal's Ctrl-C.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    command
}

fn free_port() -> io::Result<u16> {
    let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
    Ok(address.port())
}

/// The shell has ended, or never began to answer.
fn silent() -> io::Error {
    io::Error::other("whoever keeps PostgreSQL does not answer; its words are above")
}
