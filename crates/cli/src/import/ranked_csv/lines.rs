//! The bytes of a text file, with every line ended by `\n`.
//!
//! The CSV parser starts counting a record where the one before ended, which in files with `\r\n`
//! or blank lines is not the line that a person sees. With one kind of line end, and a mark after the
//! last line, the end of a record tells its line exactly. It also shows a quote that is never closed.

use std::io::{self, Read};

/// What follows the last line: a record that no file has, between two line ends.
pub(super) const END: &str = "\u{3}end of results\u{3}";

/// The largest record in bytes. A quote that is never closed would otherwise make one of the rest of
/// the file, whatever its size.
const RECORD_MAX: usize = 1 << 20;

/// The largest piece that is read at once, so that the parser cannot run far ahead of its records.
const PIECE: usize = 1 << 16;

/// A reader that ends lines in one way.
#[derive(Debug)]
pub(super) struct Lines<Inner> {
    inner: Inner,
    after_return: bool,
    /// What is still to be given out once the inner reader has ended.
    tail: Option<Vec<u8>>,
    record_bytes: usize,
}

impl<Inner: Read> Lines<Inner> {
    pub(super) fn new(inner: Inner) -> Self {
        Self { inner, after_return: false, tail: None, record_bytes: 0 }
    }

    /// Tells that a record is complete.
    pub(super) fn record_ended(&mut self) {
        self.record_bytes = 0;
    }

    /// Rewrites the line ends of `piece` in place, and returns how long it is afterwards.
    fn end_lines(&mut self, piece: &mut [u8]) -> usize {
        let mut kept = 0;
        for at in 0..piece.len() {
            let Some(byte) = piece.get(at).copied() else { break };
            let second_half = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            if second_half {
                continue;
            }
            if let Some(place) = piece.get_mut(kept) {
                *place = if byte == b'\r' { b'\n' } else { byte };
            }
            kept += 1;
        }
        kept
    }

    fn read_tail(&mut self, buffer: &mut [u8]) -> usize {
        let tail = self.tail.get_or_insert_with(|| format!("\n{END}\n").into_bytes());
        let length = tail.len().min(buffer.len());
        buffer.iter_mut().zip(tail.drain(..length)).for_each(|(to, from)| *to = from);
        length
    }
}

impl<Inner: Read> Read for Lines<Inner> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.record_bytes > RECORD_MAX {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let length = buffer.len().min(PIECE);
        let buffer = buffer.get_mut(..length).unwrap_or_default();
        while self.tail.is_none() {
            let read = self.inner.read(buffer)?;
            let kept = self.end_lines(buffer.get_mut(..read).unwrap_or_default());
            if kept > 0 {
                self.record_bytes += kept;
                return Ok(kept);
            }
            // A piece of nothing but half a line end is not the end.
            if read == 0 {
                break;
            }
        }
        Ok(self.read_tail(buffer))
    }
}
