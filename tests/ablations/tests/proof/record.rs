//! What an ablation has shown, for the table in `docs/proof.md`.

use std::{fs, path::PathBuf};

use serde::Serialize;

/// What an ablation has shown: one row of the table. Nothing in it differs from run to run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row<'a> {
    /// Which table: `guard`, `backing` or `constraint`.
    pub(crate) kind: &'a str,
    /// Where the row stands: guards in the order of their list, constraints by table.
    pub(crate) order: usize,
    /// The guard, by name.
    pub(crate) guard: &'a str,
    /// The races that it closes.
    pub(crate) races: &'a str,
    /// What was taken out together with it, because it would have stood in.
    pub(crate) besides: Vec<String>,
    /// What goes wrong.
    pub(crate) harm: String,
    /// What is noticed while the guard stands; empty when nothing is.
    pub(crate) standing: &'a str,
    /// How it was noticed.
    pub(crate) noticed: &'a str,
    /// By what: a search, a conformance case, a probe.
    pub(crate) catcher: &'a str,
    /// The stores on which it was shown.
    pub(crate) stores: Vec<&'a str>,
    /// The test.
    pub(crate) test: String,
}

impl Row<'_> {
    /// Leaves the row where `cargo xtask proof` looks for it.
    pub(crate) fn record(&self) {
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("proof");
        fs::create_dir_all(&directory).unwrap();
        let file = format!("{}.json", self.test.replace("::", "."));
        fs::write(directory.join(file), serde_json::to_string_pretty(self).unwrap()).unwrap();
    }
}

/// The name of a test as a sentence.
pub(crate) fn sentence(name: &str) -> String {
    name.replace('_', " ")
}
