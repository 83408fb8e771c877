//! What became of the core since the audits accepted it.

use std::{collections::BTreeSet, fmt, path::Path};

use super::{manifest::Files, sources::Hashes};

/// What became of a file since it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Its content is another.
    Edited { path: String, audit: String },
    /// It is new in a folder of the core.
    Added { path: String },
    /// It is gone.
    Removed { path: String, audit: String },
    /// It is there, and the list covers it no longer.
    Uncovered { path: String, audit: String },
}

/// Everything that differs between what was `accepted` and `now`, by path.
pub(super) fn since(accepted: &Files, now: &Hashes, root: &Path) -> Vec<Change> {
    let paths: BTreeSet<_> = accepted.keys().chain(now.keys()).collect();
    let change = |path: &String| {
        let Some(file) = accepted.get(path) else {
            return Some(Change::Added { path: path.clone() });
        };
        let (path, audit) = (path.clone(), file.audit.clone());
        match now.get(&path) {
            Some(hash) if file.sha256 == *hash => None,
            Some(_) => Some(Change::Edited { path, audit }),
            None if root.join(&path).exists() => Some(Change::Uncovered { path, audit }),
            None => Some(Change::Removed { path, audit }),
        }
    };
    paths.into_iter().filter_map(change).collect()
}

impl Change {
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Edited { path, .. }
            | Self::Added { path }
            | Self::Removed { path, .. }
            | Self::Uncovered { path, .. } => path,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Edited { path, audit } => write!(f, "{path} is not as {audit} accepted it"),
            Self::Added { path } => write!(f, "{path} is new in the core, and in no audit"),
            Self::Removed { path, audit } => write!(f, "{path} is gone, which {audit} accepted"),
            Self::Uncovered { path, audit } => {
                write!(f, "{path} is covered no longer, which {audit} accepted")
            }
        }
    }
}
