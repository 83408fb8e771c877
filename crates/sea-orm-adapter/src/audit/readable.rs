//! Rows that cannot be read are findings: they must not keep any other from being looked at.

use ports::StoreError;

/// What was read of a row, or the rule that it breaks.
pub(super) fn readable<T>(read: Result<T, StoreError>) -> Result<Result<T, String>, StoreError> {
    match read {
        Ok(row) => Ok(Ok(row)),
        Err(StoreError::Corrupt { rule, .. }) => Ok(Err(rule)),
        Err(error) => Err(error),
    }
}
