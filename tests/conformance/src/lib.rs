//! The contract of `ports::spi`, as tests that any store can run.
mod harness;

pub use self::harness::{Fault, Harness};
