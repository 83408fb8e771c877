//! Verification of the store in memory.

#[path = "harness/memory.rs"]
mod memory;

verification::verification!(memory::MemorySaboteur);
