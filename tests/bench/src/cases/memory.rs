//! How much memory the `guerdon` command takes, each call in a process of its own.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::{Failure, args::Args, field, ground::create, program, stopwatch::Stopwatch};

/// What is asked of the tournament, from its file to what everybody has.
const COMMANDS: [&[&str]; 4] =
    [&["import", "cup.csv"], &["finalize", "cup"], &["verify"], &["export", "--digest"]];

/// How often a process is looked at. The peak never falls, so that only one of the last moment is
/// missed.
const LOOK: Duration = Duration::from_millis(2);

/// One tournament through the whole command, on both databases.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Memory {
    pub(crate) participants: u32,
    pub(crate) sqlite: Vec<Peak>,
    pub(crate) postgres: Vec<Peak>,
}

/// One call.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Peak {
    pub(crate) command: String,
    /// The most memory that was resident at any time.
    pub(crate) bytes: u64,
    pub(crate) seconds: f64,
}

impl Memory {
    /// The most of all.
    pub(crate) fn most(&self) -> u64 {
        self.sqlite.iter().chain(&self.postgres).map(|it| it.bytes).max().unwrap_or_default()
    }
}

pub(crate) async fn measure(server: &str, args: &Args) -> Result<Memory, Failure> {
    let participants = args.size_of_memory();
    let directory = tempfile::tempdir()?;
    write_results(&directory.path().join("cup.csv"), participants)?;
    let sqlite = run_all(directory.path(), "sqlite://cup.sqlite?mode=rwc")?;
    let postgres = run_all(directory.path(), &create(server, "memory").await?)?;
    Ok(Memory { participants, sqlite, postgres })
}

fn run_all(directory: &Path, database: &str) -> Result<Vec<Peak>, Failure> {
    let guerdon = |args: &[&str]| {
        let mut command = program::guerdon(database, args)?;
        watch(command.current_dir(directory), args.join(" "))
    };
    guerdon(&["migrate", "up"])?;
    COMMANDS.into_iter().map(guerdon).collect()
}

/// The players in an order that has nothing to do with their ids.
fn write_results(path: &Path, participants: u32) -> Result<(), Failure> {
    let mut players: Vec<u32> = (0..participants).collect();
    fastrand::Rng::with_seed(1).shuffle(&mut players);
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "player_id,player_name,placement")?;
    for (placement, player) in (1..).zip(players) {
        let player = field::player(player);
        writeln!(file, "{},{},{placement}", player.key, player.name)?;
    }
    Ok(file.flush()?)
}

/// Runs a command to its end, and looks at it all the while.
fn watch(command: &mut Command, name: String) -> Result<Peak, Failure> {
    let stopwatch = Stopwatch::start();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let mut bytes = 0;
    while child.try_wait()?.is_none() {
        bytes = peak_bytes(&child)?.unwrap_or(bytes);
        thread::sleep(LOOK);
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`guerdon {name}` failed: {words}").into());
    }
    Ok(Peak { command: name, bytes, seconds: stopwatch.elapsed().as_secs_f64() })
}

/// What Linux says of a living process; `None` at its end.
fn peak_bytes(child: &Child) -> Result<Option<u64>, Failure> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id()))?;
    let peak = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    let kibibytes = peak.and_then(|it| it.trim().strip_suffix("kB"));
    Ok(kibibytes.map(|it| it.trim().parse::<u64>()).transpose()?.map(|it| it << 10))
}
