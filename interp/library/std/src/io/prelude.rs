//! The traits one wants in scope to read and write.

pub use super::{BufRead, Read, Seek, Write};
