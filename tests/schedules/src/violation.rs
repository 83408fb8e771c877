//! What went wrong in a run, and how to see it again.

use std::fmt;

use app_service::Invariant;

use crate::{Trace, schedule::Schedule};

/// What went wrong in one order, and how to see it again.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// The scenario, the adapter, and the order in which it went wrong.
    pub schedule: Schedule,
    /// What went wrong.
    pub fault: Fault,
    /// What had happened.
    pub trace: Trace,
}

/// What can go wrong. It prints as one short line that is the same in every run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Everybody who is not done waits for somebody else.
    Deadlock,
    /// A caller neither answers nor waits for a lock.
    Hangs,
    /// The callers go round in circles.
    Endless,
    /// A caller panicked.
    Panicked {
        /// Which caller.
        caller: usize,
        /// What it said.
        message: String,
    },
    /// A caller got an error that nobody may get.
    Refused {
        /// Which caller.
        caller: usize,
        /// The error with its sources.
        error: String,
    },
    /// What is stored does not add up.
    Books {
        /// What does not hold.
        invariant: Invariant,
        /// The first thing that contradicts it.
        found: String,
    },
    /// The callers were told of more or less than was paid.
    Told {
        /// What they were told, added up.
        told: u64,
        /// The same when they come one after the other.
        serial: u64,
    },
    /// The end is none that the callers reach one after the other.
    NotSerial {
        /// The first fact that differs.
        difference: String,
    },
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { schedule, fault, trace } = self;
        writeln!(f, "{fault}")?;
        write!(f, "{trace}")?;
        writeln!(f, "See it again: cargo xtask schedule replay '{schedule}'")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deadlock => f.write_str("deadlock: everybody waits for somebody else"),
            Self::Hangs => f.write_str("a caller neither answers nor waits for a lock"),
            Self::Endless => f.write_str("the callers go round in circles"),
            Self::Panicked { caller, message } => write!(f, "caller {caller} panicked: {message}"),
            Self::Refused { caller, error } => write!(f, "caller {caller} was refused: {error}"),
            Self::Books { invariant, found } => write!(f, "{invariant} does not hold: {found}"),
            Self::Told { told, serial } => {
                write!(f, "the callers were told of {told} payments, one by one of {serial}")
            }
            Self::NotSerial { difference } => {
                write!(f, "no serial order ends like this: {difference}")
            }
        }
    }
}
