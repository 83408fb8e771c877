//! A JSON text, and which line is where in it.

use jsonc_parser::{
    CollectOptions, ParseOptions,
    ast::Value,
    errors::{ParseError, ParseErrorKind},
    parse_to_ast,
};

use crate::import::{Problem, ProblemKind, source::Source};

/// A JSON text and the ends of its lines.
#[derive(Debug)]
pub(in crate::import) struct Document<'text> {
    pub(in crate::import) source: &'text Source,
    text: &'text str,
    line_ends: Vec<usize>,
}

/// JSON as the standard has it, and nothing else that people write.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

impl<'text> Document<'text> {
    pub(in crate::import) fn new(source: &'text Source, text: &'text str) -> Self {
        let line_ends = text.match_indices('\n').map(|(at, _)| at).collect();
        Self { source, text, line_ends }
    }

    /// The value of the text.
    pub(in crate::import) fn parse(&self) -> Result<Value<'text>, Box<Problem>> {
        let parsed = parse_to_ast(self.text, &CollectOptions::default(), &STRICT);
        let value = parsed.map_err(|error| self.broken(&error))?.value;
        value.ok_or_else(|| {
            self.source
                .problem(ProblemKind::Empty, "the file is empty")
                .expected("an object with \"matches\" or \"rounds\"")
                .advice("check that the file is the right one and is complete")
        })
    }

    /// The line of the byte `at`, from 1.
    pub(in crate::import) fn line(&self, at: usize) -> u64 {
        line_number(self.line_ends.partition_point(|end| *end < at))
    }

    /// A text that is no JSON. What is never closed is reported where the text ends.
    fn broken(&self, error: &ParseError) -> Box<Problem> {
        let (start, end) = (self.line(error.range().start), self.line(self.text.trim_end().len()));
        let problem = |message: String| self.source.problem(ProblemKind::Syntax, message);
        let opened = match error.kind() {
            ParseErrorKind::UnterminatedObject => "object",
            ParseErrorKind::UnterminatedArray => "array",
            other => {
                let rest = self.text.get(error.range().end..).unwrap_or_default();
                let problem = problem(format!("this is not JSON: {other}")).at(start);
                return problem.advice(if rest.trim().is_empty() {
                    "check that the file is complete"
                } else {
                    "correct the file; comments and trailing commas are not allowed"
                });
            }
        };
        problem(format!("the file ends inside the {opened} that begins in line {start}"))
            .at(end)
            .advice("check that the file is complete")
    }
}

/// The number of the line that `breaks` line breaks come before.
pub(super) fn line_number(breaks: usize) -> u64 {
    u64::try_from(breaks).unwrap_or(u64::MAX).saturating_add(1)
}
