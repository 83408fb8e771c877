//! The store in memory keeps every promise of `ports::spi`.

#[path = "harness/memory.rs"]
mod memory;

conformance::suite!(memory::MemoryHarness);

mod real {
    races::races!(crate::memory::MemoryHarness);
}
