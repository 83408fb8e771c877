//! A file for what does not fit into memory: it has no name, and goes when whoever has it does.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    sync::{Mutex, PoisonError},
};

/// A file in the system's temporary directory that is written once and read from anywhere.
#[derive(Debug)]
pub(super) struct Scratch {
    file: Mutex<File>,
    size_bytes: u64,
}

/// Reads a scratch file from one place on, whoever else reads it.
#[derive(Debug)]
pub(super) struct ScratchReader<'a> {
    scratch: &'a Scratch,
    position: u64,
}

impl Scratch {
    pub(super) fn create() -> io::Result<Self> {
        Ok(Self { file: Mutex::new(tempfile::tempfile()?), size_bytes: 0 })
    }

    /// Writes `bytes` behind all others, and answers where they begin.
    pub(super) fn append(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let begin = self.size_bytes;
        let file = self.file.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(begin))?;
        file.write_all(bytes)?;
        self.size_bytes += bytes.len() as u64;
        Ok(begin)
    }

    pub(super) fn reader(&self, position: u64) -> ScratchReader<'_> {
        ScratchReader { scratch: self, position }
    }
}

impl Read for ScratchReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Nobody leaves a file half way in its lock: each reader seeks anew.
        let mut file = self.scratch.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.position))?;
        let read = file.read(buffer)?;
        self.position += read as u64;
        Ok(read)
    }
}
