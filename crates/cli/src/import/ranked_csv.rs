//! Ranked lists in CSV: one row per participant, the rows of a tournament one after another.

mod aside;
mod cell;
mod columns;
mod draft;
mod held;
mod lines;
mod rows;

use std::collections::HashMap;

pub(super) use self::rows::{Row, Rows};
use domain::{Better, StandingsRules};

use self::{
    aside::Ranking,
    columns::Columns,
    draft::{Draft, Heading, TakeRows},
    held::Holding,
};
use super::{
    Format, ImportOptions, ImportedField, ImportedTournament, Problem, ProblemKind, Problems,
    StatusWords, problem::quoted, sorting::ScratchSorter, source::Source, text,
};

/// A CSV file whose columns are known.
#[derive(Debug)]
pub(super) struct RankedFile {
    columns: Columns,
    words: StatusWords,
    delimiter: u8,
    /// The key of the tournament; none where a column has it.
    key: String,
    sorter: ScratchSorter,
}

/// What becomes of the rows of each tournament.
trait Takers {
    type Taker: TakeRows;
    type Tournament;

    /// Takes the rows of the next tournament, of placements or of values.
    fn taker(&self, better: Option<Better>) -> Self::Taker;

    /// The tournament whose rows were taken.
    fn tournament(
        &self,
        file: (&RankedFile, &Source),
        heading: Heading,
        rows: Self::Taker,
    ) -> Result<Self::Tournament, Vec<Problem>>;
}

/// The tournaments of a file, one after another.
struct Tournaments<'file, Take> {
    takers: Take,
    file: &'file RankedFile,
    source: &'file Source,
    rows: Rows,
    /// The first row of the next tournament, read to see that the one before had ended.
    held: Option<Row>,
    /// Where each tournament began.
    seen: HashMap<String, u64>,
    ended: bool,
    /// Whether there was anything at all to tell.
    told: bool,
}

impl RankedFile {
    /// Reads the header and finds the columns.
    pub(super) fn open(
        source: &Source,
        format: Format,
        options: &ImportOptions,
    ) -> Result<Self, Vec<Problem>> {
        let delimiter = delimiter(source, format, options).map_err(|it| vec![*it])?;
        let rows = Rows::open(source, delimiter).map_err(|it| vec![*it])?;
        let columns = Columns::find(source, rows.header(), options)?;
        let key = match &columns.tournament {
            Some(_) => String::new(),
            None => text::key(source, options).map_err(|it| vec![*it])?,
        };
        let sorter = ScratchSorter { rows_held: options.rows_held };
        Ok(Self { columns, words: options.words.clone(), delimiter, key, sorter })
    }

    /// Reads the file from its start, and holds a tournament at a time.
    pub(super) fn tournaments<'file>(
        &'file self,
        source: &'file Source,
    ) -> impl Iterator<Item = Result<ImportedTournament, Vec<Problem>>> {
        self.read(source, Holding)
    }

    /// Reads the file from its start, and ranks each tournament by `rules` without holding it.
    pub(super) fn fields<'file>(
        &'file self,
        source: &'file Source,
        rules: StandingsRules,
    ) -> impl Iterator<Item = Result<ImportedField, Vec<Problem>>> {
        self.read(source, Ranking { source, rules, sorter: self.sorter })
    }

    fn read<'file, Take: Takers>(
        &'file self,
        source: &'file Source,
        takers: Take,
    ) -> impl Iterator<Item = Result<Take::Tournament, Vec<Problem>>> {
        let (tournaments, problem) = match Rows::open(source, self.delimiter) {
            Ok(rows) => (Some(Tournaments::new(takers, (self, source), rows)), None),
            Err(problem) => (None, Some(Err(vec![*problem]))),
        };
        problem.into_iter().chain(tournaments.into_iter().flatten())
    }
}

impl<'file, Take: Takers> Tournaments<'file, Take> {
    fn new(takers: Take, (file, source): (&'file RankedFile, &'file Source), rows: Rows) -> Self {
        let (held, seen) = (None, HashMap::new());
        Self { takers, file, source, rows, held, seen, ended: false, told: false }
    }

    /// The next row, or what is wrong with it.
    fn row(&mut self) -> Option<Result<Row, Box<Problem>>> {
        if let Some(row) = self.held.take() {
            return Some(Ok(row));
        }
        if self.ended {
            return None;
        }
        let row = self.rows.next();
        if row.is_none() {
            self.ended = true;
            return self.source.unchanged().err().map(Err);
        }
        row
    }

    /// The rows up to the next tournament. A row too broken to tell its tournament is taken for
    /// one of the tournament around it.
    fn gather(&mut self) -> (Option<Draft<'file, Take::Taker>>, Problems) {
        let mut problems = Problems::default();
        let mut draft: Option<Draft<'file, Take::Taker>> = None;
        while let Some(row) = self.row() {
            let keyed = row.and_then(|row| Ok((self.key(&row)?, row)));
            let Some((key, row)) = problems.note(keyed) else { continue };
            if draft.as_ref().is_some_and(|it| it.key != key) {
                self.held = Some(row);
                break;
            }
            let draft = draft.get_or_insert_with(|| {
                problems.extend(self.scattered(&key, row.line));
                let RankedFile { columns, words, .. } = self.file;
                let taker = self.takers.taker(columns.better);
                Draft::new(self.source, columns, words, (key, &row), taker)
            });
            draft.add(&row, &mut problems);
        }
        (draft, problems)
    }

    fn key(&self, row: &Row) -> Result<String, Box<Problem>> {
        match &self.file.columns.tournament {
            Some(column) => Ok(column.required(self.source, row, "the tournament")?.to_owned()),
            None => Ok(self.file.key.clone()),
        }
    }

    /// A tournament that began, ended, and comes again.
    fn scattered(&mut self, key: &str, line: u64) -> Option<Box<Problem>> {
        let first = *self.seen.entry(key.to_owned()).or_insert(line);
        let field = self.file.columns.tournament.as_ref().map_or("tournament", |it| &it.name);
        (first != line).then(|| {
            let message = format!(
                "tournament {} comes again, after it began in line {first} and others followed",
                quoted(key)
            );
            self.source
                .problem(ProblemKind::Repeated, message)
                .at(line)
                .field(field)
                .of(key)
                .found(key)
                .advice("put the rows of a tournament together, by sorting the file")
        })
    }

    fn nothing(&self) -> Box<Problem> {
        self.source
            .problem(ProblemKind::Empty, "there is a header and no rows")
            .advice("check that the file is the right one and is complete")
    }
}

impl<Take: Takers> Iterator for Tournaments<'_, Take> {
    type Item = Result<Take::Tournament, Vec<Problem>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (draft, mut problems) = self.gather();
        if draft.is_none() && problems.is_empty() && !self.told {
            problems.push(self.nothing());
        }
        self.told = true;
        match draft {
            Some(draft) if problems.is_empty() => {
                let (heading, rows) = draft.finish();
                Some(self.takers.tournament((self.file, self.source), heading, rows))
            }
            None if problems.is_empty() => None,
            _ => Some(Err(problems.into_vec())),
        }
    }
}

/// What parts the fields: the csv crate takes one byte.
fn delimiter(source: &Source, format: Format, options: &ImportOptions) -> Result<u8, Box<Problem>> {
    let usual = if format == Format::Tsv { '\t' } else { ',' };
    let wanted = options.delimiter.unwrap_or(usual);
    match u8::try_from(wanted) {
        Ok(byte) if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r' | 0) => Ok(byte),
        _ => Err(source
            .problem(ProblemKind::Option, format!("{wanted:?} cannot part fields"))
            .found(wanted)
            .expected("one ASCII character that is no quote and no line break")
            .advice("give another --delimiter")),
    }
}
