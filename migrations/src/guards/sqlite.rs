//! Guards as SQLite's schema spells them: the text of each table, taken apart.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::Guard;

const LIVE: &str = "SELECT tbl_name, type, name, sql FROM sqlite_schema WHERE type IN ('table', 'index') \
     AND sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

pub(super) async fn live(db: &impl ConnectionTrait) -> Result<Vec<Guard>, DbErr> {
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, LIVE)).await?;
    let mut guards = Vec::new();
    for row in &rows {
        let table: String = row.try_get("", "tbl_name")?;
        let sql: String = row.try_get("", "sql")?;
        if row.try_get::<String>("", "type")? == "index" {
            let name = row.try_get("", "name")?;
            guards.push(Guard { table, name, definition: in_one_line(&sql) });
        } else {
            guards.extend(guards_of(&table, &sql));
        }
    }
    Ok(guards)
}

/// The parts of a `CREATE TABLE`: its columns, its constraints, and what stands behind them.
fn guards_of(table: &str, sql: &str) -> Vec<Guard> {
    let (Some(start), Some(end)) = (sql.find('('), sql.rfind(')')) else { return Vec::new() };
    let guard = |(name, definition)| Guard { table: table.to_owned(), name, definition };
    let parts = parts(&sql[start + 1..end]);
    let mut guards: Vec<_> = parts.flat_map(told_apart).map(named).map(guard).collect();
    guards.push(guard(("table options".to_owned(), in_one_line(&sql[end + 1..]))));
    guards
}

/// Splits at the commas that are not within parentheses.
fn parts(list: &str) -> impl Iterator<Item = String> {
    let mut depth = 0_i32;
    let separators = list.match_indices(['(', ')', ',']).filter_map(|(at, found)| {
        match found {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => return (depth == 0).then_some(at),
        }
        None
    });
    let ends: Vec<_> = separators.chain([list.len()]).collect();
    let starts = std::iter::once(0).chain(ends.iter().map(|it| it + 1));
    let parts: Vec<_> = starts.zip(&ends).map(|(from, to)| in_one_line(&list[from..*to])).collect();
    parts.into_iter()
}

/// A column that was added later brings its constraint with it.
fn told_apart(part: String) -> impl Iterator<Item = String> {
    let (column, constraint) = match part.find(" CONSTRAINT ") {
        Some(at) => (part[..at].to_owned(), Some(part[at + 1..].to_owned())),
        None => (part, None),
    };
    std::iter::once(column).chain(constraint)
}

/// A constraint goes by its name, a column by its own.
fn named(part: String) -> (String, String) {
    let mut words = part.split(' ');
    let first = words.next().unwrap_or_default();
    match words.next() {
        Some(name) if first == "CONSTRAINT" => (name.to_owned(), part),
        _ => (format!("column {first}"), part),
    }
}

fn in_one_line(sql: &str) -> String {
    let words: Vec<_> = sql.split_whitespace().collect();
    words.join(" ")
}
