//! The Rust files of the workspace: those of the core, and the words of all of them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::shell::Failure;

/// Where tests are looked for.
const WHERE_TESTS_ARE: [&str; 4] = ["crates", "migrations", "tests", "xtask"];

/// Every word of every Rust file, by which a test that an audit names is known to exist.
#[derive(Debug, Default)]
pub(super) struct Words(BTreeSet<String>);

impl Words {
    pub(super) fn of(root: &Path) -> Result<Self, Failure> {
        let mut words = BTreeSet::new();
        for folder in WHERE_TESTS_ARE.iter().filter(|it| root.join(it).is_dir()) {
            for file in rust_files(root, folder)? {
                let stem = Path::new(&file).file_stem().unwrap_or_default();
                words.insert(stem.to_string_lossy().into_owned());
                let text = read(&root.join(&file))?;
                words.extend(text.split(|it: char| !is_of_word(it)).map(str::to_owned));
            }
        }
        Ok(Self(words))
    }

    #[cfg(test)]
    pub(super) fn from_text(text: &str) -> Self {
        Self(text.split_whitespace().map(str::to_owned).collect())
    }

    /// Whether there is a test, a case or a compile-fail file of this name.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }
}

/// `name` itself, or every Rust file below it, as paths from `root`, ascending.
pub(super) fn rust_files(root: &Path, name: &str) -> Result<Vec<String>, Failure> {
    let mut found = vec![];
    collect(&root.join(name), &mut found)?;
    let relative = |path: &PathBuf| {
        path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    };
    let mut files: Vec<_> = found.iter().map(relative).collect();
    files.sort();
    Ok(files)
}

/// The text of a file.
pub(super) fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
        for entry in entries {
            collect(&entry.map_err(|error| unreadable(path, &error))?.path(), found)?;
        }
    } else if path.is_file() && path.extension().is_some_and(|it| it == "rs") {
        found.push(path.to_owned());
    }
    Ok(())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot read {}: {error}", path.display()))
}

fn is_of_word(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '_'
}
