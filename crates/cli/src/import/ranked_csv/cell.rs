//! What a cell says about how somebody ended.

use domain::{Finish, Placement};

use crate::import::StatusWords;

/// A cell that says nothing, and what it could say.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) expected: String,
    pub(super) advice: &'static str,
}

/// A placement, or a word in its place.
pub(super) fn placement(cell: &str, words: &StatusWords) -> Result<Finish<Placement>, Unreadable> {
    if let Some(finish) = words.finish(cell) {
        return Ok(finish);
    }
    // `parse` alone would take "+1".
    let digits = cell.bytes().all(|it| it.is_ascii_digit());
    let rank = cell.parse().ok().filter(|_| digits).and_then(Placement::new);
    rank.map(Finish::Marked).ok_or_else(|| unreadable("a whole number from 1", cell, words))
}

/// A measured value, or a word in its place.
pub(super) fn value(cell: &str, words: &StatusWords) -> Result<Finish<f64>, Unreadable> {
    if let Some(finish) = words.finish(cell) {
        return Ok(finish);
    }
    // `parse` alone would take "inf", "NaN" and "infinity".
    let value = cell.parse().ok().filter(|it: &f64| it.is_finite());
    value.map(Finish::Marked).ok_or_else(|| unreadable("a number such as 12.5", cell, words))
}

fn unreadable(number: &str, cell: &str, words: &StatusWords) -> Unreadable {
    let is_word = !cell.is_empty() && cell.chars().all(char::is_alphabetic);
    Unreadable {
        expected: format!("{number}, or one of {}", words.list()),
        advice: if is_word {
            "say what the word means with --unplaced-word, --absent-word or --disqualified-word"
        } else {
            "correct the cell"
        },
    }
}
