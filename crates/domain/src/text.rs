//! What may stand in a key, a name or a reason: text that every store keeps, in one line.

use thiserror::Error;

/// The longest text, in characters: room for any name and for a sentence or two of a reason.
pub const TEXT_MAX_CHARS: usize = 500;

/// Why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TextProblem {
    /// There is nothing in it, or nothing that anybody could see.
    #[error("is empty")]
    Empty,
    /// It is longer than [`TEXT_MAX_CHARS`].
    #[error("is {chars} characters long")]
    TooLong {
        /// Its length, in characters.
        chars: usize,
    },
    /// It has a line break: two records ran together, most likely.
    #[error("is more than one line")]
    LineBreak,
    /// It has another control character. Databases refuse a NUL, and terminals obey the others.
    #[error("has the control character U+{:04X}", u32::from(*.letter))]
    Control {
        /// Which one.
        letter: char,
    },
}

impl TextProblem {
    /// What could stand there.
    #[must_use]
    pub fn expected(self) -> &'static str {
        match self {
            Self::Empty => "a text that says something",
            // The number is that of `TEXT_MAX_CHARS`, which a test holds it to.
            Self::TooLong { .. } => "at most 500 characters",
            Self::LineBreak => "a text of one line",
            Self::Control { .. } => "a text without control characters",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Empty => "write it down",
            Self::TooLong { .. } => "shorten it",
            Self::LineBreak => "write it in one line",
            Self::Control { .. } => "remove the character",
        }
    }
}

/// Refuses a text that is not one line of 1 to [`TEXT_MAX_CHARS`] characters, blanks alone counting
/// as none. The one rule for everything that people call something.
pub fn check_text(text: &str) -> Result<(), TextProblem> {
    if text.trim().is_empty() {
        return Err(TextProblem::Empty);
    }
    match text.chars().find(|it| it.is_control()) {
        Some('\n' | '\r') => return Err(TextProblem::LineBreak),
        Some(letter) => return Err(TextProblem::Control { letter }),
        None => {}
    }
    let chars = text.chars().count();
    if chars > TEXT_MAX_CHARS { Err(TextProblem::TooLong { chars }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_and_places_are_taken_as_they_are() {
        let longest = "ß".repeat(TEXT_MAX_CHARS);
        for text in ["ada", "Nürburgring 1000 km", "Иван Ю.", "女王 🏆", " x ", &longest]
        {
            assert_eq!(check_text(text), Ok(()), "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_stored_or_shown_is_refused_with_the_reason() {
        let refused = [
            ("", "is empty", "a text that says something"),
            (" \u{a0}\t", "is empty", "a text that says something"),
            ("A\0da", "has the control character U+0000", "a text without control characters"),
            ("\u{1b}[2J", "has the control character U+001B", "a text without control characters"),
            ("A\u{85}da", "has the control character U+0085", "a text without control characters"),
            ("Ada\nEva", "is more than one line", "a text of one line"),
            ("Ada\rEva", "is more than one line", "a text of one line"),
        ];
        for (text, says, expected) in refused {
            let problem = check_text(text).expect_err(text);
            assert_eq!((problem.to_string().as_str(), problem.expected()), (says, expected));
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        let problem = check_text(&"ß".repeat(TEXT_MAX_CHARS + 1)).expect_err("it is too long");

        assert_eq!(problem, TextProblem::TooLong { chars: TEXT_MAX_CHARS + 1 });
        assert_eq!(problem.expected(), format!("at most {TEXT_MAX_CHARS} characters"));
    }
}
