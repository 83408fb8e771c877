//! A value of a JSON file that knows where it stands.

use jsonc_parser::{
    ast::{ObjectProp, Value},
    common::Ranged,
};

use super::document::Document;
use crate::import::{Problem, ProblemKind, Problems, problem::quoted, text};

/// A value and its place. Whoever asks it for something that it is not gets `None`, and the problem
/// is noted.
#[derive(Debug, Clone)]
pub(in crate::import) struct Node<'doc> {
    document: &'doc Document<'doc>,
    value: &'doc Value<'doc>,
    path: String,
}

impl<'doc> Node<'doc> {
    pub(in crate::import) fn root(
        document: &'doc Document<'doc>,
        value: &'doc Value<'doc>,
    ) -> Self {
        Self { document, value, path: String::new() }
    }

    /// The line where it begins.
    pub(in crate::import) fn line(&self) -> u64 {
        self.document.line(self.value.range().start)
    }

    /// The way to it from the root: `[3].player`.
    pub(in crate::import) fn path(&self) -> &str {
        &self.path
    }

    /// Whether it is an object rather than a text.
    pub(in crate::import) fn is_object(&self) -> bool {
        self.value.as_object().is_some()
    }

    /// Itself, if it is an object.
    pub(in crate::import) fn object(self, problems: &mut Problems) -> Option<Self> {
        if self.is_object() { Some(self) } else { self.wrong("an object", problems) }
    }

    /// Whether it is an object that has `name`.
    pub(in crate::import) fn has(&self, name: &str) -> bool {
        self.value.as_object().is_some_and(|it| it.get(name).is_some())
    }

    /// The member `name`, which must be there.
    pub(in crate::import) fn needed(
        &self,
        name: &str,
        problems: &mut Problems,
    ) -> Option<Node<'doc>> {
        self.value.as_object().or_else(|| self.wrong("an object", problems))?;
        if !self.has(name) {
            let problem = self.problem(ProblemKind::Missing, format!("{name:?} is missing"));
            problems.push(problem.advice(format!("add {name:?}")));
        }
        self.optional(name, problems)
    }

    /// The member `name`, where there is one that is not null.
    pub(in crate::import) fn optional(
        &self,
        name: &str,
        problems: &mut Problems,
    ) -> Option<Node<'doc>> {
        let members = &self.value.as_object()?.properties;
        let mut members = members.iter().filter(|it| it.name.as_str() == name);
        let member = members.next()?;
        if let Some(again) = members.next() {
            problems.push(self.repeated(name, again));
        }
        let path = if self.path.is_empty() { name.into() } else { format!("{}.{name}", self.path) };
        let node = Self { document: self.document, value: &member.value, path };
        (!matches!(node.value, Value::NullKeyword(_))).then_some(node)
    }

    /// The elements of an array.
    pub(in crate::import) fn elements(&self, problems: &mut Problems) -> Option<Vec<Node<'doc>>> {
        let array = self.value.as_array().or_else(|| self.wrong("an array", problems))?;
        let element = |(index, value)| Self {
            document: self.document,
            value,
            path: format!("{}[{index}]", self.path),
        };
        Some(array.elements.iter().enumerate().map(element).collect())
    }

    /// A text that says something, in one line.
    pub(in crate::import) fn text(&self, problems: &mut Problems) -> Option<&'doc str> {
        let text = self.value.as_string_lit().map(|it| it.value.trim());
        let text = text.filter(|it| !it.is_empty()).or_else(|| self.wrong("a text", problems))?;
        let checked = text::check(text, |kind, message| self.problem(kind, message));
        problems.note(checked).map(|()| text)
    }

    /// A text, or a number as it is written.
    pub(in crate::import) fn scalar(&self, problems: &mut Problems) -> Option<&'doc str> {
        let number = self.value.as_number_lit().map(|it| it.value);
        number.or_else(|| self.text(problems))
    }

    /// A whole number from 0.
    pub(in crate::import) fn count(&self, problems: &mut Problems) -> Option<u32> {
        let number = self.value.as_number_lit().and_then(|it| it.value.parse().ok());
        number.or_else(|| self.wrong("a whole number from 0", problems))
    }

    /// Notes that this is not `expected`.
    pub(in crate::import) fn wrong<Nothing>(
        &self,
        expected: &str,
        problems: &mut Problems,
    ) -> Option<Nothing> {
        let found = self.shown();
        let message = format!("{found} does not belong here");
        let problem = self.problem(ProblemKind::Invalid, message).found(found);
        problems.push(problem.expected(expected).advice("correct the value"));
        None
    }

    /// A problem of this place.
    pub(in crate::import) fn problem(
        &self,
        kind: ProblemKind,
        message: impl Into<String>,
    ) -> Box<Problem> {
        let problem = self.document.source.problem(kind, message).at(self.line());
        if self.path.is_empty() { problem } else { problem.field(&self.path) }
    }

    fn repeated(&self, name: &str, again: &ObjectProp<'_>) -> Box<Problem> {
        let message = format!("{name:?} stands here twice");
        self.problem(ProblemKind::Repeated, message)
            .at(self.document.line(again.range().start))
            .advice("remove one of them")
    }

    fn shown(&self) -> String {
        match self.value {
            Value::StringLit(it) => quoted(&it.value),
            Value::NumberLit(it) => it.value.to_owned(),
            Value::BooleanLit(it) => it.value.to_string(),
            Value::Object(_) => "an object".to_owned(),
            Value::Array(it) => format!("an array of {}", it.elements.len()),
            Value::NullKeyword(_) => "null".to_owned(),
        }
    }
}
