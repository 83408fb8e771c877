//! Real tournament results, for tests and demonstrations; `data/README.md` says whose they are.

use std::path::{Path, PathBuf};

/// Where the file `name`, such as `football/euro-2020.json`, lies.
#[must_use]
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}
