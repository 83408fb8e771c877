//! What ablations have shown, as Markdown.

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

/// A column: what stands above it, and what a row has in it.
type Column = (&'static str, fn(&Row) -> String);

const GUARDS: &[Column] = &[
    ("guard taken out", |it| format!("**{}**{}", it.guard, it.besides())),
    ("races", |it| it.races.clone()),
    ("what goes wrong without it", |it| it.harm.clone()),
    ("noticed as", |it| it.noticed.clone()),
    ("by", |it| it.catcher.clone()),
    ("on", Row::on),
    ("test", Row::short_test),
];

const BACKING: &[Column] = &[
    ("constraint dropped", |it| format!("**`{}`**{}", it.guard, it.besides())),
    ("races", |it| it.races.clone()),
    ("what goes wrong without it", |it| it.harm.clone()),
    ("while it stands", |it| it.standing.clone()),
    ("noticed as", |it| it.noticed.clone()),
    ("on", Row::on),
    ("test", Row::short_test),
];

const CONSTRAINTS: &[Column] = &[
    ("constraint dropped", |it| format!("`{}`", it.guard)),
    ("races", |it| it.races.clone()),
    ("what is possible without it", |it| it.harm.clone()),
    ("on", Row::on),
    ("test", Row::short_test),
];

/// The tables of all rows, in one order whatever the order of the tests.
pub(super) fn of(rows: &[Row]) -> String {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|it| (it.kind, it.order, it.besides.len(), it.test.clone()));
    let tables = [
        ("Guards", Kind::Guard, GUARDS),
        ("Constraints behind guards", Kind::Backing, BACKING),
        ("Every constraint", Kind::Constraint, CONSTRAINTS),
    ];
    let tables = tables.map(|(title, kind, columns)| {
        let rows = rows.iter().filter(|it| it.kind == kind);
        format!("### {title}\n\n{}", table(columns, rows))
    });
    tables.join("\n")
}

fn table<'a>(columns: &[Column], rows: impl Iterator<Item = &'a Row>) -> String {
    let mut text = line(columns.iter().map(|it| it.0.to_owned()));
    text += &line(columns.iter().map(|_| "---".to_owned()));
    rows.for_each(|row| text += &line(columns.iter().map(|it| it.1(row))));
    text
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

impl Row {
    fn besides(&self) -> String {
        self.besides.iter().fold(String::new(), |all, it| all + " + " + it)
    }

    fn on(&self) -> String {
        self.stores.join(", ")
    }

    /// The test without what every test of its table begins with.
    fn short_test(&self) -> String {
        let test = self.test.split_once("::").map_or(self.test.as_str(), |it| it.1);
        format!("`{test}`")
    }
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
