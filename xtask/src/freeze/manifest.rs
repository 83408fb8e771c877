//! The list of the core: which folders it is, and each file as it was accepted.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    path::Path,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{audit::Audit, sources};
use crate::shell::Failure;

const HEADER: &str = "\
# The hardened core: the files that make the guarantee. Written by `cargo xtask freeze accept`, which
# takes a change only on the word of an audit; `cargo xtask freeze check` holds the tree to it, in CI.
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
    /// Each file of the core as it was accepted.
    #[serde(default)]
    files: BTreeMap<String, Accepted>,
}

/// A file as an audit accepted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    sha256: String,
    audit: String,
}

/// Files with the hash of their content, in hexadecimal digits.
pub(super) type Hashes = BTreeMap<String, String>;

/// What became of a file since it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Its content is another.
    Edited { path: String, audit: String },
    /// It is new in a folder of the core.
    Added { path: String },
    /// It is gone.
    Removed { path: String, audit: String },
}

impl Manifest {
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = sources::read(path)?;
        toml::from_str(&text)
            .map_err(|error| Failure::new(format!("{} cannot be read: {error}", path.display())))
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        let failed = |error: &dyn fmt::Display| {
            Failure::new(format!("{} cannot be written: {error}", path.display()))
        };
        let text = toml::to_string_pretty(self).map_err(|error| failed(&error))?;
        fs::write(path, format!("{HEADER}{text}")).map_err(|error| failed(&error))
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
                let hash = hash(&sources::read(&root.join(&file))?);
                hashes.insert(file, hash);
            }
        }
        Ok(hashes)
    }

    /// Everything that differs between what was accepted and `now`, by path.
    pub(super) fn changes(&self, now: &Hashes) -> Vec<Change> {
        let paths: BTreeSet<_> = self.files.keys().chain(now.keys()).collect();
        let change = |path: &String| match (self.files.get(path), now.get(path)) {
            (Some(accepted), Some(hash)) if accepted.sha256 == *hash => None,
            (Some(accepted), Some(_)) => {
                Some(Change::Edited { path: path.clone(), audit: accepted.audit.clone() })
            }
            (Some(accepted), None) => {
                Some(Change::Removed { path: path.clone(), audit: accepted.audit.clone() })
            }
            (None, _) => Some(Change::Added { path: path.clone() }),
        };
        paths.into_iter().filter_map(change).collect()
    }

    /// What is wrong with the audits that the list cites: one was written anew after it had accepted
    /// something, or it is not the one that names the file. A hash that somebody has put into the list
    /// by hand is not told from one that an audit has carried: whoever reads the change sees it.
    pub(super) fn unaudited(&self, root: &Path) -> Vec<String> {
        let text = |audit: &String| fs::read_to_string(root.join(audit)).unwrap_or_default();
        let sealed = |(audit, sealed): (&String, &String)| {
            let rewritten = hash(&text(audit)) != *sealed;
            rewritten.then(|| format!("{audit} is not as it was when it accepted something"))
        };
        let named = |(path, accepted): (&String, &Accepted)| {
            let audit = &accepted.audit;
            let named = text(audit).contains(&format!("`{path}`"));
            (!named).then(|| format!("{path} is not named by its audit {audit}"))
        };
        let mut found: Vec<_> = self.audits.iter().filter_map(sealed).collect();
        found.extend(self.files.iter().filter_map(named));
        found
    }

    /// Whether `audit` has carried a change already, whatever it says by now.
    pub(super) fn is_used(&self, audit: &Audit) -> bool {
        self.audits.contains_key(audit.path())
    }

    /// Takes `changes` over, on the word of `audit`.
    pub(super) fn accept(&mut self, changes: &[Change], now: &Hashes, audit: &Audit) {
        self.audits.insert(audit.path().to_owned(), hash(audit.text()));
        for path in changes.iter().map(Change::path) {
            match now.get(path) {
                Some(hash) => {
                    let accepted =
                        Accepted { sha256: hash.clone(), audit: audit.path().to_owned() };
                    self.files.insert(path.to_owned(), accepted);
                }
                None => drop(self.files.remove(path)),
            }
        }
    }
}

fn hash(text: &str) -> String {
    let digits: Vec<_> = Sha256::digest(text).iter().map(|it| format!("{it:02x}")).collect();
    digits.concat()
}

impl Change {
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Edited { path, .. } | Self::Added { path } | Self::Removed { path, .. } => path,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Edited { path, audit } => write!(f, "{path} is not as {audit} accepted it"),
            Self::Added { path } => write!(f, "{path} is new in the core, and in no audit"),
            Self::Removed { path, audit } => write!(f, "{path} is gone, which {audit} accepted"),
        }
    }
}
