//! `LineWriter`: a buffer that is written out at the end of each line.
//!
//! Invariant: after a write the buffer holds no newline that the writer did not refuse.

use super::{BufWriter, IntoInnerError};
use crate::fmt;
use crate::io::{Result, Write};

/// A writer with a buffer of one line.
pub struct LineWriter<W: ?Sized + Write> {
    inner: BufWriter<W>,
}

impl<W: Write> LineWriter<W> {
    pub fn new(inner: W) -> LineWriter<W> {
        LineWriter::with_capacity(1024, inner)
    }

    pub fn with_capacity(capacity: usize, inner: W) -> LineWriter<W> {
        LineWriter { inner: BufWriter::with_capacity(capacity, inner) }
    }

    pub fn into_inner(self) -> core::result::Result<W, IntoInnerError<LineWriter<W>>> {
        self.inner.into_inner().map_err(|err| {
            let (error, inner) = err.into_parts();
            IntoInnerError::new(LineWriter { inner }, error)
        })
    }
}

impl<W: ?Sized + Write> LineWriter<W> {
    pub fn get_ref(&self) -> &W {
        self.inner.get_ref()
    }

    pub fn get_mut(&mut self) -> &mut W {
        self.inner.get_mut()
    }
}

impl<W: ?Sized + Write> Write for LineWriter<W> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        match buf.iter().rposition(|b| *b == b'\n') {
            None => {
                if self.inner.buffer().last() == Some(&b'\n') {
                    self.inner.flush_buf()?;
                }
                self.inner.write(buf)
            }
            Some(i) => {
                self.inner.flush_buf()?;
                let lines = &buf[..i + 1];
                let flushed = self.inner.get_mut().write(lines)?;
                if flushed == 0 {
                    return Ok(0);
                }
                let tail = if flushed >= i + 1 { &buf[flushed..] } else { &lines[flushed..] };
                Ok(flushed + self.inner.write_to_buf(tail))
            }
        }
    }

    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        match buf.iter().rposition(|b| *b == b'\n') {
            None => {
                if self.inner.buffer().last() == Some(&b'\n') {
                    self.inner.flush_buf()?;
                }
                self.inner.write_all(buf)
            }
            Some(i) => {
                let (lines, tail) = buf.split_at(i + 1);
                if self.inner.buffer().is_empty() {
                    self.inner.get_mut().write_all(lines)?;
                } else {
                    self.inner.write_all(lines)?;
                    self.inner.flush_buf()?;
                }
                self.inner.write_all(tail)
            }
        }
    }

    fn flush(&mut self) -> Result<()> {
        self.inner.flush()
    }
}

impl<W: ?Sized + Write + fmt::Debug> fmt::Debug for LineWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LineWriter")
            .field("writer", &self.get_ref())
            .field("buffer", &format_args!("{}/{}", self.inner.buffer().len(), self.inner.capacity()))
            .finish_non_exhaustive()
    }
}
