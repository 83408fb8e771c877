//! Second pass, reading: on a thread of its own, so that the database never waits for a file.

use tokio::sync::mpsc::{self, Receiver, Sender};

use super::SourceFile;
use crate::import::{ImportedTournament, Problem};

/// Tournaments that are read ahead of the one that is being written.
const READ_AHEAD: usize = 4;

/// A tournament with the number of its file, or why there is none.
pub(super) type ReadAgain = (usize, Result<ImportedTournament, Vec<Problem>>);

/// Reads the files once more, one tournament after another. Dropping the receiver ends it.
pub(super) fn read(files: Vec<SourceFile>) -> Receiver<ReadAgain> {
    let (sender, receiver) = mpsc::channel(READ_AHEAD);
    tokio::task::spawn_blocking(move || send_all(&files, &sender));
    receiver
}

fn send_all(files: &[SourceFile], sender: &Sender<ReadAgain>) {
    for (number, file) in files.iter().enumerate() {
        for tournament in file.import.tournaments() {
            if sender.blocking_send((number, tournament)).is_err() {
                return;
            }
        }
    }
}
