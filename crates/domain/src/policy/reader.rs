//! Reads a document field by field and remembers everything that is wrong with it.

use std::{cell::RefCell, collections::BTreeSet, ops::RangeInclusive, rc::Rc};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use thiserror::Error;

const TEXT: &str = "write a text in quotes";

/// One thing that is wrong with a policy document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{pointer}: {problem}; {advice}")]
pub struct PolicyProblem {
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub advice: String,
}

/// One object of a document. Whatever cannot be read is noted, and reading goes on with a
/// stand-in, so that one pass finds every problem.
pub(super) struct Reader<'doc> {
    fields: Option<&'doc Map<String, Value>>,
    pointer: String,
    known: RefCell<BTreeSet<&'static str>>,
    problems: Problems,
}

/// The problems of one document, shared by the readers of its parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Problems(Rc<RefCell<Vec<PolicyProblem>>>);

impl Problems {
    fn note(&self, pointer: &str, problem: impl Into<String>, advice: impl Into<String>) {
        let pointer = if pointer.is_empty() { "/" } else { pointer }.to_owned();
        let problem = PolicyProblem { pointer, problem: problem.into(), advice: advice.into() };
        self.0.borrow_mut().push(problem);
    }

    pub(super) fn take(self) -> Vec<PolicyProblem> {
        self.0.take()
    }
}

impl<'doc> Reader<'doc> {
    fn of(value: &'doc Value, pointer: String, problems: &Problems) -> Self {
        let fields = value.as_object();
        if fields.is_none() {
            problems.note(&pointer, format!("found {}", kind(value)), "write an object { … }");
        }
        Self { fields, pointer, known: RefCell::default(), problems: problems.clone() }
    }

    /// Notes a problem with this object as a whole.
    pub(super) fn note_whole(&self, problem: &str, advice: &str) {
        self.problems.note(&self.pointer, problem, advice);
    }

    fn pointer(&self, field: &str) -> String {
        format!("{}/{}", self.pointer, field.replace('~', "~0").replace('/', "~1"))
    }

    /// Notes a problem with `field`.
    pub(super) fn note(&self, field: &str, problem: impl Into<String>, advice: impl Into<String>) {
        self.problems.note(&self.pointer(field), problem, advice);
    }

    /// Whether the field is there, whatever it is.
    pub(super) fn has(&self, field: &'static str) -> bool {
        self.raw(field).is_some()
    }

    fn raw(&self, field: &'static str) -> Option<&'doc Value> {
        self.known.borrow_mut().insert(field);
        self.fields?.get(field)
    }

    /// A part that is an object; `None` when it is missing.
    pub(super) fn object<T>(
        &self,
        field: &'static str,
        read: impl FnOnce(&Reader<'doc>) -> T,
    ) -> Option<T> {
        self.raw(field).map(|value| Self::whole(value, self.pointer(field), &self.problems, read))
    }

    /// A part that is a list of objects; `None` when it is missing.
    pub(super) fn list<T>(
        &self,
        field: &'static str,
        mut read: impl FnMut(&Reader<'doc>) -> T,
    ) -> Option<Vec<T>> {
        let value = self.raw(field)?;
        let Some(items) = value.as_array() else {
            self.note(field, format!("found {}", kind(value)), "write a list [ … ]");
            return None;
        };
        let pointer = |index| format!("{}/{index}", self.pointer(field));
        let items = items.iter().enumerate();
        Some(items.map(|(n, it)| Self::whole(it, pointer(n), &self.problems, &mut read)).collect())
    }

    /// A part whose field names are data, each field an object; `None` when it is missing.
    pub(super) fn by_name<T>(
        &self,
        field: &'static str,
        mut read: impl FnMut(&str, &Reader<'doc>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let part = Self::of(self.raw(field)?, self.pointer(field), &self.problems);
        let entries = part.fields.into_iter().flatten();
        let entry = |(name, value): (&String, &'doc Value)| {
            Self::whole(value, part.pointer(name), &self.problems, |it| read(name, it))
        };
        Some(entries.filter_map(entry).collect())
    }

    /// Reads one object to its last field.
    pub(super) fn whole<T>(
        value: &'doc Value,
        pointer: String,
        problems: &Problems,
        read: impl FnOnce(&Reader<'doc>) -> T,
    ) -> T {
        let reader = Self::of(value, pointer, problems);
        let part = read(&reader);
        reader.finish();
        part
    }

    /// A whole number; `fallback` when the field is missing, or a problem when there is none.
    pub(super) fn integer(
        &self,
        field: &'static str,
        range: RangeInclusive<i64>,
        fallback: Option<i64>,
    ) -> i64 {
        let advice = format!("write a whole number from {} to {}", range.start(), range.end());
        self.integer_or_problem(field, range, fallback, advice)
    }

    /// A whole number, or `word` in its place, which is `None`; `fallback` when the field is missing.
    pub(super) fn integer_or(
        &self,
        word: &str,
        field: &'static str,
        range: RangeInclusive<i64>,
        fallback: i64,
    ) -> Option<i64> {
        if self.raw(field).and_then(Value::as_str) == Some(word) {
            return None;
        }
        let (least, most) = (range.start(), range.end());
        let advice = format!("write a whole number from {least} to {most}, or \"{word}\"");
        Some(self.integer_or_problem(field, range, Some(fallback), advice))
    }

    fn integer_or_problem(
        &self,
        field: &'static str,
        range: RangeInclusive<i64>,
        fallback: Option<i64>,
        advice: String,
    ) -> i64 {
        let found = self.required(field, fallback.is_some(), &advice);
        let Some(value) = found else { return fallback.unwrap_or(*range.start()) };
        if let Some(number) = value.as_i64().filter(|it| range.contains(it)) {
            return number;
        }
        self.note(field, format!("found {value}"), advice);
        *range.start()
    }

    /// A number within bounds; `None` when the field is missing.
    pub(super) fn number(&self, field: &'static str, range: RangeInclusive<f64>) -> Option<f64> {
        let value = self.raw(field)?;
        let number = value.as_f64().filter(|it| range.contains(it));
        if number.is_none() {
            let advice = format!("write a number from {} to {}", range.start(), range.end());
            self.note(field, format!("found {value}"), advice);
        }
        number
    }

    /// A number within bounds that must be there.
    pub(super) fn required_number(&self, field: &'static str, range: RangeInclusive<f64>) -> f64 {
        let stand_in = *range.start();
        self.required(field, false, "write a number");
        self.number(field, range).unwrap_or(stand_in)
    }

    /// One of a few words, or any other small value that serde knows; `None` when it is missing or
    /// wrong, the latter noted.
    pub(super) fn word<T: DeserializeOwned>(&self, field: &'static str, words: &str) -> Option<T> {
        let value = self.raw(field)?;
        let read = T::deserialize(value).ok();
        if read.is_none() {
            self.note(field, format!("found {value}"), format!("write one of: {words}"));
        }
        read
    }

    /// Whether a field is there and holds a text.
    pub(super) fn is_text(&self, field: &'static str) -> bool {
        self.raw(field).is_some_and(Value::is_string)
    }

    /// A text that is not empty; noted when it is missing or wrong.
    pub(super) fn text(&self, field: &'static str) -> String {
        self.required(field, false, TEXT);
        self.optional_text(field).unwrap_or_default()
    }

    /// A text that is not empty; `None` when it is missing, or wrong, the latter noted.
    pub(super) fn optional_text(&self, field: &'static str) -> Option<String> {
        let value = self.raw(field)?;
        let text = value.as_str().filter(|it| !it.trim().is_empty());
        if text.is_none() {
            self.note(field, format!("found {value}"), TEXT);
        }
        text.map(str::to_owned)
    }

    fn required(&self, field: &'static str, optional: bool, advice: &str) -> Option<&'doc Value> {
        let found = self.raw(field);
        if found.is_none() && !optional && self.fields.is_some() {
            self.note(field, "is missing", advice);
        }
        found
    }

    /// Notes every field that nobody asked for.
    fn finish(self) {
        let known = self.known.borrow();
        for field in self.fields.into_iter().flat_map(Map::keys) {
            if !known.contains(field.as_str()) {
                let names: Vec<_> = known.iter().copied().collect();
                let advice = format!("remove it, or use one of: {}", names.join(", "));
                self.note(field, "is an unknown field", advice);
            }
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
