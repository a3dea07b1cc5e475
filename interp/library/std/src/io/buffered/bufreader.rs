//! `BufReader`: reads a lot at once, hands out a little at a time.
//!
//! Invariant: `pos <= filled <= buf.len()`; bytes `pos..filled` are read and not yet handed out.

use super::DEFAULT_BUF_SIZE;
use crate::fmt;
use crate::io::{BufRead, Read, Result, Seek, SeekFrom};

/// A reader with a buffer.
pub struct BufReader<R: ?Sized> {
    buf: Box<[u8]>,
    pos: usize,
    filled: usize,
    inner: R,
}

impl<R: Read> BufReader<R> {
    pub fn new(inner: R) -> BufReader<R> {
        BufReader::with_capacity(DEFAULT_BUF_SIZE, inner)
    }

    pub fn with_capacity(capacity: usize, inner: R) -> BufReader<R> {
        BufReader { buf: vec![0; capacity].into_boxed_slice(), pos: 0, filled: 0, inner }
    }
}

impl<R> BufReader<R> {
    pub fn into_inner(self) -> R {
        self.inner
    }
}

impl<R: ?Sized> BufReader<R> {
    pub fn get_ref(&self) -> &R {
        &self.inner
    }

    pub fn get_mut(&mut self) -> &mut R {
        &mut self.inner
    }

    pub fn buffer(&self) -> &[u8] {
        &self.buf[self.pos..self.filled]
    }

    pub fn capacity(&self) -> usize {
        self.buf.len()
    }
}

impl<R: ?Sized + Read> Read for BufReader<R> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        if self.pos == self.filled && buf.len() >= self.buf.len() {
            return self.inner.read(buf);
        }
        let n = {
            let mut rest = self.fill_buf()?;
            rest.read(buf)?
        };
        self.consume(n);
        Ok(n)
    }

    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let n = self.filled - self.pos;
        buf.extend_from_slice(&self.buf[self.pos..self.filled]);
        self.pos = self.filled;
        Ok(n + self.inner.read_to_end(buf)?)
    }
}

impl<R: ?Sized + Read> BufRead for BufReader<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.pos >= self.filled {
            self.filled = 0;
            self.pos = 0;
            self.filled = self.inner.read(&mut self.buf)?;
        }
        Ok(&self.buf[self.pos..self.filled])
    }

    fn consume(&mut self, amount: usize) {
        let pos = self.pos + amount;
        self.pos = if pos < self.filled { pos } else { self.filled };
    }
}

impl<R: ?Sized + Seek> Seek for BufReader<R> {
    fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
        let result = match pos {
            SeekFrom::Current(n) => {
                let ahead = (self.filled - self.pos) as i64;
                self.inner.seek(SeekFrom::Current(n - ahead))?
            }
            other => self.inner.seek(other)?,
        };
        self.pos = 0;
        self.filled = 0;
        Ok(result)
    }
}

impl<R: ?Sized + Seek> BufReader<R> {
    pub fn seek_relative(&mut self, offset: i64) -> Result<()> {
        let pos = self.pos as i64 + offset;
        if pos >= 0 && pos <= self.filled as i64 {
            self.pos = pos as usize;
            return Ok(());
        }
        self.seek(SeekFrom::Current(offset))?;
        Ok(())
    }
}

impl<R: ?Sized + fmt::Debug> fmt::Debug for BufReader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BufReader")
            .field("reader", &&self.inner)
            .field("buffer", &format_args!("{}/{}", self.filled - self.pos, self.buf.len()))
            .finish()
    }
}
