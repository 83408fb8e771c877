//! What the importers read, and what they say about files that are wrong.

mod aside;
mod broken_csv;
mod broken_json;
mod csv;
mod files;
mod json;
mod properties;
mod support;
