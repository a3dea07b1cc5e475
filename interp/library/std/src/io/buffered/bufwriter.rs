//! `BufWriter`: collects a lot of little writes into one.
//!
//! Invariants: the buffer never grows beyond its first capacity; what is in it was not yet given to
//! the writer. Dropping it writes the rest, unless the writer panicked in the middle of a write.

use super::{IntoInnerError, DEFAULT_BUF_SIZE};
use crate::error;
use crate::fmt;
use crate::io::{Error, ErrorKind, Result, Seek, SeekFrom, Write};
use crate::mem::ManuallyDrop;
use crate::ptr;

/// A writer with a buffer.
pub struct BufWriter<W: ?Sized + Write> {
    buf: Vec<u8>,
    panicked: bool,
    inner: W,
}

impl<W: Write> BufWriter<W> {
    pub fn new(inner: W) -> BufWriter<W> {
        BufWriter::with_capacity(DEFAULT_BUF_SIZE, inner)
    }

    pub fn with_capacity(capacity: usize, inner: W) -> BufWriter<W> {
        BufWriter { buf: Vec::with_capacity(capacity), panicked: false, inner }
    }

    pub fn into_inner(mut self) -> core::result::Result<W, IntoInnerError<BufWriter<W>>> {
        match self.flush_buf() {
            Err(e) => Err(IntoInnerError::new(self, e)),
            Ok(()) => Ok(self.into_parts().0),
        }
    }

    pub fn into_parts(self) -> (W, core::result::Result<Vec<u8>, WriterPanicked>) {
        let mut this = ManuallyDrop::new(self);
        let buf = crate::mem::take(&mut this.buf);
        let buf = if this.panicked { Err(WriterPanicked { buf }) } else { Ok(buf) };
        let inner = unsafe { ptr::read(&this.inner) };
        (inner, buf)
    }
}

impl<W: ?Sized + Write> BufWriter<W> {
    /// Gives everything in the buffer to the writer.
    pub(super) fn flush_buf(&mut self) -> Result<()> {
        let mut written = 0;
        let mut result = Ok(());
        while written < self.buf.len() {
            self.panicked = true;
            let r = self.inner.write(&self.buf[written..]);
            self.panicked = false;
            match r {
                Ok(0) => {
                    result =
                        Err(crate::io::const_error!(ErrorKind::WriteZero, "failed to write the buffered data"));
                    break;
                }
                Ok(n) => written += n,
                Err(ref e) if e.is_interrupted() => {}
                Err(e) => {
                    result = Err(e);
                    break;
                }
            }
        }
        if written >= self.buf.len() {
            self.buf.clear();
        } else {
            self.buf.drain(..written);
        }
        result
    }

    pub fn get_ref(&self) -> &W {
        &self.inner
    }

    pub fn get_mut(&mut self) -> &mut W {
        &mut self.inner
    }

    pub fn buffer(&self) -> &[u8] {
        &self.buf
    }

    pub fn capacity(&self) -> usize {
        self.buf.capacity()
    }

    /// Adds as much as there is room for; returns how much.
    pub(super) fn write_to_buf(&mut self, buf: &[u8]) -> usize {
        let room = self.buf.capacity() - self.buf.len();
        let n = if buf.len() < room { buf.len() } else { room };
        self.buf.extend_from_slice(&buf[..n]);
        n
    }
}

impl<W: ?Sized + Write> Write for BufWriter<W> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        let len = buf.len();
        if len >= self.buf.capacity() - self.buf.len() {
            if len + self.buf.len() > self.buf.capacity() {
                self.flush_buf()?;
            }
            if len >= self.buf.capacity() {
                self.panicked = true;
                let r = self.inner.write(buf);
                self.panicked = false;
                return r;
            }
        }
        self.buf.extend_from_slice(buf);
        Ok(len)
    }

    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        let len = buf.len();
        if len >= self.buf.capacity() - self.buf.len() {
            if len + self.buf.len() > self.buf.capacity() {
                self.flush_buf()?;
            }
            if len >= self.buf.capacity() {
                self.panicked = true;
                let r = self.inner.write_all(buf);
                self.panicked = false;
                return r;
            }
        }
        self.buf.extend_from_slice(buf);
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        self.flush_buf()?;
        self.inner.flush()
    }
}

impl<W: ?Sized + Write + Seek> Seek for BufWriter<W> {
    fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
        self.flush_buf()?;
        self.inner.seek(pos)
    }
}

impl<W: ?Sized + Write + fmt::Debug> fmt::Debug for BufWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BufWriter")
            .field("writer", &&self.inner)
            .field("buffer", &format_args!("{}/{}", self.buf.len(), self.buf.capacity()))
            .finish()
    }
}

impl<W: ?Sized + Write> Drop for BufWriter<W> {
    fn drop(&mut self) {
        if !self.panicked {
            let _ = self.flush_buf();
        }
    }
}

/// What was in the buffer of a writer that panicked.
pub struct WriterPanicked {
    buf: Vec<u8>,
}

impl WriterPanicked {
    pub fn into_inner(self) -> Vec<u8> {
        self.buf
    }
}

impl error::Error for WriterPanicked {}

impl fmt::Display for WriterPanicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BufWriter inner writer panicked, what data remains unwritten is not known")
    }
}

impl fmt::Debug for WriterPanicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriterPanicked")
            .field("buffer", &format_args!("{}/{}", self.buf.len(), self.buf.capacity()))
            .finish()
    }
}
