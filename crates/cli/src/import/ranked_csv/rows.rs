//! The rows of a CSV file with their line numbers.

use std::fs::File;

use csv::{ByteRecord, ReaderBuilder, StringRecord};

use super::lines::{END, Lines};
use crate::import::{Problem, ProblemKind, problem::quoted, source::Source};

/// A row with as many fields as the header.
#[derive(Debug)]
pub(in crate::import) struct Row {
    /// Where it begins, from 1.
    pub(in crate::import) line: u64,
    pub(in crate::import) fields: StringRecord,
}

/// The rows of a CSV file behind its header.
#[derive(Debug)]
pub(in crate::import) struct Rows {
    source: Source,
    reader: csv::Reader<Lines<File>>,
    header: Row,
    ended: bool,
}

impl Rows {
    /// Opens the file and reads its header.
    pub(in crate::import) fn open(source: &Source, delimiter: u8) -> Result<Self, Box<Problem>> {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(Lines::new(source.reader()?));
        let header = Row { line: 1, fields: StringRecord::new() };
        let mut rows = Self { source: source.clone(), reader, header, ended: false };
        rows.header = rows.read().unwrap_or_else(|| Err(rows.empty()))?;
        Ok(rows)
    }

    pub(in crate::import) fn header(&self) -> &Row {
        &self.header
    }

    /// The next record, whatever its number of fields.
    fn read(&mut self) -> Option<Result<Row, Box<Problem>>> {
        if self.ended {
            return None;
        }
        let mut record = ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(true) if record.as_slice() != END.as_bytes() => {}
            Ok(_) => {
                self.ended = true;
                return None;
            }
            Err(error) => {
                self.ended = true;
                return Some(Err(self.stopped(error)));
            }
        }
        self.reader.get_mut().record_ended();
        Some(self.row(record))
    }

    fn row(&mut self, record: ByteRecord) -> Result<Row, Box<Problem>> {
        let breaks = record.as_slice().split(|byte| *byte == b'\n').skip(1).count();
        let breaks = u64::try_from(breaks).unwrap_or(u64::MAX);
        let end = self.reader.position().line();
        if record.as_slice().ends_with(format!("\n{END}\n").as_bytes()) {
            self.ended = true;
            return Err(self.unclosed(end.saturating_sub(breaks)));
        }
        let line = end.saturating_sub(breaks.saturating_add(1));
        StringRecord::from_byte_record(record).map(|fields| Row { line, fields }).map_err(|error| {
            let column = self.header.fields.get(error.utf8_error().field());
            let problem = self.source.not_utf8(line);
            column.map_or(problem.clone(), |it| problem.field(it))
        })
    }

    fn complete(&self, row: Row) -> Result<Row, Box<Problem>> {
        let (found, expected) = (row.fields.len(), self.header.fields.len());
        if found == expected {
            return Ok(row);
        }
        let message = format!("the row has {}, the header has {expected}", fields(found));
        let problem = self.source.problem(ProblemKind::Syntax, message).at(row.line);
        Err(problem
            .found(found.to_string())
            .expected(fields(expected))
            .advice("add or remove fields; put quotes around a field that contains the delimiter"))
    }

    fn unclosed(&self, line: u64) -> Box<Problem> {
        self.source
            .problem(ProblemKind::Syntax, "a quote is opened and never closed")
            .at(line)
            .advice("close the quote, or write it twice where it is part of the text")
    }

    fn stopped(&self, error: csv::Error) -> Box<Problem> {
        let line = self.reader.position().line();
        match error.into_kind() {
            csv::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => self
                .source
                .problem(ProblemKind::TooLarge, "a row ends here that is larger than 1 MiB")
                .at(line)
                .advice("look for a quote that is opened and not closed before this line"),
            csv::ErrorKind::Io(error) => self.source.unreadable(&error).at(line),
            _ => self
                .source
                .problem(ProblemKind::Syntax, "this is not CSV")
                .at(line)
                .advice("check that the file is the right one"),
        }
    }

    fn empty(&self) -> Box<Problem> {
        self.source
            .problem(ProblemKind::Empty, "the file is empty")
            .expected("a header and one row for each participant")
            .advice("check that the file is the right one and is complete")
    }
}

impl Iterator for Rows {
    type Item = Result<Row, Box<Problem>>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.read()?;
        Some(row.and_then(|row| self.complete(row)))
    }
}

impl Row {
    /// The columns of a header, for a message.
    pub(in crate::import) fn list(&self) -> String {
        self.fields.iter().map(quoted).collect::<Vec<_>>().join(", ")
    }
}

fn fields(count: usize) -> String {
    if count == 1 { "1 field".to_owned() } else { format!("{count} fields") }
}
