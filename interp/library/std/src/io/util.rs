//! Streams without anything behind them: `empty`, `repeat`, `sink`.
//!
//! To add one, add its type and the function that makes it.

use crate::fmt;

use super::{BufRead, Read, Result, Seek, SeekFrom, Write};

/// A reader that is always at its end, and a writer that forgets.
#[non_exhaustive]
#[derive(Copy, Clone, Debug, Default)]
pub struct Empty;

pub const fn empty() -> Empty {
    Empty
}

impl Read for Empty {
    fn read(&mut self, _buf: &mut [u8]) -> Result<usize> {
        Ok(0)
    }
}

impl BufRead for Empty {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(&[])
    }

    fn consume(&mut self, _amount: usize) {}
}

impl Seek for Empty {
    fn seek(&mut self, _pos: SeekFrom) -> Result<u64> {
        Ok(0)
    }
}

impl Write for Empty {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        Ok(buf.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// A reader of one byte for ever.
#[derive(Clone)]
pub struct Repeat {
    byte: u8,
}

pub const fn repeat(byte: u8) -> Repeat {
    Repeat { byte }
}

impl fmt::Debug for Repeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repeat").finish_non_exhaustive()
    }
}

impl Read for Repeat {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        buf.fill(self.byte);
        Ok(buf.len())
    }
}

/// A writer that forgets.
#[non_exhaustive]
#[derive(Copy, Clone, Debug, Default)]
pub struct Sink;

pub const fn sink() -> Sink {
    Sink
}

impl Write for Sink {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        Ok(buf.len())
    }

    fn write_fmt(&mut self, _args: fmt::Arguments<'_>) -> Result<()> {
        Ok(()) // nothing is formatted, so that no `Display` can fail
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

impl Write for &Sink {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        Ok(buf.len())
    }

    fn write_fmt(&mut self, _args: fmt::Arguments<'_>) -> Result<()> {
        Ok(()) // nothing is formatted, so that no `Display` can fail
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
