//! Matches in JSON, as openfootball writes them: a list of matches, or rounds that have matches.

mod document;
mod matches;
mod node;
mod score;
mod teams;

use std::io::Read;

use domain::Results;

pub(super) use self::{document::Document, node::Node};
use self::{
    matches::{Match, Reader},
    teams::Teams,
};
use super::{
    ImportOptions, ImportedTournament, Locations, Problem, ProblemKind, Problems, source::Source,
    text,
};

/// The largest file that is read; it is held in memory. A season of matches has a hundredth of it.
const SIZE_MAX_BYTES: u64 = 64 << 20;

/// A JSON file of one tournament.
#[derive(Debug)]
pub(super) struct MatchFile {
    key: String,
}

impl MatchFile {
    /// Takes the file if it is not too large.
    pub(super) fn open(source: &Source, options: &ImportOptions) -> Result<Self, Box<Problem>> {
        source.reader()?;
        if source.size_bytes() > SIZE_MAX_BYTES {
            return Err(source
                .problem(ProblemKind::TooLarge, "the file is too large for JSON")
                .found(format!("{} bytes", source.size_bytes()))
                .expected(format!("at most {} MiB", SIZE_MAX_BYTES >> 20))
                .advice("make one file of each tournament, or use CSV, which may have any size"));
        }
        Ok(Self { key: text::key(source, options)? })
    }

    /// Reads the tournament, or all that is wrong with it.
    pub(super) fn tournament(&self, source: &Source) -> Result<ImportedTournament, Vec<Problem>> {
        let text = text(source).map_err(|it| vec![*it])?;
        let document = Document::new(source, &text);
        let parsed = document.parse().map_err(|it| vec![*it])?;
        let mut problems = Problems::default();
        let tournament = self.read(&Node::root(&document, &parsed), source, &mut problems);
        match tournament {
            Some(tournament) if problems.is_empty() => Ok(tournament),
            _ => {
                let mut problems = problems.into_vec();
                for problem in &mut problems {
                    problem.tournament = Some(self.key.clone());
                }
                Err(problems)
            }
        }
    }

    fn read(
        &self,
        root: &Node<'_>,
        source: &Source,
        problems: &mut Problems,
    ) -> Option<ImportedTournament> {
        let name = root.optional("name", problems).and_then(|it| it.text(problems));
        let mut reader = Reader::new(problems);
        reader.read(root)?;
        let Reader { matches, teams, occurred_on, .. } = reader;
        Some(ImportedTournament {
            key: self.key.clone(),
            name: name.unwrap_or(&self.key).to_owned(),
            occurred_on,
            players: teams.into_players(),
            source: locations(source, &matches),
            results: Results::Matches(matches.into_iter().map(|it| it.game).collect()),
        })
    }
}

fn locations(source: &Source, matches: &[Match]) -> Locations {
    let part = |(row, it): (usize, &Match)| {
        [((row, "round"), it.round_line), ((row, "score"), it.score_line)]
    };
    Locations {
        file: source.name().to_owned(),
        line: 1,
        rows: matches.iter().map(|it| it.line).collect(),
        parts: matches.iter().enumerate().flat_map(part).collect(),
        field_names: [
            ("participant", "team1, team2".to_owned()),
            ("results", "matches".to_owned()),
        ]
        .into(),
    }
}

/// The whole file, which must be what it was and UTF-8.
pub(super) fn text(source: &Source) -> Result<String, Box<Problem>> {
    let mut bytes = Vec::new();
    // One byte more than the limit, in case that the file has just grown.
    let mut reader = source.reader()?.take(SIZE_MAX_BYTES + 1);
    reader.read_to_end(&mut bytes).map_err(|error| source.unreadable(&error))?;
    source.unchanged()?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let breaks = valid.filter(|byte| **byte == b'\n').count();
        source.not_utf8(document::line_number(breaks))
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(text) => text.to_owned(),
        None => text,
    })
}
