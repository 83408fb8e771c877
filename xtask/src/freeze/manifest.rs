//! The list of the core: which folders it is, and each file as it was accepted.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::sources::{self, Hashes};
use crate::shell::Failure;

const HEADER: &str = "\
# The hardened core: the files that make the guarantee. Written by `cargo xtask freeze accept`, which
# takes a change only on the word of an audit and writes there what it took; `cargo xtask freeze check`
# holds the tree and this list to the audits, in CI.
# `covers` is edited by hand: a folder there means every Rust file below it, those to come included.

";

/// The core, as docs/hardened-core.toml has it.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// Files, and folders with every Rust file below them.
    covers: BTreeSet<String>,
    /// Each audit that has accepted something, with the hash of its text: it carried that change and
    /// no later one, and is not written anew afterwards.
    #[serde(default)]
    audits: Hashes,
    /// Each file of the core as it was accepted: what the audits say, drawn together for whoever reads
    /// it.
    #[serde(default)]
    files: Files,
}

/// A file as an audit accepted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListedFile {
    pub(super) sha256: String,
    pub(super) audit: String,
}

/// Each file of the core as the last audit that names it accepted it.
pub(super) type Files = BTreeMap<String, ListedFile>;

impl Manifest {
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = sources::read(path)?;
        toml::from_str(&text)
            .map_err(|error| Failure::new(format!("{} cannot be read: {error}", path.display())))
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        let text = toml::to_string_pretty(self).map_err(|error| {
            Failure::new(format!("{} cannot be written: {error}", path.display()))
        })?;
        sources::write(path, &format!("{HEADER}{text}"))
    }

    /// Each audit that has accepted something, with the hash of its text.
    pub(super) fn seals(&self) -> &Hashes {
        &self.audits
    }

    /// Hashes every file that `covers` names today. A name that stands for nothing is refused: it
    /// would protect nothing without a word.
    pub(super) fn hashes_now(&self, root: &Path) -> Result<Hashes, Failure> {
        let mut hashes = Hashes::new();
        for name in &self.covers {
            let files = sources::rust_files(root, name)?;
            if files.is_empty() {
                return Err(Failure::new(format!("the core covers {name}, where no Rust file is")));
            }
            for file in files {
                let hash = sources::hash(&sources::read(&root.join(&file))?);
                hashes.insert(file, hash);
            }
        }
        Ok(hashes)
    }

    /// Everything in which the list differs from `files`, which sealed audits have accepted: a hash
    /// that was put in by hand, or a file that was taken out.
    pub(super) fn disagreements(&self, files: &Files) -> Vec<String> {
        let paths: BTreeSet<_> = self.files.keys().chain(files.keys()).collect();
        let wrong = |path: &&String| match (self.files.get(*path), files.get(*path)) {
            (Some(listed), Some(accepted)) if listed == accepted => None,
            (Some(_), _) => Some(format!("{path} is listed with what no audit has accepted")),
            (None, _) => Some(format!("{path} is not listed, and an audit has accepted it")),
        };
        paths.iter().filter_map(wrong).collect()
    }

    /// Lists `audit`, sealed with the hash of `text`, and `files` as all audits together have them.
    pub(super) fn seal(&mut self, audit: &str, text: &str, files: Files) {
        self.audits.insert(audit.to_owned(), sources::hash(text));
        self.files = files;
    }
}
