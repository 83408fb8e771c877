//! Runs other programs: shows what it runs and, when that fails, says so plainly.

use std::{
    ffi::OsStr,
    fmt,
    path::{Path, PathBuf},
    process::{Command, ExitCode, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// Why a chore did not succeed, in words for the terminal, and the exit code that says so.
#[derive(Debug)]
pub(crate) struct Failure {
    exit_code: u8,
    message: String,
}

impl Failure {
    /// The chore ran and found something wrong.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { exit_code: 1, message: message.into() }
    }

    /// The chore could not run here at all until the reader does what `message` says.
    pub(crate) fn unprepared(message: impl Into<String>) -> Self {
        Self { exit_code: 2, message: message.into() }
    }

    /// All `problems` of one kind at once; success if there are none.
    pub(crate) fn unless_empty(headline: &str, problems: &[String]) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        let list = problems.join("\n  - ");
        Err(Self::new(format!("{headline} ({}):\n  - {list}", problems.len())))
    }

    /// The exit code that says what sort of failure it is.
    pub(crate) fn exit_code(&self) -> u8 {
        self.exit_code
    }

    /// Prints the message and returns the exit code for the shell.
    pub(crate) fn report(&self) -> ExitCode {
        eprintln!("error: {self}");
        ExitCode::from(self.exit_code)
    }

    fn exited(command: &Command, status: ExitStatus) -> Self {
        let exit_code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
        Self { exit_code, message: format!("`{}` failed: {status}", line(command)) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// The directory of the workspace, whatever the current one is.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Where cargo builds, and where chores keep what they download or leave behind.
pub(crate) fn target() -> PathBuf {
    // `join` keeps an absolute path as it is.
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// The cargo that runs us, at the root of the workspace.
pub(crate) fn cargo<Arg: AsRef<OsStr>>(args: impl IntoIterator<Item = Arg>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    command
}

/// The `guerdon` of this checkout, built when needed.
pub(crate) fn guerdon(args: &[&str]) -> Command {
    let mut command = cargo(["run", "--quiet", "--package", "cli", "--"]);
    command.args(args);
    command
}

/// Shows `command`, runs it on our terminal and waits for it.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    eprintln!("$ {}", line(command));
    let status = command.status().map_err(|error| unstartable(command, &error))?;
    if status.success() { Ok(()) } else { Err(Failure::exited(command, status)) }
}

/// What `command` prints, without the white space around it.
pub(crate) fn output(command: &mut Command) -> Result<String, Failure> {
    let output =
        command.stderr(Stdio::inherit()).output().map_err(|error| unstartable(command, &error))?;
    if !output.status.success() {
        return Err(Failure::exited(command, output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The directories in which the system looks for programs.
pub(crate) fn path_directories() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}

/// Whether the system finds `program`.
pub(crate) fn on_path(program: &str) -> bool {
    path_directories().iter().any(|directory| directory.join(program).is_file())
}

/// Measures how long a chore takes.
#[derive(Debug)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts measuring.
    #[expect(clippy::disallowed_methods, reason = "a chore measures the real time it takes")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub(crate) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

fn unstartable(command: &Command, error: &std::io::Error) -> Failure {
    Failure::unprepared(format!("cannot start `{}`: {error}", line(command)))
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(OsStr::to_string_lossy).collect();
    words.join(" ")
}
