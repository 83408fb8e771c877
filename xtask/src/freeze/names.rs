//! The names of all tests of the workspace, as they stand in its sources.

use std::{collections::BTreeSet, path::Path};

use super::sources;
use crate::shell::Failure;

/// Where tests are looked for.
const WHERE_TESTS_ARE: [&str; 4] = ["crates", "migrations", "tests", "xtask"];

/// Files that show a misuse not to compile: each is a test of its own name.
const COMPILE_FAIL: &str = "/tests/ui/";

/// Every test that an audit may name: a function with a test attribute, a case that a macro makes a
/// test of, or a file of a misuse that does not compile. A function that only happens to exist is
/// none of them.
#[derive(Debug, Default)]
pub(super) struct TestNames(BTreeSet<String>);

impl TestNames {
    /// Reads all sources below `root`.
    pub(super) fn of(root: &Path) -> Result<Self, Failure> {
        let mut files = vec![];
        for folder in WHERE_TESTS_ARE.iter().filter(|it| root.join(it).is_dir()) {
            for file in sources::rust_files(root, folder)? {
                let text = sources::read(&root.join(&file))?;
                files.push((file, text));
            }
        }
        Ok(Self::in_files(&files))
    }

    /// The tests of `files`, each its path and its text.
    pub(super) fn in_files(files: &[(String, String)]) -> Self {
        let makers: BTreeSet<_> = files.iter().flat_map(|(_, text)| makers(text)).collect();
        let mut names = BTreeSet::new();
        for (path, text) in files {
            names.extend(compile_fail(path));
            names.extend(functions(text));
            names.extend(makers.iter().flat_map(|maker| cases(maker, text)));
        }
        Self(names)
    }

    /// Whether there is a test of this name, which may stand behind the modules that it is in.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.0.contains(name.rsplit("::").next().unwrap_or(name))
    }
}

fn compile_fail(path: &str) -> Option<String> {
    let (_, name) = path.split_once(COMPILE_FAIL)?;
    name.strip_suffix(".rs").map(str::to_owned)
}

/// The functions below a test attribute, whatever other attributes come between.
fn functions(text: &str) -> Vec<String> {
    let mut found = vec![];
    let mut is_test = false;
    for line in text.lines().map(str::trim_start) {
        match (is_test_attribute(line), function(line)) {
            (true, _) => is_test = true,
            (false, Some(name)) if is_test => {
                found.extend((!name.is_empty()).then(|| name.to_owned()));
                is_test = false;
            }
            (false, Some(_)) if !line.contains("#[") => is_test = false,
            _ => {}
        }
    }
    found
}

fn is_test_attribute(line: &str) -> bool {
    let Some(attribute) = line.trim_start_matches("$(").strip_prefix("#[") else { return false };
    let path = attribute.split(['(', ']']).next().unwrap_or_default();
    path.rsplit("::").next() == Some("test")
}

/// The name of the function that `line` declares: empty where a macro puts it in.
fn function(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub ").unwrap_or(line);
    let rest = rest.strip_prefix("async ").unwrap_or(rest).strip_prefix("fn ")?;
    rest.split(|it| !is_of_name(it)).next()
}

/// The macros that `text` defines and that make tests.
fn makers(text: &str) -> Vec<String> {
    let definitions = text.split("\nmacro_rules! ").skip(1);
    let made = definitions.filter_map(|it| {
        let (name, _) = it.split_once(" {")?;
        let body = it.split("\n}").next()?;
        body.lines().any(|line| is_test_attribute(line.trim_start())).then(|| name.to_owned())
    });
    made.collect()
}

/// What every call of `maker` in `text` lists: names of several words that stand for themselves,
/// not for a call, a path or an argument.
fn cases(maker: &str, text: &str) -> Vec<String> {
    let calls = text.match_indices(&format!("{maker}!")).collect::<Vec<_>>();
    let whole = calls.into_iter().filter(|(at, _)| !text[..*at].ends_with(is_of_name));
    let arguments = whole.filter_map(|(at, call)| argument(text[at + call.len()..].trim_start()));
    arguments.flat_map(|it| listed(&it)).collect()
}

/// The text between the brackets with which `call` begins, without its strings.
fn argument(call: &str) -> Option<String> {
    let mut kept = String::new();
    let mut depth = 0_usize;
    let mut rest = call;
    while let Some(it) = rest.chars().next() {
        if let Some(behind) = behind_string(rest) {
            kept.push('"');
            rest = behind;
            continue;
        }
        match it {
            '{' | '(' => depth += 1,
            '}' | ')' if depth == 1 => return Some(kept),
            '}' | ')' if depth > 1 => depth -= 1,
            _ if depth == 0 => return None,
            _ => {}
        }
        kept.push(it);
        rest = &rest[it.len_utf8()..];
    }
    None
}

/// What comes behind the string with which `text` begins, if it begins with one.
fn behind_string(text: &str) -> Option<&str> {
    if let Some(raw) = text.strip_prefix("r#\"") {
        return Some(raw.split_once("\"#")?.1);
    }
    let string = text.strip_prefix('"')?;
    let mut is_escaped = false;
    let end = string.find(|it| {
        let ends = it == '"' && !is_escaped;
        is_escaped = it == '\\' && !is_escaped;
        ends
    })?;
    Some(&string[end + 1..])
}

fn listed(argument: &str) -> Vec<String> {
    let mut found = vec![];
    let mut before = ' ';
    let mut rest = argument;
    while let Some(first) = rest.chars().next() {
        let length = rest.find(|it| !is_of_name(it)).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(length.max(first.len_utf8()));
        if length > 0 && before != '$' && name.contains('_') && stands_alone(behind) {
            found.push(name.to_owned());
        }
        before = first;
        rest = behind;
    }
    found
}

fn stands_alone(behind: &str) -> bool {
    !["(", "!", "::", ".", ")"].iter().any(|it| behind.starts_with(it))
}

fn is_of_name(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_is_a_test_only_below_a_test_attribute() {
        let text = "\
fn helper() {}
#[test]
fn pays_once() {}
fn helper_of_it() {}
    #[tokio::test(flavor = \"multi_thread\")]
    #[expect(clippy::unwrap_used, reason = \"it is a test\")]
    async fn waits_for_it() {}
// pays_twice
";

        let names = names("tests/pay.rs", text);

        assert_eq!(names, ["pays_once", "waits_for_it"]);
    }

    #[test]
    fn cases_are_what_a_macro_makes_tests_of() {
        let text = "
macro_rules! suite {
    ($harness:ty) => {
        $crate::suite! { $harness =>
            locking::second_one_waits,
        }
    };
    ($harness:ty => $($module:ident :: $case:ident),+) => {
        $(
            #[$crate::tokio::test]
            async fn $case() { run_it(&a_harness).await; }
        )+
    };
}

macro_rules! no_suite {
    ($of:ident) => {};
}

suite! {
    taken_out: Lock {
        it_is_paid_twice [with Gate]: Catcher::case(some_case), r#\"a \"raw_string\"#;
        other_rule, \"a_\\\"string\" => it_is_lost;
    }
}
suite!(on_one_line, and_another);
no_suite!(of_no_use);
";

        let names = names("tests/suite.rs", text);

        assert_eq!(
            names,
            [
                "and_another",
                "it_is_lost",
                "it_is_paid_twice",
                "on_one_line",
                "other_rule",
                "second_one_waits",
                "taken_out",
            ]
        );
    }

    #[test]
    fn file_of_a_misuse_is_a_test() {
        assert_eq!(names("crates/ports/tests/ui/fail_forged.rs", "fn main() {}"), ["fail_forged"]);
        assert!(names("crates/ports/src/forged.rs", "fn main() {}").is_empty());
    }

    fn names(path: &str, text: &str) -> Vec<String> {
        let names = TestNames::in_files(&[(path.to_owned(), text.to_owned())]);
        names.0.into_iter().collect()
    }
}
