//! The file that results come from, and whether it is still the same.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read},
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{Problem, ProblemKind};

/// A file as it was when it was opened first.
#[derive(Debug, Clone)]
pub(super) struct Source {
    path: PathBuf,
    name: String,
    fingerprint: Fingerprint,
}

/// What changes when a file does.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fingerprint {
    size_bytes: u64,
    modified: Option<SystemTime>,
}

impl Source {
    /// Finds the file.
    pub(super) fn open(path: &Path) -> Result<Self, Box<Problem>> {
        let name = path.display().to_string();
        let metadata = fs::metadata(path).map_err(|error| unreadable(&name, &error))?;
        if metadata.is_dir() {
            return Err(Problem::new(ProblemKind::Unreadable, &name, "this is a directory")
                .expected("a file of results")
                .advice("name the files in it, one import each"));
        }
        // A pipe has no size and is empty the second time.
        if !metadata.is_file() {
            return Err(Problem::new(ProblemKind::Unreadable, &name, "this is not a regular file")
                .advice("write it to a file first: it is read twice"));
        }
        Ok(Self { path: path.to_owned(), name, fingerprint: Fingerprint::of(&metadata) })
    }

    /// The file again, for another reading.
    pub(super) fn reader(&self) -> Result<fs::File, Box<Problem>> {
        let file = fs::File::open(&self.path).map_err(|error| self.unreadable(&error))?;
        self.unchanged()?;
        Ok(file)
    }

    /// Whether the file is what it was.
    pub(super) fn unchanged(&self) -> Result<(), Box<Problem>> {
        let metadata = fs::metadata(&self.path).map_err(|error| self.unreadable(&error))?;
        if Fingerprint::of(&metadata) == self.fingerprint {
            return Ok(());
        }
        Err(self
            .problem(ProblemKind::Changed, "the file changed while it was being imported")
            .advice("import it again once it is complete: nothing is paid twice"))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn size_bytes(&self) -> u64 {
        self.fingerprint.size_bytes
    }

    /// What a tournament is called whose file does not say so.
    pub(super) fn stem(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(super) fn problem(&self, kind: ProblemKind, message: impl Into<String>) -> Box<Problem> {
        Problem::new(kind, &self.name, message)
    }

    pub(super) fn unreadable(&self, error: &io::Error) -> Box<Problem> {
        unreadable(&self.name, error)
    }

    /// Bytes in `line` that are no UTF-8.
    pub(super) fn not_utf8(&self, line: u64) -> Box<Problem> {
        self.problem(ProblemKind::Encoding, "this is not UTF-8").at(line).advice(format!(
            "convert the file, such as with `iconv -f {} -t UTF-8`",
            self.encoding()
        ))
    }

    /// The likeliest encoding of a file that is no UTF-8: UTF-16 begins with a mark of its own.
    fn encoding(&self) -> &'static str {
        let mut mark = [0; 2];
        let read = File::open(&self.path).and_then(|mut file| file.read_exact(&mut mark));
        match (read, mark) {
            (Ok(()), [0xff, 0xfe] | [0xfe, 0xff]) => "UTF-16",
            _ => "LATIN1",
        }
    }
}

impl Fingerprint {
    fn of(metadata: &Metadata) -> Self {
        Self { size_bytes: metadata.len(), modified: metadata.modified().ok() }
    }
}

fn unreadable(name: &str, error: &io::Error) -> Box<Problem> {
    let advice = match error.kind() {
        io::ErrorKind::NotFound => "check the path",
        io::ErrorKind::PermissionDenied => "check the permissions of the file",
        _ => "check the file and the disk, then try again",
    };
    Problem::new(ProblemKind::Unreadable, name, format!("cannot be read: {error}")).advice(advice)
}
