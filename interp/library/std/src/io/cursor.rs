//! `Cursor`: memory as a stream with a position.
//!
//! To let another memory type be written through a cursor, implement `Write` for a cursor over it
//! by `write_fixed` or `write_growing`.

use super::prelude::*;
use super::{Error, ErrorKind, Result, SeekFrom};

/// A position in something that is bytes.
#[derive(Debug, Default, Eq, PartialEq)]
pub struct Cursor<T> {
    inner: T,
    pos: u64,
}

impl<T> Cursor<T> {
    pub const fn new(inner: T) -> Cursor<T> {
        Cursor { inner, pos: 0 }
    }

    pub fn into_inner(self) -> T {
        self.inner
    }

    pub const fn get_ref(&self) -> &T {
        &self.inner
    }

    pub const fn get_mut(&mut self) -> &mut T {
        &mut self.inner
    }

    pub const fn position(&self) -> u64 {
        self.pos
    }

    pub const fn set_position(&mut self, pos: u64) {
        self.pos = pos;
    }
}

impl<T: AsRef<[u8]>> Cursor<T> {
    /// What is left to read.
    fn remaining(&self) -> &[u8] {
        let all = self.inner.as_ref();
        let start = if self.pos < all.len() as u64 { self.pos as usize } else { all.len() };
        &all[start..]
    }

    pub fn is_empty(&self) -> bool {
        self.pos >= self.inner.as_ref().len() as u64
    }

    #[unstable(feature = "cursor_split")]
    pub fn split(&self) -> (&[u8], &[u8]) {
        let all = self.inner.as_ref();
        let at = if self.pos < all.len() as u64 { self.pos as usize } else { all.len() };
        all.split_at(at)
    }
}

impl<T: Clone> Clone for Cursor<T> {
    fn clone(&self) -> Cursor<T> {
        Cursor { inner: self.inner.clone(), pos: self.pos }
    }
}

impl<T: AsRef<[u8]>> Seek for Cursor<T> {
    fn seek(&mut self, style: SeekFrom) -> Result<u64> {
        let (base, offset) = match style {
            SeekFrom::Start(n) => {
                self.pos = n;
                return Ok(n);
            }
            SeekFrom::End(n) => (self.inner.as_ref().len() as u64, n),
            SeekFrom::Current(n) => (self.pos, n),
        };
        match base.checked_add_signed(offset) {
            Some(n) => {
                self.pos = n;
                Ok(n)
            }
            None => Err(crate::io::const_error!(
                ErrorKind::InvalidInput,
                "invalid seek to a negative or overflowing position",
            )),
        }
    }
}

impl<T: AsRef<[u8]>> Read for Cursor<T> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let n = {
            let mut rest = self.remaining();
            Read::read(&mut rest, buf)?
        };
        self.pos += n as u64;
        Ok(n)
    }

    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        let n = buf.len();
        let result = {
            let mut rest = self.remaining();
            Read::read_exact(&mut rest, buf)
        };
        match result {
            Ok(()) => self.pos += n as u64,
            Err(_) => self.pos = self.inner.as_ref().len() as u64,
        }
        result
    }

    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let rest = self.remaining();
        let len = rest.len();
        buf.extend_from_slice(rest);
        self.pos += len as u64;
        Ok(len)
    }
}

impl<T: AsRef<[u8]>> BufRead for Cursor<T> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(self.remaining())
    }

    fn consume(&mut self, amount: usize) {
        self.pos += amount as u64;
    }
}

/// Writes what fits into memory that can't grow.
fn write_fixed(pos: &mut u64, memory: &mut [u8], buf: &[u8]) -> Result<usize> {
    let start = if *pos < memory.len() as u64 { *pos as usize } else { memory.len() };
    let room = memory.len() - start;
    let n = if buf.len() < room { buf.len() } else { room };
    memory[start..start + n].copy_from_slice(&buf[..n]);
    *pos += n as u64;
    Ok(n)
}

/// Writes over and beyond the end of a vector; a gap before the position becomes zeros.
fn write_growing(pos: &mut u64, vec: &mut Vec<u8>, buf: &[u8]) -> Result<usize> {
    let start = *pos as usize;
    if vec.len() < start {
        vec.resize(start, 0);
    }
    let room = vec.len() - start;
    let over = if buf.len() < room { buf.len() } else { room };
    vec[start..start + over].copy_from_slice(&buf[..over]);
    vec.extend_from_slice(&buf[over..]);
    *pos += buf.len() as u64;
    Ok(buf.len())
}

macro_rules! write_cursor {
    ($([$($generics:tt)*] $memory:ty, $write:ident, $this:ident => $place:expr;)*) => {$(
        impl<$($generics)*> Write for Cursor<$memory> {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                let $this = self;
                $write(&mut $this.pos, $place, buf)
            }

            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
        }
    )*};
}

write_cursor! {
    ['a] &'a mut [u8], write_fixed, this => &mut *this.inner;
    ['a] &'a mut Vec<u8>, write_growing, this => &mut *this.inner;
    [] Vec<u8>, write_growing, this => &mut this.inner;
    [] Box<[u8]>, write_fixed, this => &mut *this.inner;
    [const N: usize] [u8; N], write_fixed, this => &mut this.inner[..];
}
