//! One call on a port.

use std::fmt;

/// One call on a port, as a value that can be named, counted and compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The method.
    pub name: &'static str,
    /// Its arguments, as `Debug` prints them.
    pub arguments: String,
    /// The transaction it belongs to, numbered from 1 in the order in which they began; `None` for
    /// a read outside of any, and for `begin`.
    pub transaction: Option<u64>,
}

impl Call {
    /// Whether it ends its transaction for good.
    #[must_use]
    pub fn is_commit(&self) -> bool {
        self.name == "commit"
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
