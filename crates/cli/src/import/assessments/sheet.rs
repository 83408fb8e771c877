//! A sheet of assessments in CSV: one row for each.

use super::draft::{Drafts, FIELDS, Field};
use crate::import::{
    Problem, ProblemKind,
    ranked_csv::{Row, Rows},
    source::Source,
};

/// Where each of [`FIELDS`] is in a row.
type Columns = [Option<usize>; FIELDS.len()];

/// Reads the sheet into `drafts`.
pub(super) fn read(source: &Source, delimiter: u8, drafts: &mut Drafts<'_>) {
    let Some(rows) = drafts.problems.note(Rows::open(source, delimiter)) else { return };
    let columns = FIELDS.map(|name| drafts.problems.note(column(source, rows.header(), name)));
    for row in rows {
        let Some(row) = drafts.problems.note(row) else { continue };
        let fields = fields(source, &row, &columns, drafts);
        if !drafts.add(row.line, fields) {
            return;
        }
    }
    let unchanged = source.unchanged();
    drafts.problems.note(unchanged);
}

fn fields<'row>(
    source: &Source,
    row: &'row Row,
    columns: &Columns,
    drafts: &mut Drafts<'_>,
) -> [Option<Field<'row>>; FIELDS.len()] {
    let mut columns = columns.iter();
    FIELDS.map(|name| {
        let text = row.fields.get((*columns.next()?)?).unwrap_or_default().trim();
        if text.is_empty() {
            let problem = source.problem(ProblemKind::Missing, "the cell is empty").at(row.line);
            drafts.problems.push(problem.field(name).advice("fill the cell in, or remove the row"));
            return None;
        }
        Some(Field { line: row.line, name: name.to_owned(), text })
    })
}

/// The column that is called `name`, whatever its case.
fn column(source: &Source, header: &Row, name: &str) -> Result<usize, Box<Problem>> {
    let called = |it: &str| it.trim().eq_ignore_ascii_case(name);
    let mut columns = header.fields.iter().enumerate().filter(|(_, it)| called(it));
    let problem = |kind, message| source.problem(kind, message).at(header.line).field(name);
    match (columns.next(), columns.next()) {
        (Some((index, _)), None) => Ok(index),
        (Some(_), Some(_)) => {
            let problem =
                problem(ProblemKind::ColumnAmbiguous, "there are several of it".to_owned());
            Err(problem.advice("rename all but one of them"))
        }
        (None, _) => {
            let message = format!("there is no such column; there are {}", header.list());
            Err(problem(ProblemKind::ColumnMissing, message)
                .expected(FIELDS.join(", "))
                .advice("add the column, or correct the header"))
        }
    }
}
