//! Allocation: layouts and the trait of allocators.

mod global;
mod layout;

pub use self::global::GlobalAlloc;
pub use self::layout::{Layout, LayoutErr, LayoutError};

use crate::error::Error;
use crate::fmt;

/// Memory could not be allocated.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct AllocError;

impl fmt::Display for AllocError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("memory allocation failed")
    }
}

impl Error for AllocError {}
