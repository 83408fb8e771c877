//! What a cell says about how somebody ended.

use domain::{Finish, MemberWeight, Placement};

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
    let rank = whole(cell).and_then(Placement::new);
    rank.map(Finish::Marked).ok_or_else(|| unreadable("a whole number from 1", cell, words))
}

/// A measured value, or a word in its place.
pub(super) fn value(cell: &str, words: &StatusWords) -> Result<Finish<f64>, Unreadable> {
    if let Some(finish) = words.finish(cell) {
        return Ok(finish);
    }
    number(cell).map(Finish::Marked).ok_or_else(|| unreadable("a number such as 12.5", cell, words))
}

/// What a member counts in a team; an empty cell says that it is as much as any other.
pub(super) fn weight(cell: &str) -> Result<MemberWeight, Unreadable> {
    if cell.is_empty() {
        return Ok(MemberWeight::ONE);
    }
    whole(cell).and_then(MemberWeight::new).ok_or_else(|| Unreadable {
        expected: format!("a whole number from 1 to {}, or nothing", MemberWeight::MAX),
        advice: "correct the cell",
    })
}

/// What decides between those who end level; an empty cell says nothing.
pub(super) fn tie_break(cell: &str) -> Result<Option<f64>, Unreadable> {
    if cell.is_empty() {
        return Ok(None);
    }
    number(cell).map(Some).ok_or_else(|| Unreadable {
        expected: "a number such as 12.5, or nothing".to_owned(),
        advice: "correct the cell",
    })
}

/// `parse` alone would take "+1".
fn whole(cell: &str) -> Option<u32> {
    let digits = cell.bytes().all(|it| it.is_ascii_digit());
    cell.parse().ok().filter(|_| digits)
}

/// `parse` alone would take "inf", "NaN" and "infinity".
fn number(cell: &str) -> Option<f64> {
    cell.parse().ok().filter(|it: &f64| it.is_finite())
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
