//! A file of settings, in TOML: names, values and lines, and nothing about what they mean.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::SettingProblem;

/// A setting, as a file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The name of its flag.
    pub(super) name: String,
    /// As the command line would have it.
    pub(super) values: Vec<String>,
    /// Counted from 1.
    pub(super) line: usize,
}

/// Every setting of a file, in the order of their lines, and whatever is no TOML.
pub(super) fn read(path: &Path, text: &str) -> (Vec<Entry>, Vec<SettingProblem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let problem = |error: &toml::de::Error| {
        let line = line_at(text, error.span().map_or(0, |it| it.start));
        SettingProblem::in_file(path, line, "", error.message().to_owned())
    };
    let mut problems: Vec<_> = errors.iter().map(problem).collect();
    let mut entries = vec![];
    gather(text, table.get_ref(), "", &mut |entry| match entry {
        Ok(entry) => entries.push(entry),
        Err((name, line)) => {
            let said = "a setting is a text, a number, true or false, or a list of them";
            problems.push(SettingProblem::in_file(path, line, &name, said.to_owned()));
        }
    });
    entries.sort_by_key(|it| it.line);
    (entries, problems)
}

/// Hands over what is in a table: names of tables stand before the names in them.
fn gather(
    text: &str,
    table: &DeTable<'_>,
    before: &str,
    take: &mut impl FnMut(Result<Entry, (String, usize)>),
) {
    for (key, value) in table {
        let name = format!("{before}{}", key.get_ref().replace('_', "-"));
        let line = line_at(text, key.span().start);
        match value.get_ref() {
            DeValue::Table(inner) => gather(text, inner, &format!("{name}-"), take),
            value => take(match values(value) {
                Some(values) => Ok(Entry { name, values, line }),
                None => Err((name, line)),
            }),
        }
    }
}

fn values(value: &DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::Array(list) => list.iter().map(|it| scalar(it.get_ref())).collect(),
        one => scalar(one).map(|it| vec![it]),
    }
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(it) => Some(it.to_string()),
        DeValue::Integer(it) => {
            i128::from_str_radix(it.as_str(), it.radix()).ok().map(|it| it.to_string())
        }
        DeValue::Float(it) => Some(it.as_str().to_owned()),
        DeValue::Boolean(it) => Some(it.to_string()),
        DeValue::Datetime(it) => Some(it.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

/// The line of a byte, counted from 1.
fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|it| *it == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
listen = "[::1]:80"   # a comment
in_flight_max = 0x10
log-json = true

[jwt]
audience = ["a", "b"]
issuer = "https://issuer"
"#;

    #[test]
    fn tables_are_the_first_part_of_a_name() {
        let (entries, problems) = read(Path::new("g.toml"), FILE);

        let entries: Vec<_> =
            entries.iter().map(|it| (it.line, it.name.as_str(), it.values.join("|"))).collect();
        let expected = [
            (2, "listen", "[::1]:80"),
            (3, "in-flight-max", "16"),
            (4, "log-json", "true"),
            (7, "jwt-audience", "a|b"),
            (8, "jwt-issuer", "https://issuer"),
        ];
        assert_eq!(entries, expected.map(|(line, name, value)| (line, name, value.to_owned())));
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn what_is_no_toml_is_named_with_its_line_and_the_rest_is_read() {
        let (entries, problems) = read(Path::new("g.toml"), "a = 1\nb = \nc = 3\nd = [[1]]\n");

        let lines: Vec<_> = problems.iter().map(|it| it.line).collect();
        assert_eq!(lines, [2, 4], "{problems:?}");
        assert!(entries.iter().any(|it| it.name == "c"), "{entries:?}");
    }
}
