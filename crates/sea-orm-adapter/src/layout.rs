//! Where rows live: all of a table on one node, or distributed over several.

/// How tables are laid out. It is of PostgreSQL alone: SQLite has one node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Layout {
    #[default]
    OneNode,
    /// As `migrations::families` has it. A statement locks rows of several nodes by updating them,
    /// and looks at tables of one family.
    Sharded,
}
