//! A JSON text with comments, and which line is where in it.

use std::collections::BTreeSet;

use app_service::domain::PolicyProblem;
use jsonc_parser::{
    CollectOptions, ParseOptions,
    ast::Value,
    common::{Range, Ranged},
    parse_to_ast,
};

/// A JSON text that was parsed.
pub(super) struct Document<'text> {
    text: &'text str,
    root: Value<'text>,
}

/// A text that is no JSON.
pub(super) struct Broken {
    pub(super) line: usize,
    pub(super) problem: String,
}

impl<'text> Document<'text> {
    pub(super) fn parse(text: &'text str) -> Result<Self, Broken> {
        let options = ParseOptions { allow_missing_commas: false, ..ParseOptions::default() };
        let parsed = parse_to_ast(text, &CollectOptions::default(), &options);
        let parsed = parsed.map_err(|error| Broken {
            line: line_of(text, error.range().start),
            problem: error.kind().to_string(),
        })?;
        let empty = || Broken { line: 1, problem: "there is nothing in it".to_owned() };
        Ok(Self { text, root: parsed.value.ok_or_else(empty)? })
    }

    /// The document without its places.
    pub(super) fn value(&self) -> serde_json::Value {
        self.root.clone().into()
    }

    /// The line of the value at `pointer`, or of the closest thing around it that exists.
    pub(super) fn line(&self, pointer: &str) -> usize {
        let mut at = self.root.range();
        let mut value = Some(&self.root);
        for step in pointer.split('/').skip(1) {
            let name = step.replace("~1", "/").replace("~0", "~");
            let Some((place, inner)) = value.and_then(|it| child(it, &name)) else { break };
            (at, value) = (place, Some(inner));
        }
        line_of(self.text, at.start)
    }

    /// Fields that stand there twice, of which a reader would see only one.
    pub(super) fn repeated_fields(&self) -> Vec<PolicyProblem> {
        let mut found = vec![];
        repeated(&self.root, "", &mut found);
        found
    }
}

/// A part of `value`: where its name stands, or itself where it has none, and what it is. Of fields
/// with one name the last one, which is the one that is read.
fn child<'a, 'text>(value: &'a Value<'text>, name: &str) -> Option<(Range, &'a Value<'text>)> {
    match value {
        Value::Object(object) => {
            let field = object.properties.iter().rev().find(|it| it.name.as_str() == name)?;
            Some((field.range(), &field.value))
        }
        Value::Array(array) => {
            let item = array.elements.get(name.parse::<usize>().ok()?)?;
            Some((item.range(), item))
        }
        _ => None,
    }
}

fn repeated(value: &Value<'_>, pointer: &str, found: &mut Vec<PolicyProblem>) {
    match value {
        Value::Object(object) => {
            let mut seen = BTreeSet::new();
            for field in &object.properties {
                let pointer = format!("{pointer}/{}", field.name.as_str());
                if !seen.insert(field.name.as_str()) {
                    let problem = "stands there twice".to_owned();
                    let advice = "remove one of them".to_owned();
                    found.push(PolicyProblem { pointer: pointer.clone(), problem, advice });
                }
                repeated(&field.value, &pointer, found);
            }
        }
        Value::Array(array) => {
            for (index, item) in array.elements.iter().enumerate() {
                repeated(item, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The line of the byte `at`, from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}
