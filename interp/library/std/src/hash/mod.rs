//! Hashing: the traits are `core`'s; the hasher of the maps is here.

mod random;

pub use self::random::{DefaultHasher, RandomState};
pub use core::hash::*;
