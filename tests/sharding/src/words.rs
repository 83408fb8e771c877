//! A statement, word by word: as much grammar as the rules need.

/// The words of a statement, lower case, and its signs, one by one. A text in quotes is one word.
#[derive(Debug)]
pub(crate) struct Words(Vec<String>);

/// A part of a statement that is one by itself: what stands between parentheses, or all of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    /// All its words, those of the parts inside included.
    pub(crate) words: &'a [String],
}

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        let mut words = vec![];
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let (word, behind) = match first {
                '\'' => quoted(rest),
                _ if is_of_a_name(first) => rest.split_at(name_length(rest)),
                _ => rest.split_at(first.len_utf8()),
            };
            words.push(word.to_lowercase());
            rest = behind.trim_start();
        }
        Self(words)
    }

    pub(crate) fn all(&self) -> &[String] {
        &self.0
    }

    /// The whole statement, and every part in parentheses that begins with a verb.
    pub(crate) fn parts(&self) -> Vec<Part<'_>> {
        const VERBS: [&str; 5] = ["select", "insert", "update", "delete", "with"];
        let inner = (1..self.0.len())
            .filter(|it| self.0[it - 1] == "(" && VERBS.contains(&self.0[*it].as_str()));
        let whole = Part { words: &self.0 };
        std::iter::once(whole).chain(inner.map(|it| Part::from(&self.0[it..]))).collect()
    }

    /// Whether these words stand somewhere, one behind the other.
    pub(crate) fn have(&self, sequence: &str) -> bool {
        position(&self.0, sequence).is_some()
    }
}

impl<'a> Part<'a> {
    /// From the first word behind a parenthesis to the one that closes it.
    pub(crate) fn from(words: &'a [String]) -> Self {
        let mut depth = 0;
        let closes = |word: &String| {
            depth += match word.as_str() {
                "(" => 1,
                ")" => -1,
                _ => 0,
            };
            depth < 0
        };
        let end = words.iter().position(closes).unwrap_or(words.len());
        Self { words: &words[..end] }
    }

    /// The words that stand in no parentheses of their own.
    pub(crate) fn own(&self) -> Vec<String> {
        let mut depth = 0;
        let mut own = vec![];
        for word in self.words {
            depth -= i32::from(word == ")");
            if depth == 0 {
                own.push(word.clone());
            }
            depth += i32::from(word == "(");
        }
        own
    }
}

/// Where these words, separated by blanks, stand one behind the other.
pub(crate) fn position(words: &[String], sequence: &str) -> Option<usize> {
    let sequence: Vec<_> = sequence.split(' ').collect();
    words.windows(sequence.len()).position(|it| it.iter().eq(sequence.iter()))
}

/// A quote in quotes is written twice.
fn quoted(text: &str) -> (&str, &str) {
    let mut end = 1;
    while let Some(next) = text[end..].find('\'') {
        end += next + 1;
        if !text[end..].starts_with('\'') {
            return text.split_at(end);
        }
        end += 1;
    }
    (text, "")
}

fn name_length(text: &str) -> usize {
    text.find(|it| !is_of_a_name(it)).unwrap_or(text.len())
}

fn is_of_a_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}
