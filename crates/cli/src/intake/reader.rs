//! Second pass, reading: on a thread of its own, so that the database never waits for a file.

use tokio::sync::mpsc::{self, Receiver, Sender};

use app_service::domain::StandingsRules;

use super::SourceFile;
use crate::import::{ImportedField, Problem};

/// Tournaments that are read ahead of the one that is being written.
const READ_AHEAD: usize = 4;

/// A tournament with the number of its file, or why there is none.
pub(super) type ReadAgain = (usize, Result<ImportedField, Vec<Problem>>);

/// Reads the files once more, one tournament after another. Dropping the receiver ends it.
pub(super) fn read(files: Vec<SourceFile>, rules: StandingsRules) -> Receiver<ReadAgain> {
    let (sender, receiver) = mpsc::channel(READ_AHEAD);
    tokio::task::spawn_blocking(move || send_all(&files, rules, &sender));
    receiver
}

fn send_all(files: &[SourceFile], rules: StandingsRules, sender: &Sender<ReadAgain>) {
    for (number, file) in files.iter().enumerate() {
        for tournament in file.import.fields(rules) {
            if sender.blocking_send((number, tournament)).is_err() {
                return;
            }
        }
    }
}
