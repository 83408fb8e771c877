//! A list of assessments in JSON: an array of objects.

use super::draft::{Drafts, FIELDS, Field};
use crate::import::{
    Problem, Problems,
    match_json::{self, Document, Node},
    source::Source,
};

/// Reads the list into `drafts`.
pub(super) fn read(source: &Source, drafts: &mut Drafts<'_>) {
    if let Err(problem) = read_all(source, drafts) {
        drafts.problems.push(problem);
    }
}

fn read_all(source: &Source, drafts: &mut Drafts<'_>) -> Result<(), Box<Problem>> {
    let text = match_json::text(source)?;
    let document = Document::new(source, &text);
    let parsed = document.parse()?;
    let root = Node::root(&document, &parsed);
    let words = root.elements(&mut drafts.problems).unwrap_or_default();
    for word in words {
        let fields = FIELDS.map(|name| field(&word, name, &mut drafts.problems));
        if !drafts.add(word.line(), fields) {
            break;
        }
    }
    Ok(())
}

fn field<'doc>(word: &Node<'doc>, name: &str, problems: &mut Problems) -> Option<Field<'doc>> {
    let member = word.needed(name, problems)?;
    let text = member.scalar(problems)?;
    Some(Field { line: member.line(), name: member.path().to_owned(), text })
}
