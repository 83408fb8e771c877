//! Reads clauses, rows and cases out of the text of the files that hold them.

/// One row of the contract table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// The clause's id, from the first column.
    pub(super) clause: String,
    /// Names of the tests that hold it, from the last column.
    pub(super) tests: Vec<String>,
}

/// Ids in bold in the doc comments of `source`, in order and as often as they occur.
pub(super) fn clauses(source: &str) -> Vec<String> {
    let lines = source.lines().map(str::trim_start);
    let docs = lines.filter(|line| line.starts_with("///") || line.starts_with("//!"));
    // What stands between the first and the second `**` of a line is bold, and so on.
    docs.flat_map(|line| line.split("**").skip(1).step_by(2))
        .filter(|text| is_clause_id(text))
        .map(str::to_owned)
        .collect()
}

/// The rows of all tables in `markdown` whose first column is a clause id.
pub(super) fn rows(markdown: &str) -> Vec<Row> {
    markdown.lines().filter_map(row).collect()
}

/// Names of the cases that `suite!` lists in `source`, without their modules.
pub(super) fn cases(source: &str) -> Vec<String> {
    let Some((_, suite)) = source.split_once("macro_rules! suite") else { return Vec::new() };
    suite.lines().filter_map(case).map(str::to_owned).collect()
}

/// Whether `text` is one or two words in capitals and a number, joined by hyphens.
fn is_clause_id(text: &str) -> bool {
    let is_word = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase());
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let Some((words, number)) = text.rsplit_once('-') else { return false };
    let words: Vec<_> = words.split('-').collect();
    words.len() <= 2 && words.iter().all(is_word) && is_number(number)
}

fn row(line: &str) -> Option<Row> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let (first, rest) = inner.split_once('|')?;
    let clause = first.trim().trim_matches(['*', '`']);
    let last = rest.rsplit('|').next()?;
    is_clause_id(clause).then(|| Row { clause: clause.to_owned(), tests: backticked(last) })
}

fn backticked(cell: &str) -> Vec<String> {
    let names = cell.split('`').skip(1).step_by(2);
    names.map(|name| name.rsplit("::").next().unwrap_or(name).trim().to_owned()).collect()
}

fn case(line: &str) -> Option<&str> {
    let (module, case) = line.trim().strip_suffix(',')?.split_once("::")?;
    (is_identifier(module) && is_identifier(case)).then_some(case)
}

fn is_identifier(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c == '_';
    text.starts_with(is_letter) && text.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_bold_ids_in_doc_comments() {
        let source = "\
//! Holds **ATOM-1**.
    /// **LOCK-1** Waits; see LOCK-2 and **Errors**, then **LOCK-ORDER-12**.
    // **LOCK-3** is no doc comment.
    let text = \"**LOCK-4**\";
    /// **LOCK-1**
";

        assert_eq!(clauses(source), ["ATOM-1", "LOCK-1", "LOCK-ORDER-12", "LOCK-1"]);
    }

    #[test]
    fn only_capitals_and_a_number_make_an_id() {
        assert!(["R-1", "LOCK-1", "LOCK-ORDER-12"].iter().all(|id| is_clause_id(id)));
        let others = ["", "LOCK", "LOCK-", "-1", "lock-1", "LOCK-1A", "A-B-C-1", "LOCK-ORDER"];
        assert!(!others.iter().any(|text| is_clause_id(text)));
    }

    #[test]
    fn rows_have_an_id_first_and_tests_last() {
        let markdown = "\
| clause | promise | race | constraint | test |
|---|---|---|---|---|
| LOCK-1 | the second `locker` waits | R01 | – | `second_locker_waits`, `locking::third_one_too` |
| **IDEM-1** | once | R06 | unique | `fail_forged_key` |
| IDEM-2 | untested | – | – | |
";
        let row = |clause: &str, tests: &[&str]| Row {
            clause: clause.into(),
            tests: tests.iter().map(ToString::to_string).collect(),
        };

        assert_eq!(
            rows(markdown),
            [
                row("LOCK-1", &["second_locker_waits", "third_one_too"]),
                row("IDEM-1", &["fail_forged_key"]),
                row("IDEM-2", &[]),
            ]
        );
    }

    #[test]
    fn cases_are_the_paths_that_the_suite_lists() {
        let source = "\
use std::fmt,
    io::read,
macro_rules! suite {
    ($harness:ty) => {
        $crate::suite! { $harness =>
            locking::second_locker_waits,
            ledger::equal_entry_is_replayed,
        }
    };
    ($harness:ty => $($module:ident :: $case:ident),+ $(,)?) => {
            #[$crate::tokio::test]
            $crate::cases::$module::$case(&harness).await;
";

        assert_eq!(cases(source), ["second_locker_waits", "equal_entry_is_replayed"]);
    }
}
