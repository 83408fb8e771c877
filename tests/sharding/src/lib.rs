//! What a PostgreSQL that shards asks of a schema and of the statements that are sent to it, as rules
//! that can be checked without one.
//!
//! The rules are those that a cluster of Citus was seen to follow; `docs/scaling.md` has them in
//! words. [`schema`] reads them off a live schema, [`statements`] off a text. A [`season`] has every
//! statement sent that the adapter knows.

#![expect(clippy::missing_panics_doc, reason = "a check without its database fails by panicking")]
#![expect(clippy::unwrap_used, reason = "a check without its database fails by panicking")]

pub mod labels;
pub mod schema;
pub mod season;
pub mod statements;
mod words;
