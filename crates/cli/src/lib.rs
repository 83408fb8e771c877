//! What the `guerdon` command is made of.

pub mod import;
