//! What an audit has accepted: written into the audit itself, so that no list can say something else.
//!
//! ```text
//! ## Accepted
//!
//! After `docs/audits/0001-….md` `hash`      the audit before it, and the hash of its text
//!
//! - `path` `hash`                           a file of the core as it was looked at
//! - `path` is out of the core               a file that is gone, or covered no longer
//! ```

use std::collections::BTreeMap;

use super::sources::Hashes;

/// The heading below which `accept` writes.
pub(super) const HEADING: &str = "## Accepted";

const WRITTEN: &str = "Written by `cargo xtask freeze accept`, which seals this page.";
const AFTER: &str = "After ";
const OUT: &str = "is out of the core";

/// Files as one audit accepted them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accepted {
    /// The audit before it and the hash of its text; none before the first.
    pub(super) after: Option<(String, String)>,
    /// Each file with the hash of its content; none when it is out of the core.
    pub(super) files: BTreeMap<String, Option<String>>,
}

impl Accepted {
    /// Takes the state `now` of the files at `paths`, on top of the last of the sealed audits.
    pub(super) fn new(paths: &[String], now: &Hashes, seals: &Hashes) -> Self {
        let after = seals.last_key_value().map(|(path, seal)| (path.clone(), seal.clone()));
        let files = paths.iter().map(|path| (path.clone(), now.get(path).cloned())).collect();
        Self { after, files }
    }

    /// Reads the section, its heading included.
    pub(super) fn parse(section: &str) -> Self {
        let after = section.lines().find_map(|it| quoted(it.strip_prefix(AFTER)?));
        let after = after.and_then(|(path, seal)| Some((path, seal?)));
        let files = section.lines().filter_map(|it| quoted(it.strip_prefix("- ")?));
        Self { after, files: files.collect() }
    }

    /// Writes the section, its heading included.
    pub(super) fn text(&self) -> String {
        let after = self.after.as_ref().map(|(path, seal)| format!("{AFTER}`{path}` `{seal}`\n\n"));
        let after = after.unwrap_or_default();
        let file = |(path, hash): (&String, &Option<String>)| match hash {
            Some(hash) => format!("- `{path}` `{hash}`\n"),
            None => format!("- `{path}` {OUT}\n"),
        };
        let files: Vec<_> = self.files.iter().map(file).collect();
        format!("{HEADING}\n\n{WRITTEN}\n\n{after}{}", files.concat())
    }
}

/// The first two texts in backticks.
fn quoted(line: &str) -> Option<(String, Option<String>)> {
    let mut texts = line.split('`').skip(1).step_by(2).map(str::to_owned);
    Some((texts.next()?, texts.next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_reads_back_whole() {
        let now = Hashes::from([("core/pay.rs".into(), "ab12".into())]);
        let seals = Hashes::from([("docs/audits/0001-first.md".into(), "cd34".into())]);
        let paths = ["core/gone.rs".to_owned(), "core/pay.rs".to_owned()];

        let accepted = Accepted::new(&paths, &now, &seals);

        assert_eq!(Accepted::parse(&accepted.text()), accepted);
        assert_eq!(accepted.files["core/gone.rs"], None);
    }
}
