//! Refuses text that a database cannot store, before anything is written.

use crate::GuerdonError;

/// Refuses `text` when it contains a NUL: PostgreSQL has no place for one.
pub(crate) fn check(what: &'static str, text: &str) -> Result<(), GuerdonError> {
    if text.contains('\0') {
        return Err(GuerdonError::NotText { what, text: text.to_owned() });
    }
    Ok(())
}
