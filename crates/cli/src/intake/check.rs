//! First pass, over the files: every tournament that can be read, and every problem.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::Arc,
};

use app_service::domain::{Hash256, RewardPolicy, TournamentId};

use super::{LeftOut, SourceFile, Sources, left_out::Obstacle};
use crate::{
    args::Intake,
    failure::Failure,
    import::{Import, ImportedField},
    policy_file,
    progress::Progress,
};

/// What the files hold.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) sources: Sources,
    pub(super) candidates: Vec<Candidate>,
    pub(super) left_out: Vec<LeftOut>,
}

/// A tournament whose results are in order.
#[derive(Debug)]
pub(super) struct Candidate {
    /// The number of its file.
    pub(super) file: usize,
    pub(super) id: TournamentId,
    pub(super) key: String,
    pub(super) name: String,
    /// See [`Standings::names`](app_service::domain::Standings::names).
    pub(super) results_names: [Hash256; 2],
}

/// Reads every file to its end and holds none of it.
pub(crate) fn check(args: &Intake, progress: &Progress) -> Result<Checked, Failure> {
    let policy = match &args.policy {
        Some(path) => policy_file::load(path)?,
        None => RewardPolicy::standard(),
    };
    let mut left_out = vec![];
    let files =
        args.reading.files.iter().filter_map(|path| open(path, args, &mut left_out)).collect();
    let sources = Sources { files, policy, options: args.reading.submit_options() };
    let mut checked = Checked { sources, candidates: vec![], left_out };
    checked.read_files(progress);
    Ok(checked)
}

fn open(path: &Path, args: &Intake, left_out: &mut Vec<LeftOut>) -> Option<SourceFile> {
    match Import::open(path, &args.reading.import_options()) {
        Ok(import) => Some(SourceFile { path: path.to_owned(), import: Arc::new(import) }),
        Err(problems) => {
            left_out.push(LeftOut::for_problems(&path.display().to_string(), &problems));
            None
        }
    }
}

impl Checked {
    /// Whether anything is wrong with the files.
    pub(crate) fn is_broken(&self) -> bool {
        !self.left_out.is_empty()
    }

    /// What is wrong with the files.
    pub(crate) fn into_left_out(self) -> Vec<LeftOut> {
        self.left_out
    }

    fn read_files(&mut self, progress: &Progress) {
        let rules = self.sources.options.rules(&self.sources.policy);
        let mut seen = HashMap::new();
        for (number, file) in self.sources.files.iter().enumerate() {
            let name = file.name();
            for tournament in file.import.fields(rules) {
                progress.advance();
                match tournament.map(|it| Candidate::of(it, number)) {
                    Err(problems) => self.left_out.push(LeftOut::for_problems(&name, &problems)),
                    Ok(candidate) => match seen.insert(candidate.id, name.clone()) {
                        None => self.candidates.push(candidate),
                        Some(first) => self.left_out.push(repeated(&candidate, &name, &first)),
                    },
                }
            }
        }
        self.distrust_parts();
    }

    /// Of a tournament that has a problem anywhere, no part that looks right is taken in: what is
    /// paid stays paid.
    fn distrust_parts(&mut self) {
        let broken = self.left_out.iter().filter_map(|it| it.tournament.as_ref());
        let broken: HashSet<_> = broken.collect();
        self.candidates.retain(|it| !broken.contains(&it.key));
    }
}

impl Candidate {
    fn of(field: ImportedField, file: usize) -> Self {
        let results_names = field.standings.facts().names;
        let ImportedField { key, name, .. } = field;
        Self { file, id: TournamentId::of(&key), key, name, results_names }
    }
}

fn repeated(candidate: &Candidate, file: &str, first: &str) -> LeftOut {
    LeftOut::for_obstacle(&Obstacle {
        kind: "repeated",
        file,
        tournament: &candidate.key,
        message: format!("the tournament is in {first} already"),
        advice: "import one of them, or put its rows together",
    })
}
