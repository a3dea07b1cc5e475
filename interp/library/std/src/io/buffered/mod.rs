//! Buffers around readers and writers.
//!
//! To add a buffer, give it a file here; its size is `DEFAULT_BUF_SIZE` unless told.

mod bufreader;
mod bufwriter;
mod linewriter;

pub use self::bufreader::BufReader;
pub use self::bufwriter::{BufWriter, WriterPanicked};
pub use self::linewriter::LineWriter;

use super::Error;
use crate::error;
use crate::fmt;

/// The size of a buffer.
pub(super) const DEFAULT_BUF_SIZE: usize = 8 * 1024;

/// A buffer that could not be taken off its writer, and why.
#[derive(Debug)]
pub struct IntoInnerError<W>(W, Error);

impl<W> IntoInnerError<W> {
    fn new(writer: W, error: Error) -> IntoInnerError<W> {
        IntoInnerError(writer, error)
    }

    pub fn error(&self) -> &Error {
        &self.1
    }

    pub fn into_inner(self) -> W {
        self.0
    }

    pub fn into_error(self) -> Error {
        self.1
    }

    pub fn into_parts(self) -> (Error, W) {
        (self.1, self.0)
    }
}

impl<W> From<IntoInnerError<W>> for Error {
    fn from(iie: IntoInnerError<W>) -> Error {
        iie.1
    }
}

impl<W: Send + fmt::Debug> error::Error for IntoInnerError<W> {}

impl<W> fmt::Display for IntoInnerError<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.error(), f)
    }
}
