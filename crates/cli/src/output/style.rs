//! Colours, where there are any, and numbers as people read them.

use std::{
    env,
    io::{self, IsTerminal},
};

use crate::args::Colors;

/// Whether text may be coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    colors: bool,
    terminal: bool,
}

impl Style {
    pub(super) fn on_stdout(colors: Colors) -> Self {
        Self::of(colors, io::stdout().is_terminal())
    }

    pub(super) fn on_stderr(colors: Colors) -> Self {
        Self::of(colors, io::stderr().is_terminal())
    }

    /// Whether somebody looks at it.
    pub(super) fn is_terminal(self) -> bool {
        self.terminal
    }

    /// Whether text may be coloured.
    pub(super) fn has_colors(self) -> bool {
        self.colors
    }

    /// Text that stands out.
    pub(crate) fn strong(self, text: &str) -> String {
        self.painted("1", text)
    }

    /// Text that stays in the background.
    pub(crate) fn dim(self, text: &str) -> String {
        self.painted("2", text)
    }

    /// Good news.
    pub(crate) fn good(self, text: &str) -> String {
        self.painted("32", text)
    }

    /// News that nobody knows to be good or bad.
    pub(crate) fn doubtful(self, text: &str) -> String {
        self.painted("1;33", text)
    }

    /// Bad news.
    pub(crate) fn bad(self, text: &str) -> String {
        self.painted("1;31", text)
    }

    fn of(colors: Colors, terminal: bool) -> Self {
        let wanted = || env::var_os("NO_COLOR").is_none_or(|it| it.is_empty());
        let colors = match colors {
            Colors::Auto => terminal && wanted(),
            Colors::Always => true,
            Colors::Never => false,
        };
        Self { colors, terminal }
    }

    fn painted(self, code: &str, text: &str) -> String {
        if self.colors { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Whether logs may be coloured.
pub(crate) fn colors_on_stderr(colors: Colors) -> bool {
    Style::on_stderr(colors).has_colors()
}

/// A whole number with its thousands apart.
pub(crate) fn number(value: impl TryInto<i128>) -> String {
    let value = value.try_into().unwrap_or_default();
    let digits = value.unsigned_abs().to_string();
    let mut text = String::from(if value < 0 { "-" } else { "" });
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A difference: with a plus where it adds something.
pub(crate) fn signed(difference: i64) -> String {
    if difference > 0 { format!("+{}", number(difference)) } else { number(difference) }
}

/// A number of things, in the right grammatical number.
pub(crate) fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let numbers = [0, 7, 999, 1_000, -1_234_567].map(|it: i64| number(it));

        assert_eq!(numbers, ["0", "7", "999", "1,000", "-1,234,567"]);
    }
}
