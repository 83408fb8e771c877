//! The files of the workspace, and the hashes of what they contain.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::shell::Failure;

/// Files with the hash of their content, in hexadecimal digits.
pub(super) type Hashes = BTreeMap<String, String>;

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

/// Writes the text of a file.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text)
        .map_err(|error| Failure::new(format!("{} cannot be written: {error}", path.display())))
}

/// The hash of `text`, in hexadecimal digits.
pub(super) fn hash(text: &str) -> String {
    let digits: Vec<_> = Sha256::digest(text).iter().map(|it| format!("{it:02x}")).collect();
    digits.concat()
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
