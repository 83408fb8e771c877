//! An audit: which files it looked at, and why each race still cannot happen.
//!
//! The form, which a person writes and this checks:
//!
//! ```text
//! ## Changed files                       every path of the change, in backticks
//! ## Tests given up                       only when there are any:
//! - `test_name`: …                        a test that audits before it name, and what became of it
//! ### R01 Double finalize                 one heading for each race, and below it at least
//! **Holds because** …                     a reason
//! **Shown by** `test_name`                tests that exist
//! **Noticed without the guard** by `…`    and, where one says so, these, too
//! ```

use std::path::Path;

use super::{
    accepted::{self, Accepted},
    names::TestNames,
    races::RACES,
    sources,
};
use crate::shell::Failure;

const FILES: &str = "## Changed files";
const GIVEN_UP: &str = "## Tests given up";
const HOLDS: &str = "**Holds because**";
const SHOWN: &str = "**Shown by**";
const NOTICED: &str = "**Noticed without the guard**";

/// An audit as written.
#[derive(Debug)]
pub(super) struct Audit {
    path: String,
    text: String,
}

impl Audit {
    /// Reads the audit at `path`, which is inside the workspace so that it is kept with the code.
    pub(super) fn read(root: &Path, path: &Path) -> Result<Self, Failure> {
        let absolute = root.join(path);
        let inside = absolute.strip_prefix(root).map_err(|_| {
            Failure::new(format!(
                "{} is outside the workspace: audits are kept with it",
                path.display()
            ))
        })?;
        let path = inside.to_string_lossy().replace('\\', "/");
        Ok(Self { path, text: sources::read(&absolute)? })
    }

    /// Its path from the root of the workspace.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// What it says.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it has accepted something already.
    pub(super) fn has_accepted(&self) -> bool {
        !self.section(accepted::HEADING).is_empty()
    }

    /// What it has accepted.
    pub(super) fn accepted(&self) -> Accepted {
        Accepted::parse(self.section(accepted::HEADING))
    }

    /// Whether it says that it looked at the file at `path`.
    pub(super) fn names_file(&self, path: &str) -> bool {
        self.section(FILES).contains(&format!("`{path}`"))
    }

    /// Whether it says what became of a test that audits before it name.
    pub(super) fn gives_up(&self, test: &str) -> bool {
        self.section(GIVEN_UP).lines().any(|line| {
            let line = line.strip_prefix(&format!("- `{test}`"));
            line.is_some_and(|reason| reason.chars().any(char::is_alphabetic))
        })
    }

    /// Everything that it fails to say about a change of `paths`.
    pub(super) fn shortcomings(&self, paths: &[String], names: &TestNames) -> Vec<String> {
        let unnamed = paths.iter().filter(|it| !self.names_file(it));
        let mut found: Vec<_> =
            unnamed.map(|it| format!("`{it}` is not under \"{FILES}\"")).collect();
        found.extend(RACES.iter().flat_map(|race| self.shortcomings_on(race)));
        found.extend(self.lost_tests(names, &|_| false));
        found
    }

    /// Every test that it names and that is not in `names`, unless it is excused.
    pub(super) fn lost_tests(
        &self,
        names: &TestNames,
        is_excused: &dyn Fn(&str) -> bool,
    ) -> Vec<String> {
        let lost_of = |race: &&str| {
            let section = self.section(&format!("### {race} "));
            let tests =
                [SHOWN, NOTICED].map(|label| backticked(paragraph(section, label))).concat();
            let lost = tests.into_iter().filter(|it| !names.contains(it) && !is_excused(it));
            lost.map(|it| format!("{race} names `{it}`, which is no test here")).collect::<Vec<_>>()
        };
        RACES.iter().flat_map(lost_of).collect()
    }

    fn shortcomings_on(&self, race: &str) -> Vec<String> {
        let section = self.section(&format!("### {race} "));
        if section.is_empty() {
            return vec![format!("{race} has no heading \"### {race} …\"")];
        }
        let mut found = vec![];
        if paragraph(section, HOLDS).is_empty() {
            found.push(format!("{race} does not say {HOLDS} …"));
        }
        if backticked(paragraph(section, SHOWN)).is_empty() {
            found.push(format!("{race} names no test: {SHOWN} `test`"));
        }
        found
    }

    /// What stands between the heading that begins with `heading` and the next of its rank or above.
    fn section(&self, heading: &str) -> &str {
        let rank = heading.bytes().take_while(|it| *it == b'#').count();
        let begin = line_starts(&self.text).find(|at| self.text[*at..].starts_with(heading));
        let Some(begin) = begin else { return "" };
        let body = &self.text[begin..];
        let end = line_starts(body).skip(1).find(|at| is_heading_up_to(&body[*at..], rank));
        &body[..end.unwrap_or(body.len())]
    }
}

/// The text behind `label`, up to the next blank line.
fn paragraph<'a>(section: &'a str, label: &str) -> &'a str {
    let Some((_, rest)) = section.split_once(label) else { return "" };
    rest.split("\n\n").next().unwrap_or(rest).trim()
}

fn backticked(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn line_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}

fn is_heading_up_to(line: &str, rank: usize) -> bool {
    let hashes = line.bytes().take_while(|it| *it == b'#').count();
    (1..=rank).contains(&hashes) && line[hashes..].starts_with(' ')
}
