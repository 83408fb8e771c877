//! What ablations have shown, as Markdown.

use std::fmt::Write as _;

use serde::Deserialize;

/// What one ablation has shown: a file that its test leaves behind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(super) struct Row {
    kind: Kind,
    order: usize,
    besides: Vec<String>,
    guard: String,
    races: String,
    harm: String,
    standing: String,
    noticed: String,
    catcher: String,
    stores: Vec<String>,
    test: String,
}

/// What was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Guard,
    Backing,
    Constraint,
}

/// The tables of all rows, in one order whatever the order of the tests.
pub(super) fn of(rows: &[Row]) -> String {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|it| (it.kind, it.order, it.besides.len(), it.test.clone()));
    let of_kind = |kind| rows.iter().filter(move |it| it.kind == kind);

    let mut text = "### Guards\n\n\
        | guard taken out | races | what goes wrong without it | noticed as | by | on | test |\n\
        |---|---|---|---|---|---|---|\n"
        .to_owned();
    of_kind(Kind::Guard).for_each(|row| guard(&mut text, row));
    text += "\n### Constraints behind guards\n\n\
        | constraint dropped | races | what goes wrong without it | while it stands | noticed as | \
        on | test |\n\
        |---|---|---|---|---|---|---|\n";
    of_kind(Kind::Backing).for_each(|row| backing(&mut text, row));
    text += "\n### Every constraint\n\n\
        | constraint dropped | races | what is possible without it | on | test |\n\
        |---|---|---|---|---|\n";
    of_kind(Kind::Constraint).for_each(|row| constraint(&mut text, row));
    text
}

fn guard(text: &mut String, row: &Row) {
    let Row { guard, races, harm, noticed, catcher, stores, test, .. } = row;
    let (besides, on, test) = (besides(row), stores.join(", "), short(test));
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "| **{guard}**{besides} | {races} | {harm} | {noticed} | {catcher} | {on} | `{test}` |"
    );
}

fn backing(text: &mut String, row: &Row) {
    let Row { guard, races, harm, standing, noticed, stores, test, .. } = row;
    let (besides, on, test) = (besides(row), stores.join(", "), short(test));
    let _ = writeln!(
        text,
        "| **`{guard}`**{besides} | {races} | {harm} | {standing} | {noticed} | {on} | `{test}` |"
    );
}

fn constraint(text: &mut String, row: &Row) {
    let Row { guard, races, harm, stores, test, .. } = row;
    let (on, test) = (stores.join(", "), short(test));
    let _ = writeln!(text, "| `{guard}` | {races} | {harm} | {on} | `{test}` |");
}

fn besides(row: &Row) -> String {
    row.besides.iter().fold(String::new(), |all, it| all + " + " + it)
}

/// The test without what every test of its table begins with.
fn short(test: &str) -> &str {
    test.split_once("::").map_or(test, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: Kind, order: usize, guard: &str, besides: &[&str]) -> Row {
        let strings = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        Row {
            kind,
            order,
            besides: strings(besides),
            guard: guard.to_owned(),
            races: "R02".to_owned(),
            harm: "paid twice".to_owned(),
            standing: String::new(),
            noticed: "two entries".to_owned(),
            catcher: "a case".to_owned(),
            stores: strings(&["memory"]),
            test: format!("guards::{guard}::paid_twice"),
        }
    }

    #[test]
    fn rows_stand_in_one_order_whatever_the_order_of_the_tests() {
        let rows = [
            row(Kind::Constraint, 0, "pk_awards", &[]),
            row(Kind::Guard, 1, "key", &[]),
            row(Kind::Guard, 0, "claim", &["key"]),
            row(Kind::Guard, 0, "claim", &[]),
        ];
        let backwards: Vec<_> = rows.iter().rev().cloned().collect();

        let text = of(&rows);

        assert_eq!(of(&backwards), text);
        let first: Vec<_> = text.lines().filter_map(|it| it.split(" | ").next()).collect();
        let guards: Vec<_> = first.iter().filter(|it| it.starts_with("| **")).collect();
        assert_eq!(guards, [&"| **claim**", &"| **claim** + key", &"| **key**"]);
        assert!(
            text.ends_with(
                "| `pk_awards` | R02 | paid twice | memory | `pk_awards::paid_twice` |\n"
            )
        );
    }
}
