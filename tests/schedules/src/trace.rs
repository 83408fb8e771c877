//! What happened in one run, for people.

use std::fmt;

/// Longer answers are cut.
const ANSWER_MAX: usize = 110;

/// What happened in one run, in the order in which it did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace(Vec<(usize, Happening)>);

/// One thing that happened to one caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happening {
    /// The step waits for a lock.
    Blocked,
    /// The step was answered, perhaps long after it was taken.
    Answered { call: &'static str, answer: String, waited: bool },
    /// A transaction that it had dropped is rolled back.
    RolledBack,
    /// It is done.
    Done,
}

impl Trace {
    pub(crate) fn add(&mut self, caller: usize, happening: Happening) {
        self.0.push((caller, happening));
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (caller, happening) in &self.0 {
            match happening {
                Happening::Blocked => writeln!(f, "  {caller} waits for a lock")?,
                Happening::Answered { call, answer, waited } => {
                    let on = if *waited { "goes on: " } else { "" };
                    writeln!(f, "  {caller} {on}{call} → {}", shortened(answer))?;
                }
                Happening::RolledBack => writeln!(f, "  {caller} is rolled back")?,
                Happening::Done => writeln!(f, "  {caller} is done")?,
            }
        }
        Ok(())
    }
}

fn shortened(answer: &str) -> String {
    let mut short: String = answer.chars().take(ANSWER_MAX).collect();
    if short.len() < answer.len() {
        short.push('…');
    }
    short
}
