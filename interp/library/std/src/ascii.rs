//! ASCII characters.

pub use core::ascii::*;
