//! Files to read, and how to write down what is expected of them.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::{collections::HashSet, fs, path::PathBuf};

use cli::import::{Import, ImportOptions, ImportedTournament, Problem};
use domain::{FieldFacts, NewPlayer, Standing, StandingsRules};
use tempfile::TempDir;

/// A file in a directory of its own, which goes when this does.
pub(crate) struct Scratch {
    _directory: TempDir,
    pub(crate) path: PathBuf,
}

/// A file called `name` with `content`.
pub(crate) fn file(name: &str, content: impl AsRef<[u8]>) -> Scratch {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join(name);
    fs::write(&path, content).unwrap();
    Scratch { _directory: directory, path }
}

/// Every tournament of the file, and every problem: of the file, its rows and its results. Whoever
/// does not hold the tournaments must be told the same.
pub(crate) fn read(
    scratch: &Scratch,
    options: &ImportOptions,
) -> (Vec<ImportedTournament>, Vec<Problem>) {
    let (mut tournaments, mut problems) = (Vec::new(), Vec::new());
    let import = match Import::open(&scratch.path, options) {
        Ok(import) => import,
        Err(problems) => return (tournaments, problems),
    };
    for tournament in import.tournaments() {
        match tournament {
            Ok(tournament) => {
                problems.extend(
                    tournament.standings(&StandingsRules::default()).err().unwrap_or_default(),
                );
                tournaments.push(tournament);
            }
            Err(more) => problems.extend(more),
        }
    }
    assert_eq!(read_aside(scratch, options), summary(&tournaments, &problems));
    (tournaments, problems)
}

/// What is known of each tournament without its problems, and all problems: read with hardly a row in
/// memory.
fn read_aside(scratch: &Scratch, options: &ImportOptions) -> Summary {
    let options = ImportOptions { rows_held: 2, ..options.clone() };
    let (mut known, mut problems) = (vec![], vec![]);
    for field in Import::open(&scratch.path, &options).unwrap().fields(StandingsRules::default()) {
        match field {
            Err(more) => problems.extend(more),
            Ok(field) => {
                let standings: Result<Vec<_>, _> = field.standings.standings().collect();
                let mut players: Vec<_> = field.players().map(|it| it.unwrap()).collect();
                let mut met = HashSet::new();
                players.retain(|it| met.insert(it.id));
                let facts = field.standings.facts();
                known.push((field.key, field.name, players, standings.unwrap(), facts));
            }
        }
    }
    (known, problems)
}

fn summary(tournaments: &[ImportedTournament], problems: &[Problem]) -> Summary {
    let known = |it: &ImportedTournament| {
        let standings = it.standings(&StandingsRules::default()).ok()?;
        let entries = standings.entries().to_vec();
        Some((it.key.clone(), it.name.clone(), it.players.clone(), entries, standings.facts()))
    };
    (tournaments.iter().filter_map(known).collect(), problems.to_vec())
}

/// Key, name, players, standings and what these are known by; and all problems.
type Summary = (Vec<(String, String, Vec<NewPlayer>, Vec<Standing>, FieldFacts)>, Vec<Problem>);

/// The only tournament of a file without problems.
pub(crate) fn read_one(scratch: &Scratch, options: &ImportOptions) -> ImportedTournament {
    let (mut tournaments, problems) = read(scratch, options);
    assert_eq!(problems, [], "no problems");
    assert_eq!(tournaments.len(), 1, "one tournament");
    tournaments.remove(0)
}

/// Asserts that `content` has exactly the `expected` problems: line (0 for the whole file), field
/// ("" for none), and a part of what is said.
pub(crate) fn assert_problems(
    name: &str,
    content: impl AsRef<[u8]>,
    options: &ImportOptions,
    expected: &[(u64, &str, &str)],
) {
    let scratch = file(name, &content);
    let (_, problems) = read(&scratch, options);

    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let shown = String::from_utf8_lossy(content.as_ref());
    assert_eq!(problems.len(), expected.len(), "{shown}\n{told:#?}");
    for ((problem, told), (line, field, part)) in problems.iter().zip(&told).zip(expected) {
        assert_eq!(problem.line.unwrap_or(0), *line, "{shown}\n{told}");
        assert_eq!(problem.field.as_deref().unwrap_or(""), *field, "{shown}\n{told}");
        assert!(told.contains(part), "{told}\ndoes not say: {part}");
        assert!(!problem.advice.is_empty(), "{told}");
        assert!(!told.contains('\n'), "{told}");
    }
}
