//! Who runs the server: PostgreSQL refuses to be run by root.

use std::process::Command;

use crate::shell::{self, Failure};

/// Existing unprivileged accounts that root may borrow, the best first.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

/// The account that owns and runs the server.
#[derive(Debug)]
pub(crate) enum Account {
    /// The one that runs us.
    Current,
    /// Another one, which root may become.
    Borrowed { uid: u32, gid: u32 },
}

impl Account {
    /// The current account, or an unprivileged one if that is root.
    pub(crate) fn unprivileged() -> Result<Self, Failure> {
        if !is_root()? {
            return Ok(Self::Current);
        }
        for name in CANDIDATES {
            if let (Ok(uid), Ok(gid)) = (id(&["-u", name]), id(&["-g", name])) {
                return Ok(Self::Borrowed { uid, gid });
            }
        }
        Err(Failure::unprepared(
            "PostgreSQL refuses to run as root and there is no user `postgres` or `nobody`: \
             run this as another user",
        ))
    }

    /// Its numbers, if it is another one than ours, as whoever keeps a server wants them.
    pub(crate) fn borrowed(&self) -> Option<String> {
        match self {
            Self::Current => None,
            Self::Borrowed { uid, gid } => Some(format!("{uid}:{gid}")),
        }
    }
}

/// Whether root runs us.
pub(super) fn is_root() -> Result<bool, Failure> {
    Ok(id(&["-u"])? == 0)
}

fn id(args: &[&str]) -> Result<u32, Failure> {
    let text = shell::output(Command::new("id").args(args))?;
    text.parse().map_err(|_| Failure::new(format!("`id` printed `{text}`, not a number")))
}
