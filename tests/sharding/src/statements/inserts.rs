//! Inserts: where their rows come from, and what they answer.

use super::{Breach, behind};
use crate::words::{Part, Words, position};

pub(super) fn query_in_values(words: &Words) -> Option<Breach> {
    let words = words.all();
    let mut rest = &words[position(words, "values")? + 1..];
    while let Some(("(", behind)) = rest.split_first().map(|it| (it.0.as_str(), it.1)) {
        let row = Part::from(behind);
        if row.words.iter().any(|it| it == "select") {
            return Some(Breach::QueryInValues);
        }
        rest = &behind[row.words.len()..];
        // The parenthesis, and the comma before the next row.
        rest = rest.get(2..).unwrap_or_default();
    }
    None
}

pub(super) fn breaches(part: Part<'_>) -> Vec<Breach> {
    let own = part.own();
    let Some(table) = behind(&own, "insert into").cloned() else { return vec![] };
    let has = |sequence: &str| position(&own, sequence).is_some();
    let (conflict, returning) = (has("on conflict"), has("returning"));
    let named = behind(&own, &format!("insert into {table}")).is_some_and(|it| it == "as");
    let mut breaches = vec![];
    if has("select") && returning && !conflict && !named {
        breaches.push(Breach::NamelessInsert(table.clone()));
    }
    if has("do nothing") && !returning {
        breaches.push(Breach::Uncounted(table.clone()));
    }
    let of_a_batch = position(part.words, "from unnest").is_some();
    if of_a_batch && !conflict && !returning {
        breaches.push(Breach::Codeless(table));
    }
    breaches
}
