//! What all sealed audits say together.

use std::path::Path;

use super::{
    accepted::Accepted,
    audit::Audit,
    manifest::{Files, ListedFile},
    names::TestNames,
    sources::{self, Hashes},
};

/// The audits that have accepted something, in their order.
#[derive(Debug)]
pub(super) struct Sealed {
    audits: Vec<(Audit, Accepted)>,
    /// What is wrong with them: one was written anew, has gone, or does not follow the one before.
    broken: Vec<String>,
}

impl Sealed {
    /// Reads the audits of `seals`, each with the hash of its text.
    pub(super) fn read(root: &Path, seals: &Hashes) -> Self {
        let mut sealed = Self { audits: vec![], broken: vec![] };
        let mut before: Option<(String, String)> = None;
        for (path, seal) in seals {
            match Audit::read(root, Path::new(path)) {
                Ok(audit) => sealed.push(audit, seal, before.as_ref()),
                Err(error) => sealed.broken.push(error.to_string()),
            }
            before = Some((path.clone(), seal.clone()));
        }
        sealed
    }

    /// What is wrong with the seals, which nothing can be built on until it is put right.
    pub(super) fn broken(&self) -> &[String] {
        &self.broken
    }

    /// Each file of the core as the last audit that names it accepted it.
    pub(super) fn files(&self) -> Files {
        let mut files = Files::new();
        for (audit, accepted) in &self.audits {
            accept(&mut files, audit, accepted);
        }
        files
    }

    /// Everything that they say of tests that are no longer there: one that was renamed or given up
    /// since needs a later audit which says so.
    pub(super) fn lost_tests(&self, names: &TestNames) -> Vec<String> {
        let lost_by = |(at, (audit, _)): (usize, &(Audit, Accepted))| {
            let later = &self.audits[at + 1..];
            let is_excused = |test: &str| later.iter().any(|(it, _)| it.gives_up(test));
            let lost: Vec<_> = audit.lost_tests(names, &is_excused);
            lost.into_iter().map(|it| format!("{}: {it}", audit.path())).collect::<Vec<_>>()
        };
        self.audits.iter().enumerate().flat_map(lost_by).collect()
    }

    fn push(&mut self, audit: Audit, seal: &str, before: Option<&(String, String)>) {
        let path = audit.path();
        let accepted = audit.accepted();
        if sources::hash(audit.text()) != seal {
            self.broken.push(format!("{path} is not as it was when it accepted something"));
        }
        if accepted.after.as_ref() != before {
            self.broken.push(format!("{path} does not follow the audit before it"));
        }
        let unnamed = accepted.files.keys().filter(|it| !audit.names_file(it));
        let unnamed = unnamed.map(|it| format!("{it} is not named by its audit {path}"));
        self.broken.extend(unnamed);
        self.audits.push((audit, accepted));
    }
}

/// Takes over what `audit` has accepted.
pub(super) fn accept(files: &mut Files, audit: &Audit, accepted: &Accepted) {
    for (path, hash) in &accepted.files {
        let audit = audit.path().to_owned();
        match hash.clone() {
            Some(sha256) => drop(files.insert(path.clone(), ListedFile { sha256, audit })),
            None => drop(files.remove(path)),
        }
    }
}
